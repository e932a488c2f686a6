import type { LlamaModel, Token } from 'node-llama-cpp';

/** Generated tokens turned into text: whole characters only, and nothing of what ends a reply. */
export interface TokenStream {
  /** False when the token, or the tokens with it, end the reply. */
  push(token: Token): boolean;
  /** Text that is complete since the last call. */
  take(): string;
  /** What is left at the end, half characters dropped. */
  flush(): string;
  /** The last tokens pushed, at most `most`. */
  recent(most: number): Token[];
  /** Tokens pushed, the ending ones not counted. */
  readonly count: number;
}

/** A character of many tokens shows as this until its last token is there. */
const incomplete = '\uFFFD';

export function createTokenStream(model: LlamaModel, stops: readonly (readonly Token[])[]): TokenStream {
  const context: Token[] = [];
  let pending: Token[] = [];
  return {
    push: token => {
      if (model.isEogToken(token)) return false;
      pending.push(token);
      context.push(token);
      const stop = stops.find(tokens => tokens.length > 0 && tokens.every((wanted, index) => context[context.length - tokens.length + index] === wanted));
      if (stop === undefined) return true;
      pending.splice(-Math.min(stop.length, pending.length));
      context.splice(-stop.length);
      return false;
    },
    take: () => {
      const text = textOf(model, pending, context);
      if (text === '' || text.endsWith(incomplete)) return '';
      pending = [];
      return text;
    },
    flush: () => {
      const text = textOf(model, pending, context).replaceAll(incomplete, '');
      pending = [];
      return text;
    },
    recent: most => context.slice(-most),
    get count() { return context.length; },
  };
}

/** Tokenizers put a blank before a word by what came before it. */
function textOf(model: LlamaModel, pending: readonly Token[], context: readonly Token[]): string {
  return pending.length === 0 ? '' : model.detokenize(pending, false, context.slice(0, context.length - pending.length).slice(-8));
}
