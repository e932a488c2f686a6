import { keepHistory, type HistoryMessage } from './history.ts';
import { inertLine, inertText, withoutTemplateTokens } from './inertText.ts';
import type { Evidence, Prompt } from './prompt.ts';
import type { Template } from './templates.ts';

/** Everything a prompt may hold. */
export interface PromptParts {
  readonly template: Template;
  readonly question: string;
  /** A few lines about the chip; stands in the system message. */
  readonly deviceCard?: string | undefined;
  /** Earlier turns, oldest first; the oldest are left out first when the budget is short. */
  readonly history?: readonly HistoryMessage[];
  /** Most important first; each is quoted whole or left out. */
  readonly candidates: readonly EvidenceCandidate[];
  /** Most tokens of the prompt without earlier turns. */
  readonly budgetTokens: number;
  /** Most tokens with them: what a model has read once costs nothing more. Default: `budgetTokens`. */
  readonly totalTokens?: number;
  /** The question goes on about what was spoken of: what was only found for it gets a quarter of what stands there already. */
  readonly staysOnTopic?: boolean;
}

/** Evidence before it has its number. */
export interface EvidenceCandidate extends Omit<Evidence, 'id'> {
  /** Cut at whole lines to so many tokens, and to the room there is; absent: quoted whole or left out. */
  readonly mostTokens?: number;
}

/** Tokens a chat template adds around each message, with room to spare for the templates of Qwen, Llama and Gemma. */
const tokensPerMessage = 8;
/** Of a file's name. */
const mostPlaceCharacters = 160;
/** Earlier turns take at most so much of the whole; always the same share, so that they are cut at the same place. */
const historyShare = 0.6;

/**
 * Lays a prompt out so that what stays comes first: system and device, conversation, then this question's evidence.
 * Evidence is taken in order while it fits; what does not fit is returned as dropped. The question itself always stays.
 * Earlier turns are not touched: evidence that one of them quotes already is referred to by its number.
 */
export async function buildPrompt(parts: PromptParts, countTokens: (text: string) => Promise<number>): Promise<Prompt> {
  const { template, history: all = [], budgetTokens } = parts;
  const count = async (text: string): Promise<number> => await countTokens(text) + tokensPerMessage;
  const system = withoutTemplateTokens(parts.deviceCard === undefined ? template.system : `${template.system}\n\nThe chip:\n${fenced(parts.deviceCard)}`);
  const task = template.task(withoutTemplateTokens(parts.question));
  const fixedTokens = await count(system) + await count(task);
  const totalTokens = Math.max(parts.totalTokens ?? budgetTokens, budgetTokens);
  const history = await keepHistory(all, totalTokens * historyShare, count);
  const earlier = history.messages.flatMap(({ evidence = [] }) => evidence);
  const candidates = distinct(parts.candidates);
  const again = candidates.flatMap(candidate => earlier.find(evidence => isSame(candidate, evidence)) ?? []);
  const summaryTokens = history.summary === '' ? 0 : await countTokens(history.summary);
  const chosen = await chooseEvidence(candidates.filter(candidate => !earlier.some(evidence => isSame(candidate, evidence))), {
    firstId: Math.max(0, ...all.flatMap(({ evidence = [] }) => evidence.map(({ id }) => id))) + 1,
    budgetTokens: Math.min(budgetTokens, totalTokens - history.tokens - summaryTokens) - fixedTokens,
    foundTokens: parts.staysOnTopic === true && earlier.length > 0 ? (fixedTokens + history.tokens) / 4 - await count(task) : Infinity,
  }, countTokens);
  const user = [...chosen.quoted.map(quote), ...again.length > 0 ? [`See also ${again.map(({ id }) => `[${id}]`).join(' and ')} above.`] : [], task].join('\n\n');
  return {
    messages: [{ role: 'system', text: history.summary === '' ? system : `${system}\n\n${history.summary}` }, ...history.messages.map(({ role, text }) => ({ role, text: withoutTemplateTokens(text) })), { role: 'user', text: user }],
    tokens: fixedTokens + history.tokens + summaryTokens + chosen.tokens, quoted: [...earlier, ...chosen.quoted], dropped: chosen.dropped, fresh: chosen.quoted,
  };
}

/** A text that was cut is the same as its beginning. */
function isSame(a: EvidenceCandidate, b: EvidenceCandidate): boolean {
  const isText = a.text === b.text || (a.mostTokens !== undefined && b.text.endsWith(leftOut) && a.text.startsWith(b.text.slice(0, -leftOut.length)));
  return a.title === b.title && isText && a.file === b.file && a.line === b.line;
}

const leftOut = '\n(the rest was left out)';
/** A few lines of something are worth less than what else there is. */
const leastTokens = 60;

interface Room {
  readonly firstId: number;
  readonly budgetTokens: number;
  /** Most tokens of passages that were only found. */
  readonly foundTokens: number;
}

async function chooseEvidence(candidates: readonly EvidenceCandidate[], room: Room, countTokens: (text: string) => Promise<number>): Promise<{ quoted: Evidence[]; dropped: Evidence[]; tokens: number }> {
  const quoted: Evidence[] = [];
  const dropped: Evidence[] = [];
  let tokens = 0;
  for (const candidate of candidates) {
    const { mostTokens, ...whole } = candidate;
    const most = candidate.kind === 'passage' ? Math.min(room.budgetTokens, room.foundTokens) : room.budgetTokens;
    const evidence = await fitting({ ...whole, id: room.firstId + quoted.length }, Math.min(most - tokens, mostTokens ?? Infinity), { isCuttable: mostTokens !== undefined, countTokens });
    if (evidence === undefined) {
      dropped.push({ ...whole, id: 0 });
      continue;
    }
    const cost = await countTokens(quote(evidence));
    tokens += cost;
    quoted.push(evidence);
  }
  return { quoted, dropped, tokens };
}

/** The evidence as a whole, or as many of its first lines as there is room for; undefined where that is nothing worth its place. */
async function fitting(evidence: Evidence, room: number, { isCuttable, countTokens }: { readonly isCuttable: boolean; readonly countTokens: (text: string) => Promise<number> }): Promise<Evidence | undefined> {
  if (await countTokens(quote(evidence)) <= room) return evidence;
  if (!isCuttable || room < leastTokens) return undefined;
  const lines = evidence.text.split('\n');
  const first = (count: number): Evidence => ({ ...evidence, text: lines.slice(0, count).join('\n') + leftOut });
  let [fits, tooMany] = [0, lines.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (await countTokens(quote(first(middle))) <= room) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? undefined : first(fits);
}

/** The text between the fences cannot close them: a source file is data, whatever it says. */
function quote({ id, kind, title, text, file, line }: Evidence): string {
  const place = file === undefined ? '' : ` (${inertLine(file).slice(0, mostPlaceCharacters)}${line === undefined ? '' : `:${line}`})`;
  // A document's heading is its author's words, and as little to be obeyed as what follows it.
  const isHeading = kind === 'passage' && /\s/.test(title.trim());
  return isHeading ? `[${id}] Passage${place}\n${fenced(`${inertLine(title)}\n${text}`)}` : `[${id}] ${inertLine(title)}${place}\n${fenced(text)}`;
}

function fenced(text: string): string {
  return `<<<\n${inertText(text).trimEnd()}\n>>>`;
}

/** What a task brings may be found by the search as well. */
function distinct(candidates: readonly EvidenceCandidate[]): EvidenceCandidate[] {
  return candidates.filter((candidate, index) => candidates.findIndex(other => isSame(candidate, other)) === index);
}
