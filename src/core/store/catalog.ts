import type { Chunk } from '../chunk/chunk.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { SourceFacts } from '../parse/facts.ts';
import type { Problem } from '../text/problem.ts';
import type { PreparedContent } from './preparedContent.ts';

/**
 * What is indexed: one record a file, and per distinct content its facts and chunks, stored once however many files
 * hold it. Every change is one transaction: after a crash a file is there whole or as it was before.
 * Writing rejects with a sentence for the user when the disk is full or another process holds the index.
 */
export interface Catalog extends FactSource {
  /** File records by path: those asked for, or all. A name that ends in `/` asks for everything below that folder. */
  files(asked?: readonly string[]): Promise<ReadonlyMap<string, FileRecord>>;
  /** Files that are in no index, and why. */
  skipped(): Promise<readonly { readonly file: string; readonly reason: string }[]>;
  /** True when the content is stored already: its files need neither parsing nor chunking. */
  hasContent(contentKey: string): Promise<boolean>;
  /** Stores the files' records with their content and words, all in one transaction; what a file held before is forgotten where no other file holds it. */
  commit(...updates: readonly FileUpdate[]): Promise<void>;
  /** Forgets files, in one transaction. */
  remove(...files: readonly string[]): Promise<void>;
  /** Forgets everything. */
  clear(): Promise<void>;

  /** Chunks without a vector of this embedder, most urgent first. */
  pendingChunks(limit: number, embedderId: string): Promise<readonly Chunk[]>;
  /** Makes the files' chunks without a vector the most urgent; absent: they wait their turn. */
  embedFirst?(files: readonly string[]): Promise<void>;
  markEmbedded(chunkIds: readonly string[], embedderId: string): Promise<void>;
  /** Chunks that are gone but may still have a vector; call `forgetOrphans` when it is deleted. */
  orphans(limit: number): Promise<readonly string[]>;
  forgetOrphans(chunkIds: readonly string[]): Promise<void>;

  /** The chunks in the order of the ids, unknown ids left out; a chunk of several files appears under the first of them. */
  chunks(chunkIds: readonly string[]): Promise<readonly Chunk[]>;
  /** Chunks about the symbol, whatever its case. */
  chunksOfSymbol(symbol: string, limit: number): Promise<readonly Chunk[]>;
  /** Chunks of the file that hold the line, the narrowest first. */
  chunksAt(file: string, line: number): Promise<readonly Chunk[]>;
  /** Names in the indexed files that differ from this one in at most `most` letters or only in case, the nearest first; absent: not kept. */
  nearNames?(name: string, most: number): Promise<readonly NearName[]>;
  /** Every place of the chunk, those in the most important files first, at most `limit`; absent: not kept. */
  places?(chunkId: string, limit: number): Promise<readonly ChunkPlace[]>;
  /** Files whose path is this one or ends with it: `uart.c`, `drivers/uart.c`; absent: not kept. */
  filesNamed?(path: string, limit: number): Promise<readonly string[]>;
  /** Problems found in indexed files, at most `limit`, and how many there are. */
  problems(limit: number): Promise<{ readonly problems: readonly Problem[]; readonly total: number }>;
  stats(): Promise<CatalogStats>;
}

/** Where a chunk stands: files of equal content share their chunks. */
export interface ChunkPlace {
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
}

export interface NearName {
  readonly name: string;
  /** Letters that differ, whatever their case. */
  readonly distance: number;
}

export interface FileRecord {
  readonly file: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Identifies the content and how it is read: equal keys have equal facts and chunks. Absent when skipped, or read by another version. */
  readonly contentKey?: string;
  /** Lower is more urgent to embed. */
  readonly priority: number;
  /** Why the file is in no index, when it is not. */
  readonly skipReason?: string;
}

export interface FileUpdate {
  readonly record: FileRecord;
  /** Absent when the content is stored, or comes earlier in the same commit, or the file is skipped. */
  readonly content?: ParsedContent | PreparedContent;
}

export interface ParsedContent {
  readonly facts: SourceFacts;
  readonly chunks: readonly Chunk[];
  readonly problems: readonly Problem[];
  /** The parser broke down: only the words are there, and the next update reads the file again. */
  readonly brokeDown?: true;
}

export interface CatalogStats {
  /** Files indexed, without the skipped ones. */
  readonly files: number;
  readonly skipped: number;
  readonly chunks: number;
  /** Chunks with a vector. */
  readonly embedded: number;
  /** Distinct places that define a name. */
  readonly symbols: number;
  readonly registerAccesses: number;
}
