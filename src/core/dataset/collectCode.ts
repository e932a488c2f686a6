import { oneOf, shuffled } from '../eval/seededSample.ts';
import type { FunctionFact, MacroFact, SourceFacts } from '../parse/facts.ts';
import { commentText, firstSentence, proseWords } from './comments.ts';
import { mostOf, type CollectOptions, type DatasetSource } from './datasetSource.ts';
import type { Draft } from './example.ts';
import { isGenerated } from './generatedFiles.ts';
import { sentence } from './normaliseText.ts';
import { fencedCode, fenceLanguage } from './sourceLines.ts';

/** Lines of the longest function that is asked about. */
const mostLines = 90;
const fewestLines = 3;
/** Functions and macros of one file: no file is to drown the others. */
const mostOfFile = 12;

/** Functions and macros with what their comments say of them: to explain, and to write. */
export async function* collectCode(source: Pick<DatasetSource, 'catalog' | 'text' | 'rest'>, options: CollectOptions): AsyncGenerator<Draft> {
  const known = [...await source.catalog.files()].filter(([file, { contentKey }]) => contentKey !== undefined && sourceName.test(file)).map(([file]) => file).sort();
  let made = 0;
  for (const file of shuffled(known, options.random)) {
    if (made >= mostOf(options, 'code') || options.signal?.aborted === true) return;
    const [facts, text] = [await source.catalog.facts(file), await source.text(file)];
    if (facts === undefined || text === undefined) continue;
    if (isGenerated(file, text)) {
      options.drop({ source: 'code', reason: 'generated file', question: '', file });
      continue;
    }
    const licence = await options.licenceOf(file);
    for (const draft of draftsOf({ file, facts, lines: text.split('\n'), licence }, options)) {
      if (made >= mostOf(options, 'code')) return;
      made += 1;
      yield draft;
    }
    await source.rest();
  }
}

const sourceName = /\.(c|h|cc|cpp|cxx|hpp|hh|ino|inc)$/i;

interface CodeFile {
  readonly file: string;
  readonly facts: SourceFacts;
  readonly lines: readonly string[];
  readonly licence: string;
}

function draftsOf(file: CodeFile, options: CollectOptions): Draft[] {
  const functions = shuffled(file.facts.functions, options.random).slice(0, mostOfFile).flatMap(fact => functionDraft(fact, file, options) ?? []);
  const macros = shuffled(file.facts.macros, options.random).slice(0, mostOfFile / 2).flatMap(fact => macroDraft(fact, file, options) ?? []);
  return [...functions, ...macros];
}

function functionDraft(fact: FunctionFact, { file, lines, licence }: CodeFile, { random, drop }: CollectOptions): Draft | undefined {
  if (fact.docStartLine >= fact.startLine) return undefined;
  const comment = withoutTitle(commentText(lines.slice(fact.docStartLine - 1, fact.startLine - 1).join('\n')), fact.name);
  const code = lines.slice(fact.startLine - 1, fact.endLine).join('\n');
  const length = fact.endLine - fact.startLine + 1;
  const reason = length > mostLines ? 'function too long' : length < fewestLines ? 'function too short' : proseWords(comment) < 5 || saysTooFew(comment) ? 'comment says too little' : onlyRepeatsName(comment, fact.name) ? 'comment only repeats the name' : undefined;
  if (reason !== undefined) {
    drop({ source: 'code', reason, question: fact.name, file });
    return undefined;
  }
  const provenance = { files: [file], line: fact.docStartLine, endLine: fact.endLine, licence };
  if (random() < 0.3) return { source: 'code', question: `Write the C function \`${fact.signature.replace(/\s+/g, ' ').trim()}\`. ${firstSentence(comment)}`, answer: fencedCode(code, fenceLanguage(file)), provenance };
  const question = (oneOf(/[\u3400-\u9fff]/.test(comment) ? ['`@` 是做什么的？', '解释函数 `@`。'] : ['What does `@` do?', 'Explain the function `@`.', 'What is `@` for?'], random) ?? '`@`').replace('@', () => fact.name);
  return { source: 'code', question, context: code, answer: comment, provenance };
}

/** Some put the function's name and a heading above what they say. */
function withoutTitle(comment: string, name: string): string {
  const [first = '', ...rest] = comment.split('\n');
  const body = first.replace(/[\s()]/g, '') === name ? rest.join('\n').trimStart() : comment;
  return body.replace(/^(?:Function )?(?:description|summary)\s*:?\s+/i, '');
}

/** `y, dy == yaw` explains two letters. */
function saysTooFew(comment: string): boolean {
  return !/[\u3400-\u9fff]/.test(comment) && new Set(comment.toLowerCase().match(/[a-z]{3,}/g)).size < 4;
}

/** `/* Init UART *\/ void uart_init(void)` teaches nothing. */
function onlyRepeatsName(comment: string, name: string): boolean {
  // No name is written in Chinese.
  if (/[\u3400-\u9fff]{3}/.test(comment)) return false;
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const words = comment.toLowerCase().match(/[a-z0-9]{3,}/g) ?? [];
  return words.filter(word => !letters.includes(word.replace(/s$/, '').slice(0, 5)) && !filler.has(word)).length < 3;
}

const filler = new Set(['the', 'this', 'function', 'returns', 'return', 'for', 'and', 'none', 'void', 'handles', 'callback', 'with', 'from', 'param', 'value', 'routine', 'method']);

function macroDraft({ name, body, comment, parameters, line }: MacroFact, { file, licence, lines }: CodeFile, { random }: CollectOptions): Draft | undefined {
  const text = comment === undefined ? '' : commentText(comment);
  // Of register bits the chip's description says it better.
  if (proseWords(text) < 6 || body === '' || body.length > 300 || /_(Msk|Pos)$/.test(name) || onlyRepeatsName(text, name)) return undefined;
  const question = (oneOf(/[\u3400-\u9fff]/.test(text) ? ['宏 `@` 有什么用？'] : ['What is the macro `@` for?', 'What does `@` stand for?'], random) ?? '`@`').replace('@', () => name);
  const written = lines.slice(line - 1, line + body.split('\n').length - 1).join('\n');
  return { source: 'code', question, context: written, answer: `${sentence(text)}${parameters === undefined && body.length < 60 && !body.includes('\n') ? ` It is defined as \`${body.trim()}\`.` : ''}`, provenance: { files: [file], line, licence } };
}
