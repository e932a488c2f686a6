import { Language, Parser } from 'web-tree-sitter';
import type { Problem } from '../text/problem.ts';
import { blankSource } from './cBlank.ts';
import { expressionIn, type CExpression } from './cExpression.ts';
import { collectFacts } from './cFacts.ts';
import { flattenTree, type CTree } from './cTree.ts';
import { isLong, windowAround, withWindow } from './cWindow.ts';
import { languageOf } from './documentLanguage.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { SourceFacts } from './facts.ts';

/** The bytes of the three WebAssembly files of `grammars/`. */
export interface GrammarBytes {
  /** `web-tree-sitter.wasm`. */
  readonly runtime: Uint8Array;
  readonly c: Uint8Array;
  readonly cpp: Uint8Array;
}

export interface ParsedSource {
  readonly facts: SourceFacts;
  readonly problems: readonly Problem[];
}

/** Opens a parser for C and C++; rejects when the WebAssembly files are not what they should be. */
export async function openCParser(grammars: GrammarBytes): Promise<CParser> {
  return CParser.open(grammars);
}

/** A place in a file of which the facts are known. */
export interface PiecePlace {
  readonly line: number;
  readonly column: number;
  /** The file's facts as indexed; a few edits ago will do. */
  readonly known: SourceFacts;
}

/** Characters beyond which a file is not parsed: larger ones are data written as C, and would need gigabytes. */
const mostCharacters = 16 * 1024 * 1024;

/** The C or C++ grammar by file name; a `.h` is C unless it cannot be. */
function cLanguageOf(file: string, text: string): 'c' | 'cpp' {
  return languageOf(file) === 'cpp' || (/\.h$/i.test(file) && isOnlyCpp(text)) ? 'cpp' : 'c';
}

/** Classes and namespaces, and no `__cplusplus` that would hide them from a C compiler. */
function isOnlyCpp(text: string): boolean {
  return /^[ \t]*(?:class\s+\w+\s*(?:final\s*)?(?::[^;{}]*)?\{|namespace\s+[\w:]*\s*\{|template\s*<|(?:public|private|protected)\s*:)/m.test(text) && !text.includes('__cplusplus');
}

/** Reads C and C++ into facts. Holds the grammars' memory; dispose it when done. */
export class CParser implements AsyncDisposable {
  readonly #parsers: Readonly<Record<'c' | 'cpp', Parser>>;
  /** The file last asked about: hovers come in bursts on one text. */
  #last: { readonly text: string; readonly file: string; readonly tree: CTree; readonly facts: SourceFacts } | undefined;

  private constructor(parsers: Readonly<Record<'c' | 'cpp', Parser>>) {
    this.#parsers = parsers;
  }

  static async open(grammars: GrammarBytes): Promise<CParser> {
    await Parser.init({ wasmBinary: grammars.runtime });
    return new CParser({ c: await openGrammar(grammars.c), cpp: await openGrammar(grammars.cpp) });
  }

  /** Every fact of one source file; never throws. Code that does not parse is counted in the problems, the rest is read all the same. */
  parse(text: string, file: string): ParsedSource {
    const language = cLanguageOf(file, text);
    const problems: Problem[] = [];
    const tree = this.#tree(text, file, problems);
    if (tree === undefined) return { facts: emptyFacts(language), problems };
    const facts = collectFacts(tree, language, message => { problems.push({ file, ...message }); });
    return { facts, problems };
  }

  /** The expression at a 1-based line and column; undefined in comments, strings, blanks and unparsable files. */
  expressionAt(text: string, file: string, line: number, column: number): CExpression | undefined {
    const source = this.#recent(text, file);
    return source === undefined ? undefined : expressionIn(source.tree, source.facts, line, column);
  }

  /** The facts of a text asked about again and again, as in hovers: read once with `expressionAt`; undefined for an unparsable file. */
  factsOf(text: string, file: string): SourceFacts | undefined {
    return this.#recent(text, file)?.facts;
  }

  /**
   * As `expressionAt` with `factsOf`, quick in a long file whose facts are known from before: only the piece around the
   * cursor is read. Undefined where that cannot be done.
   */
  pieceAt(text: string, file: string, place: PiecePlace): { readonly cursor: CExpression | undefined; readonly facts: SourceFacts } | undefined {
    if (!isLong(text) || (this.#last?.text === text && this.#last.file === file)) return undefined;
    const piece = windowAround(text, place.line);
    // A piece need not show that its header is C++.
    const language = place.known.language === 'cpp' ? 'cpp' : cLanguageOf(file, '');
    const tree = piece === undefined ? undefined : this.#tree(piece, file, [], language);
    if (tree === undefined) return undefined;
    const facts = withWindow(place.known, collectFacts(tree, language, () => undefined, place.known));
    return { cursor: expressionIn(tree, facts, place.line, place.column), facts };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#last = undefined;
    this.#parsers.c.delete();
    this.#parsers.cpp.delete();
  }

  #recent(text: string, file: string): { readonly tree: CTree; readonly facts: SourceFacts } | undefined {
    if (this.#last?.text !== text || this.#last.file !== file) {
      const tree = this.#tree(text, file, []);
      this.#last = tree === undefined ? undefined : { text, file, tree, facts: collectFacts(tree, cLanguageOf(file, text), () => undefined) };
    }
    return this.#last;
  }

  #tree(text: string, file: string, problems: Problem[], language = cLanguageOf(file, text)): CTree | undefined {
    if (text.length > mostCharacters) {
      problems.push({ file, message: `not parsed: ${Math.round(text.length / 1024 / 1024)} million characters is more than the parser takes (${mostCharacters / 1024 / 1024})` });
      return undefined;
    }
    const parser = this.#parsers[language];
    try {
      return parseTree(parser, text);
    } catch (error) {
      parser.reset();
      problems.push({ file, message: `not parsed: ${error instanceof Error ? error.message : String(error)}` });
      return undefined;
    }
  }
}

async function openGrammar(bytes: Uint8Array): Promise<Parser> {
  const parser = new Parser();
  parser.setLanguage(await Language.load(bytes));
  return parser;
}

function parseTree(parser: Parser, text: string): CTree {
  const source = blankSource(text);
  const tree = parser.parse(source.blanked);
  if (tree === null) throw new Error('the parser gave up');
  try {
    return flattenTree(tree, source);
  } finally {
    // Trees live in WebAssembly memory, which no garbage collector looks at.
    tree.delete();
  }
}
