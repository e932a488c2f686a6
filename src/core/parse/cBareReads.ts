import type { AccessScope } from './cAccesses.ts';
import { contextOf, isChainInside } from './cChain.ts';
import { isUpperCase, typeOfName } from './cScope.ts';
import { childByField, fieldOf, kindOf, parentOf, startColumn, startLine, textOf, type CTree } from './cTree.ts';
import type { AccessFact, BareReadFact, SourceFacts } from './facts.ts';

/** A name in upper case whose value is read and nothing more, `data = UDR0`: only the device can tell a register from a constant. */
export function bareReadAt({ tree, file, scope }: AccessScope, node: number): BareReadFact | undefined {
  const name = textOf(tree, node);
  if (scope === undefined || !isUpperCase(name) || name.length < 3 || longestName < name.length || constants.test(name)) return undefined;
  if (typeOfName(name, file, scope) !== undefined || file.plainMacros.has(name) || isChainInside(tree, node) || !isRead(tree, node)) return undefined;
  return { name, line: startLine(tree, node), column: startColumn(tree, node), function: scope.head.name };
}

/**
 * Those that are worth keeping: each once a line, none that the file itself defines, and only in files that name
 * registers so, as code for AVR, MSP430, PIC and 8051 does and libopencm3 for blocks that exist once.
 */
export function keptBareReads(found: readonly BareReadFact[], { accesses, includes, macros, types }: Pick<SourceFacts, 'accesses' | 'includes' | 'macros' | 'types'>): BareReadFact[] {
  if (found.length === 0) return [];
  const isStyle = includes.some(({ path }) => bareHeaders.test(path)) || accesses.some(isBareWrite);
  const own = new Set([...macros.map(({ name }) => name), ...types.flatMap(({ kind, members }) => kind === 'enum' ? members.map(({ name }) => name) : [])]);
  const kept = new Map<string, BareReadFact>();
  for (const read of found) {
    if (!own.has(read.name) && (isStyle || wellKnown.test(read.name)) && !kept.has(`${read.line} ${read.name}`)) kept.set(`${read.line} ${read.name}`, read);
  }
  return [...kept.values()];
}

/** A read of a bare name in the form of any other access. */
export function accessOfBareRead({ name, line, column, function: inside }: BareReadFact): AccessFact {
  return { line, column, kind: 'read', function: inside, base: name, members: [], expression: name };
}

/** Registers have short names: `TIMER1_CAPTURE` is long already. */
const longestName = 24;

const constants = /^(NULL|TRUE|FALSE|EOF|HIGH|LOW|INPUT|OUTPUT)$|(_MASK|_MAX|_MIN|_SIZE|_COUNT|_ERROR|_Msk|_Pos)$/;

const bareHeaders = /^(avr|util)\/|^(msp430|xc|pic|htc|p(18|24|30|32|33)|8051|8052|reg5\d|mcs51|sdcc|iostm8|stm8|ioavr|iom\d)|libopencm3\//i;

/** Names that leave no doubt even in a file that writes none: AVR's, and those MSP430's headers share. */
const wellKnown = /^(UDR|TCNT|OCR|ICR|TIFR|UCSR|UBRR|ADC|SPDR|SPSR|TWDR|TWSR|TWCR|EEDR|EECR|EEAR|MCUSR|ACSR|PCIFR|EIFR)\d?[ABCHL]?$|^(SREG|SPMCSR|GPIOR\d|TAR|TA\dR|P\dIN|UCA\dRXBUF|UCB\dRXBUF|ADC10MEM|ADC12MEM\d+)$/;

function isBareWrite({ kind, base, members }: AccessFact): boolean {
  return kind !== 'read' && members.length === 0 && isUpperCase(base);
}

/** Bit numbers and masks are no reads: `1 << RXEN0`, `_BV(RXEN0)`, a case's label, what is written into a declarator. */
function isRead(tree: CTree, node: number): boolean {
  const parent = parentOf(tree, node);
  const kind = kindOf(tree, parent);
  const field = fieldOf(tree, node);
  if (field === 'declarator' || field === 'name' || field === 'label' || (kind === 'call_expression' && field === 'function')) return false;
  if (kind.startsWith('preproc_') || kind === 'sizeof_expression' || kind === 'case_statement' || kind === 'attribute_specifier') return false;
  if (kind.endsWith('_declarator') && field !== 'value') return false;
  if (kind === 'binary_expression' && field === 'right' && /^(<<|>>)$/.test(textOf(tree, childByField(tree, parent, 'operator')))) return false;
  const call = kind === 'argument_list' ? parentOf(tree, parent) : undefined;
  if (call !== undefined && (kindOf(tree, call) !== 'call_expression' || /^(_BV|BV|BIT|bit_is_\w+|_VECTOR)\b/.test(tree.text.slice(tree.start[call], (tree.start[call] ?? 0) + 24)))) return false;
  const context = contextOf(tree, node);
  return context.kind === 'read' && context.operator !== '&';
}
