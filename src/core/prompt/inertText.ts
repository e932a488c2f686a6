/**
 * Words that chat templates are made of (`<|im_end|>`, `<start_of_turn>`, `[INST]`, `<s>`, `<think>`), so changed that no tokenizer
 * takes them for its own: a server may read them even in the midst of a text. What they stood for can still be read.
 */
export function withoutTemplateTokens(text: string): string {
  if (!/[<[｜]/.test(text)) return text;
  return text
    .replace(/<(?=[|｜])/g, '‹').replace(/(?<=[|｜])>/g, '›')
    .replace(/<(\/?(?:s|pad|bos|eos|unk|mask|think|system|user|assistant|tool_call|tool_response|(?:start|end)_of_(?:turn|image)|begin_of_text|end_of_text|unused\d+|extra_id_\d+))>/gi, '‹$1›')
    .replace(/\[(\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS))\]/g, '⟦$1⟧').replace(/<<(\/?SYS)>>/g, '‹‹$1››');
}

/** Quoted text: data that can neither close the fence around it nor speak in the template's words, nor hide by marks that nobody sees. */
export function inertText(text: string): string {
  return withoutTemplateTokens(text.replace(hidden, '')).replace(/<{3,}|>{3,}/g, '…');
}

/** The same on one line: titles and file names stand outside the fence. */
export function inertLine(text: string): string {
  return inertText(text.replace(/[\s\p{Cc}]+/gu, ' ')).trim();
}

/** Marks without width, those that turn the direction, and the tag characters in which text can be smuggled past a reader. */
const hidden = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;
