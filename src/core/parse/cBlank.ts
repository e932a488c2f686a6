import { atomicBlocks } from './criticalCalls.ts';

/** A source text made ready for the parser: same length, same lines, without what macros hide from a grammar. */
export interface BlankedSource {
  readonly text: string;
  /** What the parser reads: qualifier macros and `extern "C"` blocks overwritten by blanks. */
  readonly blanked: string;
  /** The qualifier macros that were overwritten, in order. */
  readonly qualifiers: readonly Qualifier[];
}

export interface Qualifier {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

/**
 * Overwrites qualifier macros, `#ifdef __cplusplus` blocks around `extern "C"`, all but the first argument of
 * `ISR(vector, flags)`, the Pico SDK's `_REG_(OFFSET)` notes, and long rows of plain numbers. Without it `__IO uint32_t CR;` parses as a member named `uint32_t`.
 */
export function blankSource(text: string): BlankedSource {
  const spans = [...handlerQualifierSpans(text), ...qualifierSpans(text), ...linkageSpans(text), ...handlerFlagSpans(text), ...registerNoteSpans(text), ...ownQualifierSpans(text), ...numberTableSpans(text), ...atomicBlockSpans(text)].sort((left, right) => left.start - right.start);
  const pieces: string[] = [];
  const qualifiers: Qualifier[] = [];
  let done = 0;
  for (const span of spans) {
    const { start, end } = span;
    if (start < done) continue;
    if (span.word !== '') qualifiers.push(span);
    pieces.push(text.slice(done, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    done = end;
  }
  pieces.push(text.slice(done));
  return { text, blanked: spans.length === 0 ? text : pieces.join(''), qualifiers };
}

/** Whether a qualifier macro stands for `volatile`. */
export function isVolatileWord(word: string): boolean {
  return /^(volatile|__IO|__I|__O|__IM|__OM|__IOM|__RW|__RO|__WO)$/.test(word);
}

/** The qualifiers that lie in, or only blanks before, the range. */
export function qualifiersAround(source: BlankedSource, start: number, end: number): readonly Qualifier[] {
  const { qualifiers } = source;
  let low = 0;
  let high = qualifiers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((qualifiers[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  let first = low;
  let from = start;
  for (let before = qualifiers[first - 1]; before !== undefined && source.blanked.slice(before.end, from).trim() === ''; before = qualifiers[first - 1]) {
    from = before.start;
    first -= 1;
  }
  let last = low;
  while (last < qualifiers.length && (qualifiers[last]?.end ?? 0) <= end) last += 1;
  return qualifiers.slice(first, last);
}

const qualifierWords = [
  '__(?:IO|I|O|IM|OM|IOM|RW|RO|WO)',
  '[A-Z_]*(?:STATIC_INLINE|FORCE_?INLINE|ALWAYS_INLINE)', '__INLINE', '__forceinline',
  '(?:RTC_|D|EXT_)?(?:IRAM|DRAM|RAM)_ATTR', 'RTC_DATA_ATTR', 'ICACHE_(?:RAM|FLASH)_ATTR', 'PROGMEM',
  '__weak', '__WEAK', 'WEAK', '__packed', '__PACKED', '__USED', '__UNUSED', '__NO_RETURN', '__noreturn', '__NO_INIT', '__no_init', '__root',
  '__irq', '__interrupt', '__ISR', '__RAM_FUNC', '__ramfunc', 'RAMFUNC', '__ramfunc__', '__ALIGN_BEGIN', '__ALIGN_END',
  'FAST_CODE(?:_NOINLINE|_PREF)?', 'FAST_DATA(?:_ZERO_INIT)?', '__not_in_flash_func', '__time_critical_func', '__no_inline_not_in_flash_func', '__isr',
].join('|');
const qualifierPattern = new RegExp(`\\b(?:${qualifierWords})\\b`, 'g');

function qualifierSpans(text: string): Qualifier[] {
  const spans: Qualifier[] = [];
  for (const match of text.matchAll(qualifierPattern)) {
    const [word] = match;
    const end = match.index + word.length;
    // `WEAK` after a parameter list, `__weak` before a type; but never the name that a directive defines or tests.
    if (!isInDirective(text, match.index)) spans.push({ start: match.index, end, word });
  }
  return spans;
}

function isInDirective(text: string, offset: number): boolean {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && offset - start < 400) start -= 1;
  return /^[ \t]*#/.test(text.slice(start, offset));
}

/** `#ifdef __cplusplus`, lines that only open or close `extern "C"`, `#endif`. */
function linkageSpans(text: string): Qualifier[] {
  const spans: Qualifier[] = [];
  let at = text.indexOf('__cplusplus');
  while (at !== -1) {
    const start = text.lastIndexOf('\n', at) + 1;
    const end = /^[ \t]*#[ \t]*if/.test(text.slice(start, at)) ? linkageEnd(text, at) : undefined;
    if (end !== undefined) spans.push({ start, end, word: '' });
    const lineEnd = text.indexOf('\n', at);
    at = lineEnd === -1 ? -1 : text.indexOf('__cplusplus', lineEnd);
  }
  return spans;
}

const linkageLine = /^(?:extern\s*"C"\s*\{?|[{}])?\s*(?:\/\/.*|\/\*.*\*\/)?$/;

function linkageEnd(text: string, at: number): number | undefined {
  let lineStart = text.indexOf('\n', at) + 1;
  for (let lines = 0; lineStart > 0 && lines < 8; lines += 1) {
    const lineEnd = text.indexOf('\n', lineStart);
    const line = text.slice(lineStart, lineEnd === -1 ? text.length : Math.min(lineEnd, lineStart + 200)).trim();
    if (/^#\s*endif/.test(line)) return lineEnd === -1 ? text.length : lineEnd;
    if (!linkageLine.test(line)) return undefined;
    lineStart = lineEnd + 1;
  }
  return undefined;
}

/** `ISR(TIMER1_OVF_vect, ISR_NOBLOCK)` parses as a function only with one argument. */
function handlerFlagSpans(text: string): Qualifier[] {
  return [...text.matchAll(/^(?:ISR|SIGNAL|INTERRUPT_HANDLER)[ \t]*\([ \t]*\w+[ \t]*(,[^()\n]*)\)/gm)].map(match => {
    const end = match.index + match[0].length - 1;
    return { start: end - (match[1] ?? '').length, end, word: '' };
  });
}

/** `void __interrupt(high_priority) f(void)`, `void __ISR(_UART_1_VECTOR, IPL2SOFT) f(void)`, `void interrupt f(void)`: the compilers of PIC parts; the arguments name the vector or the priority. */
function handlerQualifierSpans(text: string): Qualifier[] {
  return [...text.matchAll(/\b(?:__interrupt|__ISR|__vector|_?_irq)[ \t]*\([^()\n]*\)|(?<=^[ \t]*(?:static[ \t]+)?void[ \t]+)interrupt(?:[ \t]+(?:low_priority|high_priority))?(?=[ \t]+\w+[ \t]*\()/gm)]
    .filter(match => !isInDirective(text, match.index) && !/[\w.>]\s*$/.test(text.slice(0, match.index).slice(-1)))
    .map(match => ({ start: match.index, end: match.index + match[0].length, word: match[0].replace(/\s+/g, ' ') }));
}

/** `_REG_(PWM_CH0_CSR_OFFSET)` stands before each member of the Pico SDK's register structs and expands to nothing. */
function registerNoteSpans(text: string): Qualifier[] {
  return [...text.matchAll(/^[ \t]*_REG_\(\w*\)/gm)].map(match => ({ start: match.index, end: match.index + match[0].length, word: '' }));
}

const plainTypes = 'void|_?[Bb]ool|char|short|int|long|unsigned|signed|float|double|u?int\\d+_t|size_t|struct|enum';
const beforeDeclaration = new RegExp(`^([A-Z][A-Z0-9_]{2,})[ \\t]+(?=(?:static|extern|inline|${plainTypes})\\b)`, 'gm');
const behindType = new RegExp(`^(?:static[ \\t]+|extern[ \\t]+)?(?:${plainTypes})[ \\t]+([A-Z][A-Z0-9_]{2,})[ \\t]+(?=[A-Za-z_]\\w*[ \\t]*\\()`, 'gm');

/** A project's own qualifier: upper case at the start of a declaration, or between type and function name; a type of that look cannot stand there. */
function ownQualifierSpans(text: string): Qualifier[] {
  return [...text.matchAll(beforeDeclaration), ...text.matchAll(behindType)].map(match => {
    const word = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(word);
    return { start, end: start + word.length, word };
  });
}

const shortestTable = 4096;

/**
 * Fonts, conversion tables and firmware images written as C: no fact is in their numbers, of which each would become a
 * node. From the first comma to the last, so that a list stays a list.
 */
function numberTableSpans(text: string): Qualifier[] {
  const spans: Qualifier[] = [];
  for (let at = shortestTable; at < text.length; at += shortestTable) {
    let start = at;
    while (start > 0 && isOfNumbers(text.charCodeAt(start - 1))) start -= 1;
    let end = at;
    while (end < text.length && isOfNumbers(text.charCodeAt(end))) end += 1;
    if (end - start >= shortestTable) {
      const first = text.indexOf(',', start);
      const last = text.lastIndexOf(',', end - 1);
      if (first !== -1 && first < last) spans.push({ start: first, end: last, word: '' });
    }
    // Not twice through the same row.
    at = Math.max(at, Math.floor(end / shortestTable) * shortestTable);
  }
  return spans;
}

const numberCharacters = Uint8Array.from({ length: 128 }, (_, code) => /[\s\da-fxul.,+-]/i.test(String.fromCharCode(code)) ? 1 : 0);

function isOfNumbers(code: number): boolean {
  return numberCharacters[code] === 1;
}

const blockHeads = new RegExp(`\\b(?:NONATOMIC_BLOCK|${atomicBlocks})[ \\t]*\\([^()\\n]*\\)(?=\\s*\\{)|^[ \\t]*EMPTY_INTERRUPT[ \\t]*\\([^()\\n]*\\)[ \\t]*;?`, 'gm');

/** `ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {` parses as a function in a function, and `EMPTY_INTERRUPT(WDT_vect)` takes the declaration behind it along. */
function atomicBlockSpans(text: string): Qualifier[] {
  return [...text.matchAll(blockHeads)]
    .filter(match => !isInDirective(text, match.index))
    .map(match => ({ start: match.index, end: match.index + match[0].length, word: '' }));
}
