import type { Field, Register, RegisterNode } from '../device/device.ts';

/**
 * With the 16-bit registers of classic AVR parts, their two bytes: device files describe `TCNT1`, where data sheets, headers
 * and code also know `TCNT1L` and `TCNT1H`.
 */
export function withHalves(nodes: readonly RegisterNode[]): RegisterNode[] {
  const names = new Set(nodes.map(({ name }) => name));
  return nodes.flatMap((node): RegisterNode[] => {
    const isWhole = node.kind === 'register' && node.size === 16 && node.dim === undefined && !names.has(`${node.name}L`) && !names.has(`${node.name}H`);
    return isWhole ? [node, half(node, 'L'), half(node, 'H')] : [node];
  });
}

function half(whole: Register, end: 'L' | 'H'): Register {
  const shift = end === 'L' ? 0 : 8;
  const { name, description, access, resetValue } = whole;
  return {
    kind: 'register', name: `${name}${end}`, addressOffset: whole.addressOffset + BigInt(shift / 8), size: 8, alternateRegister: name,
    description: `${description?.trim() ?? name}, ${end === 'L' ? 'low' : 'high'} byte of ${name}`,
    ...(access !== undefined && { access }), ...(resetValue !== undefined && { resetValue: (resetValue >> BigInt(shift)) & 0xFFn }),
    fields: whole.fields.flatMap(field => fieldHalf(field, shift)),
  };
}

/** Of a field in both bytes each has its bits, without the names of the whole number's values. */
function fieldHalf(field: Field, shift: number): Field[] {
  const low = Math.max(field.bitOffset, shift);
  const high = Math.min(field.bitOffset + field.bitWidth, shift + 8);
  if (high <= low) return [];
  if (high - low === field.bitWidth) return [{ ...field, bitOffset: low - shift }];
  return [{ ...field, bitOffset: low - shift, bitWidth: high - low, firstBitNumber: (field.firstBitNumber ?? 0) + low - field.bitOffset, enumeratedValues: [] }];
}
