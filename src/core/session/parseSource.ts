import { parseAsm } from '../parse/asm.ts';
import type { CParser, ParsedSource } from '../parse/cParser.ts';
import { readDocument } from '../parse/documentFacts.ts';
import { languageOf } from '../parse/documentLanguage.ts';

/** Reads a file by the parser its name asks for; files of no known language have no facts, only text. */
export function parseSource(parser: CParser, file: string, text: string): ParsedSource {
  const language = languageOf(file, text);
  if (language === 'c' || language === 'cpp') return parser.parse(text, file);
  if (language === 'asm') return parseAsm(text, file);
  return { facts: readDocument(language, text), problems: [] };
}
