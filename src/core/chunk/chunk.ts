import type { Problem } from '../text/problem.ts';

/** A passage cut along the document's own structure; identified by the hash of its content. */
export interface Chunk {
  /** Hash of producer version and text: equal text in two files is one chunk to embed. */
  readonly id: string;
  readonly file: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: ChunkKind;
  /** Function, type, register or heading the passage is about. */
  readonly symbol?: string;
  /** What it is and where it stands: heading path, node path, menu path and prompt, signature. */
  readonly heading?: string;
  readonly text: string;
}

/** `node` and `config` are of devicetree and Kconfig, `linker` of linker scripts and map files, `build` of build scripts. */
export type ChunkKind = 'function' | 'type' | 'macros' | 'variables' | 'vectors' | 'register' | 'node' | 'config' | 'linker' | 'build' | 'section' | 'header' | 'text';

/** Chunks of one document, in line order, and what had to be cut. */
export interface ChunkedDocument {
  readonly chunks: readonly Chunk[];
  readonly problems: readonly Problem[];
}
