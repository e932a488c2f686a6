import type { GenerationEvent } from './languageModel.ts';

/** A piece of a reply, told apart. */
export type ReplyEvent = GenerationEvent
  /** The text so far was thinking after all: the model's template had opened the tag itself. */
  | { readonly type: 'textWasThinking' };

const openTags = ['<think>', '<thinking>'];
const closeTags = ['</think>', '</thinking>'];

/** Tells what a reasoning model thinks from what it answers: `<think>…</think>`, however the tags are cut into pieces. */
export async function* separateThinking(events: AsyncIterable<GenerationEvent>): AsyncGenerator<ReplyEvent> {
  const splitter = createSplitter();
  for await (const event of events) {
    if (event.type === 'text') yield* splitter.push(event.text);
    else {
      if (event.type === 'end') yield* splitter.flush();
      yield event;
    }
  }
}

interface Splitter {
  push(text: string): Generator<ReplyEvent>;
  /** What was held back, because a tag might have begun there. */
  flush(): Generator<ReplyEvent>;
}

function createSplitter(): Splitter {
  let isThinking = false;
  let hasThought = false;
  let held = '';
  /** The line break behind a closing tag belongs to the tag. */
  let atStart = true;
  const piece = function* (text: string): Generator<ReplyEvent> {
    const shown = atStart ? text.trimStart() : text;
    if (shown === '') return;
    atStart = false;
    yield { type: isThinking ? 'thinking' : 'text', text: shown };
  };
  return {
    push: function* (text) {
      held += text;
      for (;;) {
        const found = firstTag(held, isThinking || !hasThought ? [...isThinking ? [] : openTags, ...closeTags] : openTags);
        if (found === undefined) break;
        yield* piece(held.slice(0, found.at));
        held = held.slice(found.at + found.tag.length);
        const closes = closeTags.includes(found.tag);
        if (closes && !isThinking) yield { type: 'textWasThinking' };
        isThinking = !closes;
        hasThought = true;
        atStart = true;
      }
      const kept = tagBeginning(held);
      yield* piece(held.slice(0, held.length - kept));
      held = held.slice(held.length - kept);
    },
    flush: function* () {
      yield* piece(held);
      held = '';
    },
  };
}

function firstTag(text: string, tags: readonly string[]): { readonly at: number; readonly tag: string } | undefined {
  const found = tags.map(tag => ({ tag, at: text.indexOf(tag) })).filter(({ at }) => at >= 0);
  return found.toSorted((a, b) => a.at - b.at)[0];
}

/** Characters at the end that may be the beginning of a tag. */
function tagBeginning(text: string): number {
  const longest = Math.max(...[...openTags, ...closeTags].map(tag => tag.length));
  for (let length = Math.min(text.length, longest - 1); length > 0; length--) {
    const end = text.slice(-length);
    if ([...openTags, ...closeTags].some(tag => tag.startsWith(end))) return length;
  }
  return 0;
}
