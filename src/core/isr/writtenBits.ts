import type { RegisterPlace } from '../device/device.ts';
import { bitMask } from '../device/numbers.ts';
import { assignedText, fieldOfMacroName, splitArguments } from '../graph/accessFields.ts';
import type { Graph } from '../graph/graph.ts';
import { knownBits, type KnownBits } from '../graph/knownBits.ts';
import type { MacroLookup } from '../graph/macroTokens.ts';
import type { ResolvedAccess } from '../graph/resolveAccess.ts';
import type { AccessFact, SourceFacts } from '../parse/facts.ts';

/** What a write puts into a register, as far as the code tells. */
export interface WrittenBits {
  /** The register's bits afterwards, or what is sent to it; all are open where the value is not known. */
  readonly bits: KnownBits;
  /** What was read of the register is written back to it as it was, or upside down. */
  readonly echo?: 'same' | 'inverse';
}

/** What is known of the value that an access writes. */
export async function writtenBits(access: AccessFact, { places: [place], alias, bit }: ResolvedAccess, { graph, facts }: { readonly graph: Graph; readonly facts: SourceFacts }): Promise<WrittenBits | undefined> {
  if (place === undefined || access.kind === 'read') return undefined;
  const open: WrittenBits = { bits: { ones: 0n, zeros: 0n, kept: 0n } };
  const value = access.value ?? (access.operator === 'CLEAR_REG' ? '0' : undefined);
  if (value === undefined || alias !== undefined || bit !== undefined) return open;
  const text = writtenText(access, value);
  if (text === undefined) return open;
  await graph.macros.load([text]);
  const bits = knownBits(text, { lookup: withFields(graph.macros.lookup, place), register: registerMark, width: place.register.size });
  const echo = access.kind === 'write' ? echoOf(value, access, facts) : undefined;
  return { bits: bits ?? open.bits, ...(echo !== undefined && { echo }) };
}

const registerMark = 'the_written_register';

/** The value with a mark where the register itself stands; undefined for a macro whose arguments are not known to mean a value. */
function writtenText({ operator = '=', expression, base, members, kind }: AccessFact, value: string): string | undefined {
  const own = assignedText(expression) ?? [base, ...members].join('->');
  const [first = value, second] = /^[A-Za-z]/.test(operator) ? splitArguments(value) : [value];
  const mask = /^(sbi|cbi|sys_set_bit|sys_clear_bit)$/.test(operator) ? `(1UL << (${first}))` : `(${first})`;
  if (operator === '=') return value.replaceAll(own, registerMark);
  if (/^[|&^]=$/.test(operator)) return `${registerMark} ${operator.charAt(0)} ${mask}`;
  if (/MODIFY/.test(operator)) return second === undefined ? undefined : `(${registerMark} & ~${mask}) | (${second})`;
  if (/TOGGLE|xor/i.test(operator)) return `${registerMark} ^ ${mask}`;
  if (/CLEAR|CLR|clear|^cbi$/.test(operator)) return `${registerMark} & ~${mask}`;
  if (/SET_BIT|SET_PERI_REG_MASK|set_bit|^sbi$/.test(operator)) return `${registerMark} | ${mask}`;
  return kind === 'write' && second === undefined ? value : undefined;
}

/** Masks whose header is not there still say their field: `USART_SR_TC`. */
function withFields(lookup: MacroLookup, { register: { fields } }: RegisterPlace): MacroLookup {
  return name => {
    const known = lookup(name);
    const field = known !== undefined || !/^[A-Z]\w*_\w+$/.test(name) || /_(Pos|SHIFT|bp)$/i.test(name) ? undefined : fieldOfMacroName(fields, name);
    return field?.bitWidth === 1 ? bitMask(field.bitOffset, 1) : known;
  };
}

/** `SR = ~s` after `s = SR`, `PR = PR`, `PR = p & LINES` after `p = PR`. */
function echoOf(value: string, access: AccessFact, facts: SourceFacts): WrittenBits['echo'] {
  const [, sign, written] = /^(?:\(\s*u?\w+_t\s*\)\s*)?(~?)\s*\(?\s*([A-Za-z_][\w>.[\]-]*)\s*(?:&\s*(?:\w+|\([^()]*\))\s*)?\)?$/.exec(value.trim()) ?? [];
  if (written === undefined) return undefined;
  return written === [access.base, ...access.members].join('->') || written === assignedText(access.expression) || holdsRegister(written, access, facts) ? (sign === '~' ? 'inverse' : 'same') : undefined;
}

/** Whether a local got its value from the register, a mask's bits of it or all. */
function holdsRegister(local: string, access: AccessFact, facts: SourceFacts): boolean {
  const register = (assignedText(access.expression) ?? [access.base, ...access.members].join('->')).replace(/\s/g, '');
  return facts.accesses.some(other => other.through === local && other.function === access.function && other.base === access.base && other.members.join() === access.members.join())
    || facts.variables.some(({ name, function: inside, initializer = '' }) => name === local && inside === access.function && startsWith(initializer.replace(/[\s(]/g, ''), register));
}

function startsWith(text: string, register: string): boolean {
  return text.startsWith(register) && /^([)&;]|$)/.test(text.slice(register.length));
}
