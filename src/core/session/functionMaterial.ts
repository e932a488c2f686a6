import type { AskRequest } from '../engine.ts';
import type { FunctionFact } from '../parse/facts.ts';
import type { Problem } from '../text/problem.ts';
import { identifiersIn } from '../text/words.ts';
import { functionAround } from './codeToExplain.ts';
import { openSource, type OpenSource } from './openSource.ts';
import type { TaskGround } from './taskMaterial.ts';

/** Code that a task is about, read. */
export interface CodePlaceOpened {
  readonly file: string;
  readonly source: OpenSource;
  /** First and last line that are meant. */
  readonly line: number;
  readonly endLine: number;
  readonly function?: FunctionFact;
  /** It is attached, and so quoted already. */
  readonly isQuoted: boolean;
}

const mostPlaces = 2;
const mostDefinitions = 8;

/** The code that is attached, else the functions that the question names. */
export async function codeInQuestion({ question, attached = [] }: AskRequest, ground: TaskGround): Promise<{ readonly places: readonly CodePlaceOpened[]; readonly problems: readonly Problem[] }> {
  const files = attached.filter(item => item.kind === 'file').map(({ file, line, endLine, text }) => ({ file, line, endLine, text, isQuoted: true }));
  const named = files.length > 0 ? [] : await functionsNamed(question, ground);
  const problems: Problem[] = [];
  const places: CodePlaceOpened[] = [];
  for (const { file, line, endLine, text, isQuoted } of [...files, ...named].slice(0, mostPlaces)) {
    const source = await openSource(file, text, ground.parts);
    if ('problem' in source) problems.push(source.problem);
    else places.push(placeOf({ file, source, isQuoted }, line, endLine));
  }
  return { places, problems };
}

/** The cursor means the function around it; a selection means itself; a file all of it. */
function placeOf(opened: Pick<CodePlaceOpened, 'file' | 'source' | 'isQuoted'>, line: number | undefined, endLine: number | undefined): CodePlaceOpened {
  const last = opened.source.text.split('\n').length;
  if (line === undefined) return { ...opened, line: 1, endLine: last };
  const around = functionAround(opened.source.facts, line);
  if (around === undefined) return { ...opened, line, endLine: endLine ?? line };
  return { ...opened, function: around, line: endLine === undefined ? around.docStartLine : line, endLine: endLine ?? around.endLine };
}

async function functionsNamed(question: string, { facts }: TaskGround): Promise<{ file: string; line: number; endLine: undefined; text: undefined; isQuoted: boolean }[]> {
  const words = [...new Set([...identifiersIn(question), ...question.match(/[A-Za-z_]\w*/g) ?? []])].slice(0, 40);
  const found = await Promise.all(words.map(async name => (await facts.definitions(name)).filter(({ kind }) => kind === 'function').slice(0, mostDefinitions)));
  return found.flatMap(([first]) => (first === undefined ? [] : [{ file: first.file, line: first.line, endLine: undefined, text: undefined, isQuoted: false }]));
}
