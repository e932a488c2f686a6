import { shuffled } from '../eval/seededSample.ts';
import { chatMessages, promptOf } from './chatMessages.ts';
import { datasetSplits, type Example, type Split } from './example.ts';
import { likeness } from './minHash.ts';

/** A format that trainers read. */
export type ExportFormat = 'chat' | 'sharegpt' | 'alpaca' | 'dpo' | 'triplets';
export const exportFormats: readonly ExportFormat[] = ['chat', 'sharegpt', 'alpaca', 'dpo', 'triplets'];

export interface ExportedFile {
  readonly name: string;
  readonly format: ExportFormat;
  readonly split: Split;
  /** Lines, or members of the array. */
  readonly count: number;
  readonly text: string;
}

/** The examples in the formats, one file for each split that has any. */
export function exportDataset(examples: readonly Example[], formats: readonly ExportFormat[], random: () => number): ExportedFile[] {
  return formats.flatMap(format => datasetSplits.flatMap((split): ExportedFile[] => {
    const rows = rowsOf(format, examples.filter(example => example.split === split), random);
    if (rows.length === 0) return [];
    // Alpaca's readers want one array.
    const text = format === 'alpaca' ? `[\n${rows.map(row => JSON.stringify(row)).join(',\n')}\n]\n` : rows.map(row => `${JSON.stringify(row)}\n`).join('');
    return [{ name: `${format}.${split}.${format === 'alpaca' ? 'json' : 'jsonl'}`, format, split, count: rows.length, text }];
  }));
}

function rowsOf(format: ExportFormat, examples: readonly Example[], random: () => number): readonly object[] {
  switch (format) {
    case 'chat': return examples.map(example => ({ messages: chatMessages(example), id: example.id, ...metadata(example) }));
    case 'sharegpt': return examples.map(example => shareGptRow(example));
    case 'alpaca': return examples.map(example => ({ instruction: example.question, input: example.context ?? '', output: example.answer, system: promptOf(example).system, id: example.id }));
    case 'dpo': return examples.flatMap(example => example.rejected === undefined || example.rejected === example.answer ? [] : [preferenceRow(example, example.rejected)]);
    case 'triplets': return triplets(examples, random);
  }
}

function metadata({ source, provenance, labels, augmentation, reviewed }: Example): object {
  return { source, ...provenance, questionType: labels.questionType, difficulty: labels.difficulty, answerKind: labels.answerKind, ...(augmentation !== undefined && { augmentation }), ...(reviewed !== undefined && { reviewed }) };
}

function shareGptRow(example: Example): object {
  const { system, user } = promptOf(example);
  return { conversations: [{ from: 'system', value: system }, { from: 'human', value: user }, { from: 'gpt', value: example.answer }], id: example.id };
}

function preferenceRow(example: Example, rejected: string): object {
  const { system, user } = promptOf(example);
  return { prompt: [{ role: 'system', content: system }, { role: 'user', content: user }], chosen: [{ role: 'assistant', content: example.answer }], rejected: [{ role: 'assistant', content: rejected }], id: example.id };
}

/** Candidates looked at for the most alike passage that answers something else. */
const mostCandidates = 40;
const mostPassageCharacters = 2000;

/** Question, the passage that answers it, and a passage that looks like it and does not. */
function triplets(examples: readonly Example[], random: () => number): object[] {
  const usable = examples.filter(({ labels, source }) => labels.answerKind !== 'abstention' && source !== 'commit' && source !== 'build');
  const groups = Map.groupBy(usable, ({ source, provenance: { chip = '' } }) => `${source} ${chip}`);
  return usable.flatMap(example => {
    const positive = passageOf(example);
    const negative = hardNegative(example, groups.get(`${example.source} ${example.provenance.chip ?? ''}`) ?? [], random);
    return negative === undefined ? [] : [{ query: example.question, positive, negative, id: example.id }];
  });
}

function passageOf({ context, answer }: Example): string {
  return (context ?? answer).slice(0, mostPassageCharacters);
}

function hardNegative(example: Example, others: readonly Example[], random: () => number): string | undefined {
  const positive = passageOf(example);
  let best: { readonly text: string; readonly alike: number } | undefined;
  const step = Math.max(1, Math.floor(others.length / mostCandidates));
  const from = Math.floor(random() * step);
  for (const other of shuffled(others.filter((_, index) => index % step === from), random).slice(0, mostCandidates)) {
    const text = passageOf(other);
    // Alike, but neither the same passage nor one that answers too.
    const alike = likeness(positive, text);
    if (other.id !== example.id && alike < 0.8 && !text.includes(example.answer) && (best === undefined || alike > best.alike)) best = { text, alike };
  }
  return best?.text;
}
