import { identifiersIn } from '../text/words.ts';
import type { FeedbackRecord } from './feedbackRecord.ts';
import { joinedFeedback } from './readFeedback.ts';

/** A passage that a search found. */
export interface FoundPassage {
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** What the analysis asks of the world. */
export interface FeedbackGround {
  readonly search: (text: string, limit: number) => Promise<readonly FoundPassage[]>;
  /** Kind of a question: `register fact`. */
  readonly questionType: (record: FeedbackRecord) => string;
  readonly peripherals: (record: FeedbackRecord) => readonly string[];
}

/** Why an answer failed, as far as it can be computed. */
export type FailureCause = 'missing knowledge' | 'not retrieved' | 'retrieved but not quoted' | 'quoted but contradicted' | 'quoted and not used' | 'not decided';

/** One answer that a user called wrong. */
export interface AnalysedFailure {
  readonly question: string;
  readonly questionType: string;
  readonly peripherals: readonly string[];
  readonly cause: FailureCause;
  /** Where the needed passage stands. */
  readonly needed?: string;
}

/** Failures in groups, with what to do about each cause. */
export interface FeedbackAnalysis {
  readonly answers: number;
  readonly up: number;
  readonly failures: readonly AnalysedFailure[];
  readonly byType: Readonly<Record<string, number>>;
  readonly byPeripheral: Readonly<Record<string, number>>;
  readonly byCause: Readonly<Record<string, number>>;
  /** Most failures first. */
  readonly proposals: readonly { readonly cause: FailureCause; readonly failures: number; readonly step: string }[];
}

/** Groups what users called wrong, and computes of each whether the needed passage was there, found, quoted and heeded. */
export async function analyseFeedback(records: readonly FeedbackRecord[], ground: FeedbackGround): Promise<FeedbackAnalysis> {
  const answers = joinedFeedback(records);
  const failures: AnalysedFailure[] = [];
  for (const record of answers.filter(isFailure)) {
    const types = { question: record.question, questionType: ground.questionType(record), peripherals: ground.peripherals(record) };
    failures.push({ ...types, ...await causeOf(record, ground) });
  }
  const byCause = Map.groupBy(failures, ({ cause }) => cause);
  return {
    answers: answers.length, up: answers.filter(({ rating }) => rating === 'up').length, failures,
    byType: counts(failures.map(({ questionType }) => questionType)), byPeripheral: counts(failures.flatMap(({ peripherals }) => peripherals)), byCause: counts(failures.map(({ cause }) => cause)),
    proposals: [...byCause].map(([cause, some]) => ({ cause, failures: some.length, step: steps[cause] })).sort((one, other) => other.failures - one.failures),
  };
}

const steps: Readonly<Record<FailureCause, string>> = {
  'missing knowledge': 'Nothing that is indexed says what users corrected: add the document, header or FAQ that does, then run halcyon index.',
  'not retrieved': 'The passage is indexed and was not found: write the question with its answer into an FAQ, choose an embedding model, or fine-tune the embedder on these questions.',
  'retrieved but not quoted': 'The passage was found and did not fit into the prompt: widen the prompt budget, or attach the file to such questions.',
  'quoted but contradicted': 'The model had the passage and wrote against it: a larger model, or fine-tuning on these corrections.',
  'quoted and not used': 'The model had the passage and answered something else: reword the prompt (.halcyon/prompts), fine-tune on these corrections, or take a larger model.',
  'not decided': 'Without a correction that names what is right, and what the answer quoted, nothing can be computed: add corrections to these ratings.',
};

const passagesAsked = 10;

function isFailure({ rating, correction = '', wrongCitations = [] }: FeedbackRecord): boolean {
  return rating === 'down' || correction.trim() !== '' || wrongCitations.length > 0;
}

async function causeOf(record: FeedbackRecord, { search }: FeedbackGround): Promise<Pick<AnalysedFailure, 'cause' | 'needed'>> {
  const contradicted = record.findings?.some(({ verdict }) => verdict === 'contradicted') === true;
  const words = decidingWords(record);
  if (words.length === 0) return { cause: contradicted && (record.quoted?.length ?? 0) > 0 ? 'quoted but contradicted' : 'not decided' };
  const needed = (await search(record.correction ?? '', passagesAsked)).filter(({ text }) => words.every(word => text.toLowerCase().includes(word)));
  const [first] = needed;
  if (first === undefined) return { cause: 'missing knowledge' };
  const place = `${first.file}:${first.startLine}`;
  if (needed.some(passage => isQuoted(passage, record))) return { cause: contradicted ? 'quoted but contradicted' : 'quoted and not used', needed: place };
  const found = await search(record.question, passagesAsked);
  const isFound = found.some(({ file, startLine }) => needed.some(passage => passage.file === file && passage.startLine === startLine));
  // A record that does not say what was quoted leaves open whether this was.
  return { cause: !isFound ? 'not retrieved' : record.quoted === undefined ? 'not decided' : 'retrieved but not quoted', needed: place };
}

/** Names and numbers that the correction brings in: whoever knows the answer writes them. */
function decidingWords({ question, correction = '' }: FeedbackRecord): readonly string[] {
  const asked = question.toLowerCase();
  const numbers = correction.match(/\b0x[\da-f]+\b|\b\d{2,}\b/gi) ?? [];
  const names = identifiersIn(correction).filter(name => /_|[a-z][A-Z]|[A-Z]{2}/.test(name));
  return [...new Set([...numbers, ...names].map(word => word.toLowerCase()))].filter(word => !asked.includes(word));
}

function isQuoted({ file, startLine, endLine }: FoundPassage, { quoted = [] }: FeedbackRecord): boolean {
  return quoted.some(place => place.file === file && (place.line === undefined || (startLine <= place.line && place.line <= endLine)));
}

function counts(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, name => name)].map(([name, some]) => [name, some.length] as const).sort(([, one], [, other]) => other - one));
}
