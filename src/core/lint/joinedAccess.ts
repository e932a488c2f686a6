import type { Device, RegisterPlace } from '../device/device.ts';
import { assignedText } from '../graph/accessFields.ts';
import { chipAgreement } from '../graph/chipAgreement.ts';
import type { Graph } from '../graph/graph.ts';
import { resolveAccess, type ResolvedAccess } from '../graph/resolveAccess.ts';
import { operandBits, type OperandBits } from '../hover/operand.ts';
import type { AccessFact, SourceFacts } from '../parse/facts.ts';
import { hasSeveralValues } from './severalValues.ts';

/** What the rules know of one file and its project. */
export interface LintGround {
  readonly file: string;
  readonly facts: SourceFacts;
  readonly graph: Graph;
  readonly device: Device | undefined;
  /** Lets other requests go first. */
  readonly rest?: () => Promise<void>;
}

/** One access with the registers it reaches and the bits it writes. */
export interface JoinedAccess {
  readonly access: AccessFact;
  readonly resolved: ResolvedAccess;
  /** Registers that it may reach; never empty. */
  readonly places: readonly [RegisterPlace, ...RegisterPlace[]];
  /** The width in bits that a cast gives the access; absent: the register's own. */
  readonly castBits?: number;
  readonly bits?: OperandBits;
  /** The project defines the register's macro, or the value's, in several ways, of which only its build knows the right one. */
  readonly isOneOfSeveral?: true;
}

/** A generated table of thousands of accesses is looked at up to here; the rest is counted. */
const mostAccesses = 20_000;
const accessesPerRest = 100;

/** The file's register accesses, joined to the device; those that cannot be resolved are left out, and how many were cut is told. */
export async function joinAccesses({ file, facts, graph, device, rest }: LintGround, signal?: AbortSignal): Promise<{ readonly joined: readonly JoinedAccess[]; readonly cut: number }> {
  // Registers of another chip's files are not those of this one.
  if (device === undefined || chipAgreement(file, device.name) === 'other') return { joined: [], cut: 0 };
  const joined: JoinedAccess[] = [];
  // Generated tables say the same thousands of times.
  const alike = new Map<string, JoinedAccess | undefined>();
  for (const [index, access] of facts.accesses.slice(0, mostAccesses).entries()) {
    if (index % accessesPerRest === 0) await rest?.();
    if (signal?.aborted === true) break;
    // A local that holds a register's value is looked at, no register.
    if (access.through !== undefined || (access.operator === '&' && access.kind === 'read')) continue;
    const key = `${access.function ?? ''}\n${access.kind}\n${access.base}\n${access.expression}\n${access.value ?? ''}`;
    const found = alike.has(key) ? alike.get(key) : await join(access, { facts, graph, device });
    alike.set(key, found);
    if (found !== undefined) joined.push({ ...found, access });
  }
  return { joined, cut: Math.max(0, facts.accesses.length - mostAccesses) };
}

async function join(access: AccessFact, { facts, graph, device }: { readonly facts: SourceFacts; readonly graph: Graph; readonly device: Device }): Promise<JoinedAccess | undefined> {
  const resolved = await resolveAccess(withoutAddressOf(access), { device, graph, facts });
  const [first, ...others] = resolved.places;
  if (first === undefined) return undefined;
  const castBits = castWidth(access);
  const bits = access.kind === 'read' || resolved.bit !== undefined ? undefined : await writtenBits(access, first, resolved, { graph, device });
  const isOneOfSeveral = await hasSeveralValues(`${access.base} ${access.value ?? ''}`, graph, device.name);
  return { access, resolved, places: [first, ...others], ...(isOneOfSeveral && { isOneOfSeveral }), ...(castBits !== undefined && { castBits }), ...(bits !== undefined && { bits }) };
}

/** What a write does to each bit of a register that it reaches; undefined where it names no value, or nothing is known of that. */
export async function writtenBits({ operator, value, expression, base, members }: AccessFact, place: RegisterPlace, { alias }: ResolvedAccess, { graph, device }: { readonly graph: Graph; readonly device: Device }): Promise<OperandBits | undefined> {
  // `REG.bit.EN = 1` counts from where the field begins.
  if (operator === undefined || value === undefined || isBitField(base, members)) return undefined;
  const register = assignedText(expression);
  return operandBits(place, { operator, value }, { graph, device: device.name, ...(register !== undefined && { register }), ...(alias !== undefined && { alias }) });
}

/** The last member is one field of the register: `REG.bit.EN`, `REGbits.EN`. */
export function isBitField(base: string, members: readonly string[]): boolean {
  return members.length > 0 && (/^(bit|bits|b)$/.test(members.at(-2) ?? '') || /bits$/.test(base));
}

/** In `*(volatile uint8_t *)&SPI1->DR` the register is what the address is taken of. */
function withoutAddressOf(access: AccessFact): AccessFact {
  const [, base, members] = /^\(*&\s*\(*([A-Za-z_]\w*)((?:->\w+(?:\[\w+\])?|\.\w+)+)\)*$/.exec(access.base) ?? [];
  if (base === undefined || members === undefined || access.members.length > 0) return access;
  return { ...access, base, members: members.split(/->|\./).filter(name => name !== '') };
}

/** The width of the type that a register's address is cast to before it is accessed: `*(volatile uint8_t *)&…`. */
function castWidth({ expression, members, operator = '' }: AccessFact): number | undefined {
  if (members.length > 0) return undefined;
  const call = /^sys_(?:read|write)(8|16|32)$/.exec(operator)?.[1];
  if (call !== undefined) return Number(call);
  const [, type] = /^\W*\(\s*(?:(?:volatile|const|__IO|__I|__O|__IOM|vo|static)\s+)*((?:unsigned\s+|signed\s+)?\w+)\s*(?:volatile\s*)?\*\s*(?:volatile\s*)?\)/.exec(expression.replace(/^[*(\s]*(?=\()/, '')) ?? [];
  return type === undefined ? undefined : typeWidths.get(type.replace(/^(unsigned|signed)\s+/, ''));
}

const typeWidths: ReadonlyMap<string, number> = new Map([
  ['uint8_t', 8], ['int8_t', 8], ['char', 8], ['u8', 8], ['byte', 8],
  ['uint16_t', 16], ['int16_t', 16], ['short', 16], ['u16', 16],
  ['uint32_t', 32], ['int32_t', 32], ['u32', 32],
]);
