import { parseAsm } from '../parse/asm.ts';
import type { CParser, ParsedSource } from '../parse/cParser.ts';
import { emptyFacts } from '../parse/emptyFacts.ts';
import type { Language } from '../parse/facts.ts';

/** Reads a file by the parser its name asks for; files of no known language have no facts, only text. */
export function parseSource(parser: CParser, file: string, text: string): ParsedSource {
  if (/\.(c|h|cpp|cc|cxx|c\+\+|hpp|hh|hxx|h\+\+|ino|inl|ipp|tpp)$/i.test(file)) return parser.parse(text, file);
  if (/\.(s|asm|s79|s90)$/i.test(file)) return parseAsm(text, file);
  return { facts: emptyFacts(languageOf(file)), problems: [] };
}

function languageOf(file: string): Language {
  if (/\.(ld|lds|icf|sct)$/i.test(file)) return 'linker';
  if (/\.svd$/i.test(file)) return 'svd';
  return /\.(md|markdown)$/i.test(file) ? 'markdown' : 'text';
}
