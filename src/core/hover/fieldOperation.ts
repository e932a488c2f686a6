import type { DecodedValue } from '../device/decode.ts';
import type { Field, RegisterPlace } from '../device/device.ts';
import { bitMask, hex } from '../device/numbers.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import type { CursorOperation } from '../parse/cExpression.ts';
import { decodeOperand, type OperandContext } from './operand.ts';

/**
 * What a value given to a field does to its register, taken apart: `CTRLA.bit.MODE = 1` changes MODE alone, whatever else
 * the register holds. Undefined where nothing is given or known.
 */
export async function decodeFieldOperand(place: RegisterPlace, field: Field, operation: CursorOperation | undefined, context: OperandContext): Promise<DecodedValue | undefined> {
  const moved = operation === undefined ? undefined : movedToField(field, operation);
  const decoded = await decodeOperand(place, moved, context);
  if (decoded === undefined || operation?.value === undefined) return undefined;
  await context.graph.macros.load([operation.value]);
  const value = evaluateExpression(operation.value, context.graph.macros.lookup);
  const isTooLarge = value !== undefined && value > bitMask(0, field.bitWidth) && decoded.operation !== 'compare';
  return {
    ...decoded, fields: decoded.fields.filter(({ name }) => name === field.name),
    warnings: [...isTooLarge ? [`${field.name} has ${field.bitWidth} bit${field.bitWidth === 1 ? '' : 's'}: of ${hex(value)} it keeps ${hex(value & bitMask(0, field.bitWidth))}.`] : [], ...decoded.warnings],
  };
}

/** The operation as the register would see it. */
function movedToField({ bitOffset, bitWidth }: Field, { operator, value }: CursorOperation): CursorOperation | undefined {
  if (value === undefined) return undefined;
  const mask = hex(bitMask(bitOffset, bitWidth));
  const moved = `(((${value}) << ${bitOffset}) & ${mask}UL)`;
  switch (operator) {
    case '=': return { operator: 'MODIFY_REG', value: `${mask}UL, ${moved}` };
    case '|=': case '^=': case '==': case '!=': case '&': return { operator, value: moved };
    case '&=': return { operator, value: `(~${mask}UL | ${moved})` };
    default: return undefined;
  }
}
