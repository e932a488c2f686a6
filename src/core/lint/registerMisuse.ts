import type { Field, Register, RegisterPlace } from '../device/device.ts';
import { isOnlyReadable } from '../device/decode.ts';
import { bitMask, maskOf } from '../device/numbers.ts';
import { assignedText } from '../graph/accessFields.ts';
import type { OperandBits } from '../hover/operand.ts';
import { sideEffects, type SideEffect } from '../manual/sideEffects.ts';
import { listed } from '../text/listed.ts';
import type { LintCertainty, LintHit } from './finding.ts';
import type { JoinedAccess, LintGround } from './joinedAccess.ts';

/** Read-modify-write where what was read counts as a command: `EXTI->PR |= EXTI_PR_PR3`. */
export function rmwOnFlags(joined: JoinedAccess, { file, device }: LintGround): LintHit[] {
  const { access, bits, places: [place], resolved } = joined;
  if (device === undefined || resolved.bit !== undefined || resolved.alias !== undefined || access.kind !== 'modify' || changesInHardware(access) || isWriteOnly(place.register) || unlocksWatchdog.test(access.value ?? '') || clearsAll(access)) return [];
  // Of a mask that is not known some bits are kept in any case.
  const keptBits = bits?.result.kept ?? (access.operator === '|=' ? bitMask(0, place.register.size) : 0n);
  const kept = place.register.fields.filter(field => field.access !== 'read-only' && (maskOf(field) & keptBits) !== 0n);
  if (bits === undefined && kept.length < 2) return [];
  const known = kept.flatMap(field => flagEffect(place, field, device.name));
  const ones = known.filter(({ effect }) => effect.modifiedWriteValues === 'oneToClear');
  // Flags that tell of resets are set by nothing while the program runs.
  const zeros = known.filter(({ field, effect }) => effect.modifiedWriteValues === 'zeroToClear' && !/reset/i.test(field.description ?? ''));
  const hit = (found: readonly FlagEffect[], message: string): LintHit => ({
    rule: 'rmw-on-w1c', file, ...at(access), certainty: bits === undefined ? 'likely' : certaintyOf(found.map(({ effect }) => effect), resolved.how), message, ...flagFix(joined, device.name),
  });
  const path = resolved.path;
  if (ones.length > 0) return [hit(ones, `This read-modify-write of ${path} also clears ${names(ones)} where set: writing 1 clears, and what was read is written back. Write only the bits that are meant.`)];
  if (zeros.length === 0) return [];
  const setsFlags = bits?.kind === 'set' && place.register.fields.some(field => (maskOf(field) & bits.result.ones) !== 0n && flagEffect(place, field, device.name).length > 0);
  if (setsFlags) return [hit(zeros, `${path}'s flags are cleared by writing 0: setting the bit clears nothing that is named here, and may clear ${names(zeros)} when set in between.`)];
  return [{ ...hit(zeros, `This read-modify-write of ${path} loses ${names(zeros)} when set in between: writing 0 clears. Write ~FLAG in one write instead.`), ...((bits === undefined || bits.kind === 'set') && { certainty: 'possible' as const }) }];
}

/** The manual's own way to open a watchdog for change: its flag may go with it. */
const unlocksWatchdog = /\bWD_?CE\b/;

/** The Pico SDK's macros write a mask to an alias, where hardware changes the bits: nothing is read. */
function changesInHardware({ operator = '' }: JoinedAccess['access']): boolean {
  return /^hw_(set|clear|xor)_bits$/.test(operator);
}

/** `SR = SR` writes every flag that was seen back, to clear just those. */
function clearsAll({ operator, value = '', expression }: JoinedAccess['access']): boolean {
  return operator === '=' && assignedText(expression) === value.trim();
}

interface FlagEffect {
  readonly field: Field;
  readonly effect: SideEffect;
}

function flagEffect(place: RegisterPlace, field: Field, device: string): FlagEffect[] {
  const effect = sideEffects(place, { device, field }).find(({ modifiedWriteValues, readsAsZero }) => readsAsZero !== true && (modifiedWriteValues === 'oneToClear' || modifiedWriteValues === 'zeroToClear'));
  return effect === undefined ? [] : [{ field, effect }];
}

function names(found: readonly FlagEffect[]): string {
  return listed(found.map(({ field }) => field.name));
}

function certaintyOf(effects: readonly SideEffect[], how: JoinedAccess['resolved']['how']): LintCertainty {
  if (effects.every(({ certainty }) => certainty === 'inferred' || certainty === 'unknown')) return 'possible';
  return how === 'type' ? 'likely' : 'certain';
}

/** One write does the same without the reading where every field that can be written is such a flag. */
function flagFix({ access, bits, places: [place] }: JoinedAccess, device: string): Pick<LintHit, 'fix'> {
  const writable = place.register.fields.filter(field => !isOnlyReadable(field, place.register));
  const all = (what: string): boolean => writable.every(field => flagEffect(place, field, device)[0]?.effect.modifiedWriteValues === what);
  if (access.operator === '|=' && (bits === undefined || bits.kind === 'set') && all('oneToClear')) return { fix: { title: 'Write only this flag', find: '|=', replace: '=' } };
  if (access.operator === '&=' && access.value?.trim().startsWith('~') === true && all('zeroToClear')) return { fix: { title: 'Clear in one write', find: '&=', replace: '=' } };
  return {};
}

/** Registers that by their names tell what the hardware found: states, inputs, results, identities. */
const tellsState = /SR\d*$|STA?T|ISR|RIS|MIS|INTS|FLAG|^E?ID|ID(R|CODE|CODER)?\d*$|IN$|PIN|DIN|RESULT|COUNT|CNT|CAP|RX|RDR|READ|READY|BUSY|VER|REV|SIZE|UID|[DJ]DR|^DR$/i;

/** A write that does nothing, as the register or every field it sets can only be read. */
export function writeToReadOnly(joined: JoinedAccess, { file }: LintGround): LintHit[] {
  const { access, bits, places, resolved } = joined;
  if (access.kind === 'read' || access.through !== undefined || resolved.alias !== undefined) return [];
  const hit = (message: string): LintHit[] => [{ rule: 'write-read-only', file, ...at(access), certainty: accessCertainty(joined), message }];
  if (places.every(({ register }) => isReadOnly(register))) return hit(`${resolved.path} is read-only: the write has no effect.`).map(one => (places.every(({ register }) => tellsState.test(register.name)) ? one : { ...one, certainty: 'possible' as const, message: `The chip's description says that ${resolved.path} is read-only, so that the write has no effect; of control registers descriptions err.` }));
  if (bits === undefined || bits.kind === 'clear' || /~/.test(access.value ?? '')) return [];
  const set = bits.result.ones | bits.toggled;
  const whole = bits.kind === 'write' ? openBits(bits, places[0].register) : 0n;
  if (set === 0n || whole !== 0n) return [];
  // Whoever writes the reset value means the bits beside it.
  if (bits.kind === 'write' && places.every(({ register }) => register.resetValue === set)) return [];
  const covering = places.map(({ register }) => register.fields.filter(field => isOnlyReadable(field, register) && (maskOf(field) & set) !== 0n));
  const isCovered = places.every((_, index) => (covering[index] ?? []).reduce((left, field) => left & ~maskOf(field), set) === 0n);
  const [fields = []] = covering;
  return isCovered ? hit(`${listed(fields.map(({ name }) => name))} of ${resolved.path} can only be read: setting it has no effect.`) : [];
}

/** A read whose result means nothing. */
export function readOfWriteOnly(joined: JoinedAccess, { file }: LintGround): LintHit[] {
  const { access, bits, places, resolved } = joined;
  if (access.kind === 'write' || access.through !== undefined || !places.every(({ register }) => isWriteOnly(register))) return [];
  if (changesInHardware(access) || resolved.alias !== undefined) return [];
  // A library's own copy of registers names its members `CRYP_K0LR`.
  if (resolved.how === 'type' && places.every(({ peripheral, register }) => access.members.at(-1)?.toUpperCase() === `${(peripheral.groupName ?? peripheral.name).replace(/\d+$/, '')}_${register.name}`.toUpperCase())) return [];
  const isModify = access.kind === 'modify';
  const message = isModify
    ? `${resolved.path} can only be written: what this read-modify-write reads is not what was written before. Write the bits that are meant.`
    : `${resolved.path} can only be written: what is read there means nothing.`;
  const fix = access.operator === '|=' && (bits === undefined || bits.kind === 'set') ? { fix: { title: 'Write without reading', find: '|=', replace: '=' } } : {};
  return [{ rule: 'read-write-only', file, ...at(access), certainty: accessCertainty(joined), message, ...fix }];
}

/** A bare address in the code may be meant for another chip. */
function accessCertainty({ access, resolved }: JoinedAccess): LintCertainty {
  return /^0x[\da-f]+/i.test(access.base) ? 'possible' : resolved.how === 'type' ? 'likely' : 'certain';
}

function isReadOnly({ access, fields }: Register): boolean {
  return access === 'read-only' || (access === undefined && fields.length > 0 && fields.every(field => field.access === 'read-only'));
}

function isWriteOnly({ access, fields }: Register): boolean {
  const own = access === 'write-only' || access === 'writeOnce';
  return fields.length === 0 ? own : fields.every(field => (field.access === undefined && own) || field.access === 'write-only' || field.access === 'writeOnce');
}

/** Where an access stands. */
export function at({ line, column, expression }: JoinedAccess['access']): Pick<LintHit, 'line' | 'column' | 'expression'> {
  return { line, column, expression };
}

/** Bits of a write that only the running program knows. */
export function openBits({ result, toggled }: OperandBits, { size }: Register): bigint {
  return bitMask(0, size) & ~(result.ones | result.zeros | result.kept | toggled);
}
