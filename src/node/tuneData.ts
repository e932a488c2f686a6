import fs from 'node:fs/promises';
import path from 'node:path';
import { parsedJson } from '../core/index.ts';
import type { TuneMethod } from './tuneJob.ts';

/** Files of `halcyon dataset export` that one method reads. */
export interface TuneData {
  readonly train: string;
  readonly validation: string | null;
  /** Lines of the training file. */
  readonly examples: number;
  /** Of a distillation: examples that the teacher has not answered. */
  readonly unanswered?: number;
}

export interface TuneDataRequest {
  readonly method: TuneMethod;
  /** Folder with `chat.train.jsonl` and its like. */
  readonly data: string;
  readonly output: string;
  /** The teacher's answers, one `{"id", "answer"}` a line. */
  readonly teacher?: string | undefined;
}

/** With fewer, a model learns them by heart and nothing else. */
const fewestExamples = 20;

/** Finds the files, and lays the teacher's answers over them. Rejects with a sentence. */
export async function findTuneData(request: TuneDataRequest): Promise<TuneData> {
  const format = request.method === 'dpo' ? 'dpo' : request.method === 'embedder' ? 'triplets' : 'chat';
  const train = await firstFile(request.data, [`${format}.train.jsonl`, 'train.jsonl']);
  if (train === undefined) throw new Error(`${request.data} has no ${format}.train.jsonl. \`halcyon dataset build\` and \`halcyon dataset export\` make it.`);
  const validation = await firstFile(request.data, [`${format}.validation.jsonl`, 'validation.jsonl']) ?? null;
  const found = request.method === 'distill' ? await withTeacher(request, train, validation) : { train, validation, examples: (await linesOf(train)).length };
  if (found.examples < fewestExamples) throw new Error(`${train} has ${found.examples} ${found.examples === 1 ? 'example' : 'examples'}${found.unanswered === undefined ? '' : ' that the teacher has answered'}, and ${fewestExamples} are the least that a model can learn from. Collect more: \`halcyon dataset stats\` says what was left out and why.`);
  return found;
}

async function withTeacher({ teacher, output }: TuneDataRequest, train: string, validation: string | null): Promise<TuneData> {
  if (teacher === undefined) throw new Error('A distillation needs the teacher\'s answers: name them with --teacher FILE, one {"id": …, "answer": …} a line.');
  const answers = new Map((await documentsOf(teacher)).flatMap(({ id, answer }) => (typeof id === 'string' && typeof answer === 'string' && answer.trim() !== '' ? [[id, answer] as const] : [])));
  const learned = await taught(train, answers, path.join(output, 'data', 'train.jsonl'));
  const checked = validation === null ? undefined : await taught(validation, answers, path.join(output, 'data', 'validation.jsonl'));
  return { train: learned.file, validation: checked === undefined || checked.count === 0 ? null : checked.file, examples: learned.count, unanswered: learned.unanswered + (checked?.unanswered ?? 0) };
}

/** The examples with the teacher's answers in the place of their own; those that have none are left out. */
async function taught(from: string, answers: ReadonlyMap<string, string>, to: string): Promise<{ readonly file: string; readonly count: number; readonly unanswered: number }> {
  const documents = await documentsOf(from);
  const lines = documents.flatMap(({ id, messages }) => {
    const answer = typeof id === 'string' ? answers.get(id) : undefined;
    return answer === undefined || !Array.isArray(messages) ? [] : [JSON.stringify({ id, messages: [...(messages as unknown[]).slice(0, -1), { role: 'assistant', content: answer }] })];
  });
  await fs.mkdir(path.dirname(to), { recursive: true });
  await fs.writeFile(to, lines.map(line => `${line}\n`).join(''));
  return { file: to, count: lines.length, unanswered: documents.length - lines.length };
}

async function documentsOf(file: string): Promise<Record<string, unknown>[]> {
  return (await linesOf(file)).map((line, index) => {
    const document = parsedJson(line);
    if (typeof document !== 'object' || document === null) throw new Error(`${file}: document ${index + 1} is no JSON.`);
    return document as Record<string, unknown>;
  });
}

async function linesOf(file: string): Promise<string[]> {
  const text = await fs.readFile(file, 'utf8').catch((error: unknown) => { throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`); });
  return text.split('\n').filter(line => line.trim() !== '');
}

async function firstFile(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const file = path.join(folder, name);
    if (await fs.access(file).then(() => true, () => false)) return file;
  }
  return undefined;
}
