import { hashText } from '../text/hash.ts';
import type { Draft } from './example.ts';

/** Names an example by what is asked: the same in every build, so that a verdict on it lasts; another answer is another example. */
export function exampleId({ question, context = '', answer, provenance: { chip = '' } }: Pick<Draft, 'question' | 'context' | 'answer' | 'provenance'>): string {
  return hashText([question, context, answer, chip].join('\0')).slice(0, 16);
}
