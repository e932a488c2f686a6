/** A changed file that a code block of an answer proposes, and what it takes the place of. */
export interface ProposedEdit {
  readonly text: string;
  readonly how: 'selection' | 'functions' | 'file' | 'inserted';
}

/** Where the code may go. */
export interface EditTarget {
  readonly text: string;
  /** Character offsets; equal: only a cursor. */
  readonly start: number;
  readonly end: number;
}

/** Puts a code block into a file: in place of the selection, of the functions it defines anew, of the whole file, or at the cursor. */
export function proposeEdit({ text, start, end }: EditTarget, code: string): ProposedEdit {
  const block = text.includes('\r\n') ? code.replaceAll(/\r?\n/g, '\r\n') : code.replaceAll('\r\n', '\n');
  if (start !== end) return { text: text.slice(0, start) + (/\n$/.test(text.slice(start, end)) ? withBreak(block) : block.trimEnd()) + text.slice(end), how: 'selection' };
  const replaced = replaceFunctions(text, block);
  if (replaced !== undefined) return { text: replaced, how: 'functions' };
  if (isWholeFile(text, block)) return { text: withBreak(block), how: 'file' };
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return { text: text.slice(0, lineStart) + withBreak(block) + text.slice(lineStart), how: 'inserted' };
}

interface FunctionSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const definition = /^(?:[A-Za-z_][\w \t*]*[ \t*])([A-Za-z_]\w*)[ \t]*\([^;{}()]*(?:\([^;{}()]*\)[^;{}()]*)*\)\s*(?:__attribute__\s*\(\([^{};]*\)\)\s*)?\{/gm;

/** Only when every function of the block is in the file already, once. */
function replaceFunctions(text: string, block: string): string | undefined {
  const proposed = functionsIn(block);
  const present = functionsIn(text);
  const pairs = proposed.map(one => ({ one, there: present.filter(({ name }) => name === one.name) }));
  if (pairs.length === 0 || pairs.some(({ there }) => there.length !== 1)) return undefined;
  let changed = text;
  for (const { one, there: [there] } of pairs.toSorted((a, b) => (b.there[0]?.start ?? 0) - (a.there[0]?.start ?? 0))) {
    if (there !== undefined) changed = changed.slice(0, there.start) + block.slice(one.start, one.end) + changed.slice(there.end);
  }
  return changed;
}

function functionsIn(text: string): FunctionSpan[] {
  const blank = withoutCommentsAndTexts(text);
  return [...blank.matchAll(definition)].flatMap(match => {
    const end = closingBrace(blank, match.index + match[0].length - 1);
    return end === undefined || match[1] === undefined ? [] : [{ name: match[1], start: match.index, end: end + 1 }];
  }).filter(({ name }) => !/^(if|for|while|switch|return|else|do)$/.test(name));
}

function closingBrace(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return undefined;
}

/** Same length, with blanks in place of what only looks like code. */
function withoutCommentsAndTexts(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, found => found.replaceAll(/[^\n]/g, ' '));
}

/** Most of the file's lines come back in the block. */
function isWholeFile(text: string, block: string): boolean {
  const lines = text.split(/\r?\n/).map(line => line.trim()).filter(line => line.length > 3);
  const proposed = new Set(block.split(/\r?\n/).map(line => line.trim()));
  return lines.length > 4 && lines.filter(line => proposed.has(line)).length >= lines.length * 0.7;
}

function withBreak(block: string): string {
  return /\n$/.test(block) ? block : `${block}${block.includes('\r\n') ? '\r\n' : '\n'}`;
}
