import type { Example } from './example.ts';

/** One turn as trainers read it. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What is asked, with what is shown beside it. */
export function promptOf({ question, context, provenance: { chip } }: Pick<Example, 'question' | 'context' | 'provenance'>): { readonly system: string; readonly user: string } {
  return {
    system: `You answer questions of firmware developers${chip === undefined ? '' : ` about the ${chip}`}. Say so when something does not exist or is not known.`,
    user: context === undefined || context === '' ? question : `${question}\n\n${context}`,
  };
}

/** The conversation that an example is. */
export function chatMessages(example: Pick<Example, 'question' | 'context' | 'answer' | 'provenance'>): ChatMessage[] {
  const { system, user } = promptOf(example);
  return [{ role: 'system', content: system }, { role: 'user', content: user }, { role: 'assistant', content: example.answer }];
}
