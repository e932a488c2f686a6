/** What may be typed into the question box besides words: slash commands and `#` references. Pure, for page and extension. */

/** The tasks that a question may begin with. */
export const slashCommands = ['explain', 'isr', 'register', 'review', 'init', 'fault'] as const;
export type SlashCommand = (typeof slashCommands)[number];

/** What a question may refer to; those in `valueKinds` take a name behind a colon. */
export const referenceKinds = ['file', 'selection', 'register', 'isr', 'problems'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

const valueKinds: ReadonlySet<ReferenceKind> = new Set(['file', 'register', 'isr']);

/** One `#file:src/uart.c` in a question. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** Empty for `#selection`, `#problems` and a bare `#isr`. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A question taken apart. */
export interface ChatInput {
  readonly command?: SlashCommand;
  /** The question without the command; references stand as the names they refer to. */
  readonly text: string;
  readonly references: readonly Reference[];
}

/** What is being typed at the caret, and where it began. */
export interface TypedToken {
  readonly kind: 'command' | 'reference' | 'file' | 'register' | 'isr';
  readonly query: string;
  /** The token's own start: an accepted completion replaces everything from here to the caret. */
  readonly start: number;
}

// A value is quoted where it holds spaces: `#file:"my uart.c"`.
const referencePattern = /(?<![\w#])#(file|selection|register|isr|problems)(?::(?:"([^"\n]*)"|([^\s"]*[^\s".,;:!?)])))?(?![\w-])/g;

/** Takes a question apart. */
export function parseInput(input: string): ChatInput {
  const [lead = '', command] = /^\s*\/([a-z]+)(?![\w/])/.exec(input) ?? [];
  const isCommand = slashCommands.some(name => name === command);
  const references = referencesIn(input);
  let text = input;
  for (const { kind, value, start, end } of references.toReversed()) text = text.slice(0, start) + (value === '' ? wordFor[kind] : value) + text.slice(end);
  return { ...(isCommand && { command: command as SlashCommand }), text: text.slice(isCommand ? lead.length : 0).trim(), references };
}

/** The references of a question, in their order. */
export function referencesIn(input: string): Reference[] {
  return [...input.matchAll(referencePattern)].flatMap(match => {
    const kind = match[1] as ReferenceKind;
    const value = match[2] ?? match[3] ?? '';
    const end = match.index + match[0].length;
    // `#file` alone refers to nothing yet.
    if (value === '' && (kind === 'file' || kind === 'register')) return [];
    return value !== '' && !valueKinds.has(kind) ? [] : [{ kind, value, start: match.index, end }];
  });
}

/** A reference as it is typed. */
export function referenceText(kind: ReferenceKind, value = ''): string {
  if (value === '') return `#${kind}`;
  return /[\s"]|[.,;:!?)]$/.test(value) ? `#${kind}:"${value.replaceAll('"', '')}"` : `#${kind}:${value}`;
}

/** What the caret stands behind: a command at the very beginning, a reference anywhere. */
export function typedToken(input: string, caret: number): TypedToken | undefined {
  const before = input.slice(0, caret);
  const command = /^\s*\/([a-z]*)$/.exec(before);
  if (command !== null) return { kind: 'command', query: command[1] ?? '', start: before.indexOf('/') };
  const reference = /(?:^|[\s(])#([a-z]*)(?::"?([^\s"]*))?$/.exec(before);
  if (reference === null) return undefined;
  const start = reference.index + reference[0].indexOf('#');
  const [, kind = '', value] = reference;
  if (value === undefined) return { kind: 'reference', query: kind, start };
  return kind === 'file' || kind === 'register' || kind === 'isr' ? { kind, query: value, start } : undefined;
}

const wordFor: Readonly<Record<ReferenceKind, string>> = { file: 'the file', selection: 'the selected code', register: 'the register', isr: 'the interrupt handler', problems: 'the reported problems' };
