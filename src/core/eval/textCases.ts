import { basename } from 'node:path/posix';
import type { FunctionFact } from '../parse/facts.ts';
import { glossary, meaningful } from '../retrieve/glossary.ts';
import { splitIdentifier, tokenize } from '../text/words.ts';
import { nameIdeas, plainWords, type RetrievalCase } from './retrievalCase.ts';
import { oneOf, shuffled } from './seededSample.ts';
import { answersAt, definitionAnswers, type SuiteSource } from './suiteSource.ts';

/**
 * Questions in plain text for a function: its comment without the words of its name, the subject of a commit that would
 * touch it, and its name in other words, English and Chinese.
 */
export async function textCases(source: SuiteSource): Promise<RetrievalCase[]> {
  const functions = shuffled(source.files.flatMap(({ file, facts }) => facts.functions.map(fact => ({ file, fact }))), source.random);
  const cases: RetrievalCase[] = [];
  for (const make of [commentCase, commitCase, paraphraseCase, chineseCase]) {
    const made = new Map<string, RetrievalCase>();
    for (const { file, fact } of functions.slice(0, source.perKind * 40)) {
      if (made.size >= source.perKind) break;
      const one = await make(source, file, fact);
      if (one !== undefined && one.answers.length > 0) made.set(one.question, one);
    }
    cases.push(...made.values());
  }
  return cases;
}

type MakeCase = (source: SuiteSource, file: string, fact: FunctionFact) => Promise<RetrievalCase | undefined>;

/** The first sentence of the comment. Another function with the same sentence is as good an answer. */
const commentCase: MakeCase = async ({ catalog }, file, { name, docStartLine, startLine }) => {
  if (docStartLine >= startLine) return undefined;
  const chunk = (await catalog.chunksAt(file, startLine)).find(({ kind, symbol }) => kind === 'function' && symbol === name);
  const sentence = firstSentence(chunk?.text ?? '', name);
  if (chunk === undefined || sentence === undefined) return undefined;
  const ofName = new Set(splitIdentifier(name));
  const words = sentence.split(/\s+/).filter(word => !splitIdentifier(word.replace(/\W/g, '')).some(part => ofName.has(part)));
  return meaningful(tokenize(words.join(' ')).filter(word => !/_/.test(word))).length < 4 ? undefined : { kind: 'comment', question: words.join(' '), answers: [{ id: chunk.id, label: `${file} ${name}` }, { holds: sentence }] };
};

const commitCase: MakeCase = async ({ catalog, random }, file, { name }) => {
  const words = nameWords(name);
  if (words.length < 3) return undefined;
  const verb = oneOf(['fix', 'improve', 'refactor', 'speed up', 'handle errors in', 'avoid a race in', 'clean up', 'rework'], random) ?? '';
  return { kind: 'commit message', question: `${basename(file).replace(/\.\w+$/, '')}: ${verb} ${words.join(' ')}`, answers: await definitionAnswers(catalog, name) };
};

const paraphraseCase: MakeCase = async (source, file, fact) => reworded(source, file, fact, 'paraphrase');
const chineseCase: MakeCase = async (source, file, fact) => reworded(source, file, fact, 'Chinese paraphrase');

/** A name's words in the glossary's other words: any function whose name says the same is an answer. */
async function reworded({ catalog, random }: SuiteSource, file: string, { name, startLine }: FunctionFact, kind: string): Promise<RetrievalCase | undefined> {
  const words = nameWords(name);
  if (words.length < 2 || words.length > 5) return undefined;
  const terms = words.map(word => otherTerm(word, kind === 'paraphrase' ? /^[\x21-\x7e ]{3,}$/ : /^[\u3400-\u9fff]{2,}$/, random));
  const changed = terms.filter((term, index) => term !== undefined && term !== words[index]).length;
  if (changed < 2 || changed * 2 < words.length) return undefined;
  const question = terms.map((term, index) => term ?? words[index]).join(kind === 'paraphrase' ? ' ' : ' ');
  const answers = [...await answersAt(catalog, file, startLine), { symbolIdeas: nameIdeas(name) }];
  return { kind, question: kind === 'paraphrase' ? `how do we ${question}` : `${question} 的函数在哪里`, answers };
}

function otherTerm(word: string, wanted: RegExp, random: () => number): string | undefined {
  const idea = glossary.find(({ terms }) => terms.includes(word));
  return oneOf(idea?.terms.filter(term => term !== word && wanted.test(term)) ?? [], random);
}

function nameWords(name: string): string[] {
  return name.split('_').flatMap(part => part.split(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)).map(word => word.toLowerCase()).filter(word => word.length > 1);
}

/** The first sentence of the comment above a function, when it says enough. */
function firstSentence(text: string, name: string): string | undefined {
  const comment = /\/\*+([^]*?)\*\//.exec(text)?.[1] ?? /^((?:\s*\/\/.*\n)+)/.exec(text)?.[1];
  if (comment === undefined || text.indexOf(comment) > text.indexOf(`${name}(`)) return undefined;
  const lines = comment.split('\n').map(line => line.replace(/^[\s/*!<]+/, '').replace(/^[@\\](brief|details|short|note|fn|ingroup|addtogroup|name|internal)\b/, '').replace(/^-{3,}|={3,}$/, '').trim());
  const paragraph = lines.filter(line => !/^[@\\{}]/.test(line)).join(' ').trim();
  const sentence = (/^(.+?[.:;])(\s|$)/.exec(paragraph)?.[1] ?? paragraph).trim();
  const words = plainWords(sentence).trim().split(' ');
  return words.length >= 6 && words.length <= 30 && /^[\x20-\x7e]+$/.test(sentence) ? sentence : undefined;
}
