/** A text whose `?:` are decided as far as they can be. */
export interface ChosenArms {
  readonly text: string;
  /** A condition that only the running program knows is left: any of its arms may be what happens. */
  readonly isOpen: boolean;
}

/** Conditionals in one macro's body; real ones nest four deep. */
const mostConditionals = 64;

/**
 * A macro's body with the arm in place of each `condition ? a : b` whose condition is a constant:
 * `(UART_IT_RXNE >> 28 == 1) ? CR1 |= … : CR2 |= …` touches CR1 alone.
 */
export function chosenArms(text: string, isTrue: (condition: string) => boolean | undefined): ChosenArms {
  let chosen = text;
  let from = 0;
  for (let count = 0; count < mostConditionals; count += 1) {
    const at = chosen.indexOf('?', from);
    if (at === -1) return { text: chosen, isOpen: from > 0 };
    const colon = colonOf(chosen, at);
    const start = startOf(chosen, at);
    const decided = colon === undefined ? undefined : isTrue(chosen.slice(start, at).trim());
    if (colon === undefined || decided === undefined) {
      from = at + 1;
      continue;
    }
    const end = endOf(chosen, colon);
    const arm = decided ? chosen.slice(at + 1, colon) : chosen.slice(colon + 1, end);
    chosen = `${chosen.slice(0, start)} ${arm.trim()}${chosen.slice(end)}`;
    from = 0;
  }
  return { text: chosen, isOpen: true };
}

/** Where the condition before a `?` begins: behind the bracket, comma, semicolon or assignment before it. */
function startOf(text: string, question: number): number {
  let depth = 0;
  for (let at = question - 1; at >= 0; at -= 1) {
    const character = text[at] ?? '';
    if (')]}'.includes(character)) depth += 1;
    else if ('([{'.includes(character) && depth > 0) depth -= 1;
    else if (depth === 0 && ('([{,;?:'.includes(character) || isAssignment(text, at))) return at + 1;
  }
  return 0;
}

function isAssignment(text: string, at: number): boolean {
  return text[at] === '=' && text[at + 1] !== '=' && !(/[=!]/.test(text[at - 1] ?? '') || (/[<>]/.test(text[at - 1] ?? '') && text[at - 2] !== text[at - 1]));
}

/** The `:` that belongs to a `?`. */
function colonOf(text: string, question: number): number | undefined {
  let depth = 0;
  let inner = 0;
  for (let at = question + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth === 0 && character === '?') inner += 1;
    else if (depth === 0 && character === ':' && inner > 0) inner -= 1;
    else if (depth === 0 && character === ':') return at;
    if (depth < 0) return undefined;
  }
  return undefined;
}

/** Where the arm behind the `:` ends. */
function endOf(text: string, colon: number): number {
  let depth = 0;
  for (let at = colon + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth < 0 || (depth === 0 && /[,;]/.test(character))) return at;
  }
  return text.length;
}
