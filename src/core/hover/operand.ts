import { decodeValue, type DecodedValue } from '../device/decode.ts';
import type { RegisterPlace } from '../device/device.ts';
import { bitMask, bitsText } from '../device/numbers.ts';
import { splitArguments } from '../graph/accessFields.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import type { Graph } from '../graph/graph.ts';
import type { CursorOperation } from '../parse/cExpression.ts';

/** The constant that is written to a register, set in it or compared with it, taken apart; undefined when it is not constant or nothing of the kind is done. */
export async function decodeOperand(place: RegisterPlace, operation: CursorOperation | undefined, graph: Graph): Promise<DecodedValue | undefined> {
  const use = operation === undefined ? undefined : uses.get(operation.operator);
  if (use === undefined || operation?.value === undefined) return undefined;
  if (use === 'replace') {
    const [first, second] = splitArguments(operation.value);
    // The Pico SDK's takes the values before the mask.
    return decodeReplaced(place, operation.operator === 'hw_write_masked' ? [second ?? '', first ?? ''] : [first ?? '', second ?? ''], graph);
  }
  const text = operation.value;
  // `R & ~MASK` keeps everything else: its ones say nothing.
  if (operation.operator === '&' && /^\W*~/.test(text)) return undefined;
  await graph.macros.load([text]);
  const value = evaluateExpression(text, graph.macros.lookup);
  if (value === undefined) return undefined;
  // `~FLAG` has ones beyond a narrow register's width, and nobody means them.
  const within = value < 0n || /^\W*~/.test(text) ? BigInt.asUintN(place.register.size, value) : value;
  const decoded = decodeValue(place, within);
  return use === 'write' ? decoded : withoutWriteWarnings(use === 'mask' ? onlyTouched(decoded, place, within) : decoded);
}

/** `MODIFY_REG(R, CLEAR, SET)`: the fields of both masks, with the values that they get. */
async function decodeReplaced(place: RegisterPlace, [clearText, setText]: readonly [string, string], graph: Graph): Promise<DecodedValue | undefined> {
  await graph.macros.load([clearText, setText]);
  const set = evaluateExpression(setText, graph.macros.lookup);
  if (set === undefined || set < 0n) return undefined;
  const clear = BigInt.asUintN(place.register.size, evaluateExpression(clearText, graph.macros.lookup) ?? 0n);
  return withoutWriteWarnings(onlyTouched(decodeValue(place, set), place, clear | set));
}

const uses: ReadonlyMap<string, 'write' | 'compare' | 'mask' | 'replace'> = new Map([
  ...['=', 'WRITE_REG', 'REG_WRITE', 'WRITE_PERI_REG', 'sys_write32', 'mmio_write32'].map(operator => [operator, 'write'] as const),
  ...['==', '!='].map(operator => [operator, 'compare'] as const),
  ...['|=', '&', 'SET_BIT', 'CLEAR_BIT', 'READ_BIT', 'hw_set_bits', 'hw_clear_bits', 'REG_SET_BIT', 'REG_CLR_BIT', 'sys_set_bits', 'sys_clear_bits'].map(operator => [operator, 'mask'] as const),
  ...['MODIFY_REG', 'ATOMIC_MODIFY_REG', 'ATOMIC_MODIFYH_REG', 'hw_write_masked'].map(operator => [operator, 'replace'] as const),
]);

/** A mask says nothing about the fields whose bits are not in it. */
function onlyTouched(decoded: DecodedValue, { register }: RegisterPlace, mask: bigint): DecodedValue {
  const touched = register.fields.filter(({ bitOffset, bitWidth }) => (mask & bitMask(bitOffset, bitWidth)) !== 0n);
  const keys = new Set(touched.map(({ name, bitOffset, bitWidth }) => `${name} ${bitsText(bitOffset, bitWidth)}`));
  return { ...decoded, fields: decoded.fields.filter(({ name, bits }) => keys.has(`${name} ${bits}`)) };
}

function withoutWriteWarnings(decoded: DecodedValue): DecodedValue {
  return { ...decoded, warnings: [] };
}
