import { chunkDocument } from '../chunk/chunkDocument.ts';
import type { Chunk } from '../chunk/chunk.ts';
import { languageOf } from '../parse/documentLanguage.ts';
import { emptyFacts } from '../parse/emptyFacts.ts';
import type { SourceFacts } from '../parse/facts.ts';
import type { ParsedContent } from '../store/catalog.ts';
import type { PreparedContent } from '../store/preparedContent.ts';
import { decodeText, type DecodedText } from '../text/decodeText.ts';
import type { Problem } from '../text/problem.ts';

/** Reads one file's text into facts, and into chunks where the format knows better than `chunkDocument`. */
export type ParseFile = (file: string, text: string) => ParsedFile | Promise<ParsedFile>;

export interface ParsedFile {
  readonly facts: SourceFacts;
  readonly problems: readonly Problem[];
  readonly chunks?: readonly Chunk[];
  readonly brokeDown?: true;
}

/** What a file's bytes hold: a content, or nothing that can be indexed. */
export type ReadContent = { readonly content: ParsedContent | PreparedContent } | { readonly skipReason: string };

/** Turns bytes of many files into contents beside this thread. */
export interface ContentReader extends AsyncDisposable {
  /** How many files it works on at the same time. */
  readonly width: number;
  /** Rejects when the file cost it its life (out of memory, no end in sight); other files can be read all the same. */
  read(file: string, bytes: Uint8Array): Promise<ReadContent>;
}

/** Decodes, parses and cuts one file; never throws. */
export async function readContent(file: string, bytes: Uint8Array, parse: ParseFile): Promise<{ readonly content: ParsedContent } | { readonly skipReason: string }> {
  const decoded = decodeText(bytes);
  if (decoded.binary) return { skipReason: decoded.reason };
  const minified = minifiedReason(file, decoded.text);
  return minified === undefined ? { content: await parseContent(parse, file, decoded) } : { skipReason: minified };
}

/** Longer on average are no lines that a person wrote. */
const longestMean = 500;
/** A short text in one line is a message or a setting. */
const shortText = 10_000;

/** Why a text of no language that is known here is not for people. A table in one line of C is, and so is what builds describe. */
function minifiedReason(file: string, text: string): string | undefined {
  if (text.length < shortText || languageOf(file, text) !== 'text' || /\.(json|txt|map|xml|ya?ml)$/i.test(file)) return undefined;
  const mean = Math.round(text.length / text.split('\n').length);
  return mean > longestMean ? `minified: its lines have ${mean} characters on average` : undefined;
}

async function parseContent(parse: ParseFile, file: string, { text, problem }: DecodedText): Promise<ParsedContent> {
  const noted: Problem[] = problem === undefined ? [] : [{ file, message: problem }];
  const { facts, problems, chunks, brokeDown } = await parseSafely(parse, file, text);
  if (chunks !== undefined) return { facts, chunks, problems: [...noted, ...problems] };
  const cut = chunkDocument(file, text, facts);
  return { facts, chunks: cut.chunks, problems: [...noted, ...problems, ...cut.problems], ...(brokeDown === true && { brokeDown }) };
}

/** A parser that breaks its promise not to throw costs one file its structure, not the run. */
async function parseSafely(parse: ParseFile, file: string, text: string): Promise<ParsedFile> {
  try {
    return await parse(file, text);
  } catch (error) {
    return { facts: emptyFacts('text'), problems: [{ file, message: `not parsed: ${error instanceof Error ? error.message : String(error)}` }], brokeDown: true };
  }
}
