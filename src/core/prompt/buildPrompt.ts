import type { Message } from '../model/languageModel.ts';
import type { Evidence, Prompt } from './prompt.ts';
import type { Template } from './templates.ts';

/** Everything a prompt may hold. */
export interface PromptParts {
  readonly template: Template;
  readonly question: string;
  /** A few lines about the chip; stands in the system message. */
  readonly deviceCard?: string | undefined;
  /** Earlier turns, oldest first; the oldest are left out first when the budget is short. */
  readonly history?: readonly Message[];
  /** Most important first; each is quoted whole or left out. */
  readonly candidates: readonly EvidenceCandidate[];
  /** Most tokens of the whole prompt. */
  readonly budgetTokens: number;
}

/** Evidence before it has its number. */
export type EvidenceCandidate = Omit<Evidence, 'id'>;

/** Tokens a chat template adds around each message; measured at 4 to 6 with the templates of Qwen, Llama and Gemma. */
const tokensPerMessage = 8;

/**
 * Lays a prompt out so that what stays comes first: system and device, conversation, then this question's evidence.
 * Evidence is taken in order while it fits; what does not fit is returned as dropped. The question itself always stays.
 */
export async function buildPrompt(parts: PromptParts, countTokens: (text: string) => Promise<number>): Promise<Prompt> {
  const count = async (text: string): Promise<number> => await countTokens(text) + tokensPerMessage;
  const system = parts.deviceCard === undefined ? parts.template.system : `${parts.template.system}\n\n${parts.deviceCard}`;
  const task = parts.template.task(parts.question);
  let tokens = await count(system) + await count(task);
  const quoted: Evidence[] = [];
  const dropped: Evidence[] = [];
  for (const candidate of parts.candidates) {
    const evidence = { ...candidate, id: quoted.length + 1 };
    const cost = await countTokens(quote(evidence));
    if (tokens + cost > parts.budgetTokens) {
      dropped.push({ ...candidate, id: 0 });
      continue;
    }
    tokens += cost;
    quoted.push(evidence);
  }
  const history = await recentHistory(parts.history ?? [], parts.budgetTokens - tokens, count);
  const user = [...quoted.map(quote), task].join('\n\n');
  return {
    messages: [{ role: 'system', text: system }, ...history.messages, { role: 'user', text: user }],
    tokens: tokens + history.tokens, quoted, dropped,
  };
}

async function recentHistory(history: readonly Message[], budgetTokens: number, count: (text: string) => Promise<number>): Promise<{ messages: Message[]; tokens: number }> {
  const messages: Message[] = [];
  let tokens = 0;
  for (const message of history.toReversed()) {
    const cost = await count(message.text);
    if (tokens + cost > budgetTokens) break;
    tokens += cost;
    messages.unshift(message);
  }
  // A conversation that begins with an answer makes chat templates fail.
  while (messages[0]?.role === 'assistant') messages.shift();
  return { messages, tokens };
}

/** The text between the fences cannot close them: a source file is data, whatever it says. */
function quote({ id, title, text, file, line }: Evidence): string {
  const place = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
  return `[${id}] ${oneLine(title)}${place}\n<<<\n${text.replace(/<{3,}|>{3,}/g, '…').trimEnd()}\n>>>`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/<{3,}|>{3,}/g, '…').trim();
}
