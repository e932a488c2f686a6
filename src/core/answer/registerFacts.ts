import { decodeValue } from '../device/decode.ts';
import type { Device, Field, Register, RegisterPlace } from '../device/device.ts';
import { bitMask, hex } from '../device/numbers.ts';
import { registerKeys } from '../manual/registerKeys.ts';
import { effectText, sideEffects } from '../manual/sideEffects.ts';
import { shortened } from '../text/shortened.ts';
import type { AskedRegister, AskedTopics } from './askedTopics.ts';
import { bitsOf } from './checkNames.ts';
import type { DeviceFact } from './deviceFacts.ts';
import type { Say } from './factWords.ts';

interface Ground {
  readonly device: Device;
  readonly topics: AskedTopics;
  readonly say: Say;
}

/** All that a question about a register could want: the caller chooses by kind. */
export function registerFacts(asked: AskedRegister, ground: Ground): DeviceFact[] {
  const { place } = asked;
  return [...aboutFacts(asked, ground.say), resetFact(asked, ground.say), addressFact(asked, ground.say), accessFact(asked, ground.say), ...effectFacts(asked, ground), ...asked.fields.map(field => positionFact(place, field, ground.say)), ...bitFacts(place, ground), ...decodeFacts(place, ground)]
    .map(fact => ({ ...fact, path: place.path }));
}

function aboutFacts({ place: { path, register }, fields: [field] }: AskedRegister, say: Say): DeviceFact[] {
  const { description } = register;
  if (description === undefined || field !== undefined) return [];
  const names = register.fields.map(({ name }) => name);
  const fields = names.length === 0 ? '' : say(` Its fields: ${names.slice(0, 16).join(', ')}${names.length > 16 ? ', …' : ''}.`, ` 字段：${names.slice(0, 16).join(', ')}${names.length > 16 ? ', …' : ''}。`);
  return [{ kind: 'about', text: `${path}: ${description.replace(/\s+/g, ' ').slice(0, 160).replace(/\.?$/, '.')}${fields}` }];
}

function resetFact({ place: { path, register }, fields: [field] }: AskedRegister, say: Say): DeviceFact {
  const { resetValue } = register;
  if (resetValue === undefined) return { kind: 'reset', text: say(`The chip's description states no reset value for ${path}.`, `芯片描述没有给出 ${path} 的复位值。`) };
  const whole = hex(resetValue, Math.ceil(register.size / 4));
  const partial = unknownBits(register);
  const rest = partial === 0n ? '' : say(`; bits ${hex(partial)} are undefined after reset`, `；位 ${hex(partial)} 复位后不确定`);
  const own = field === undefined ? '' : say(`, so ${field.name} is ${hex((resetValue >> BigInt(field.bitOffset)) & bitMask(0, field.bitWidth))}`, `，因此 ${field.name} 为 ${hex((resetValue >> BigInt(field.bitOffset)) & bitMask(0, field.bitWidth))}`);
  return { kind: 'reset', value: whole, text: say(`${path} resets to ${whole}${own}${rest}.`, `${path} 的复位值是 ${whole}${own}${rest}。`) };
}

function unknownBits({ resetMask, size }: Register): bigint {
  return resetMask === undefined ? 0n : bitMask(0, size) & ~resetMask;
}

function addressFact({ place: { path, address, peripheral } }: AskedRegister, say: Say): DeviceFact {
  const at = hex(address, 8);
  const offset = hex(address - peripheral.baseAddress, 2);
  return { kind: 'address', value: at, text: say(`${path} is at ${at} (${peripheral.name} + ${offset}).`, `${path} 的地址是 ${at}（${peripheral.name} + ${offset}）。`) };
}

/** A field may differ from its register; then the field's counts. */
function accessFact({ place: { path, register }, fields: [field] }: AskedRegister, say: Say): DeviceFact {
  const access = field?.access ?? register.access;
  const name = field === undefined ? path : `${path}.${field.name}`;
  if (access === undefined) return { kind: 'access', text: say(`The chip's description does not state the access of ${name}.`, `芯片描述没有说明 ${name} 的访问方式。`) };
  const others = field === undefined ? register.fields.filter(other => other.access !== undefined && other.access !== access) : [];
  const apart = others.length === 0 ? '' : say(`; ${differing(others)}`, `；${differing(others)}`);
  return { kind: 'access', value: access, text: say(`${name} is ${access}${apart}.`, `${name} 是 ${access}${apart}。`) };
}

function differing(fields: readonly Field[]): string {
  return fields.slice(0, 8).map(({ name, access }) => `${name}: ${access ?? ''}`).join(', ');
}

function effectFacts({ place, fields }: AskedRegister, { device }: Ground): DeviceFact[] {
  const [field] = fields;
  const effects = [...sideEffects(place, { device: device.name, ...(field !== undefined && { field }) }), ...field === undefined ? registerKeys(place, { device: device.name }) : []];
  const ways = new Set(effects.filter(({ certainty }) => certainty !== 'inferred').flatMap(effect => ('modifiedWriteValues' in effect && /^(one|zero)ToClear$/.test(effect.modifiedWriteValues ?? '') ? [effect.modifiedWriteValues ?? ''] : [])));
  const [way] = ways.size === 1 ? ways : [];
  return effects.slice(0, 3).map(({ text, certainty, fields: named, source }, index) => ({
    kind: 'effect', ...(way !== undefined && index === 0 && { value: way }), text: `${field === undefined ? place.path : `${place.path}.${field.name}`}: ${effectText({ text, certainty, ...(source !== undefined && { source }), ...(named !== undefined && field === undefined && { fields: named }) })}`,
  }));
}

function positionFact({ path }: RegisterPlace, field: Field, say: Say): DeviceFact {
  const bits = bitsOf(field.bitOffset, field.bitWidth);
  const meaning = field.description === undefined || field.description.trim() === field.name ? '' : `: ${shortened(field.description.replace(/\s+/g, ' ').trim(), 100)}`;
  const mask = hex(bitMask(field.bitOffset, field.bitWidth));
  return { kind: 'position', value: bits, text: say(`${field.name} is ${bits} of ${path} (mask ${mask})${meaning}.`, `${field.name} 是 ${path} 的 ${bits}（掩码 ${mask}）${meaning}。`).replace(/(?:\.\.|…\.)$/, ending => ending.slice(0, 1)).replace(/(?:\.|…)。$/, '。') };
}

function bitFacts(place: RegisterPlace, { topics, say }: Ground): DeviceFact[] {
  const { register, path } = place;
  return topics.bits.filter(bit => bit < register.size && register.fields.length > 0).map((bit): DeviceFact => {
    const field = register.fields.find(({ bitOffset, bitWidth }) => bit >= bitOffset && bit < bitOffset + bitWidth);
    if (field === undefined) return { kind: 'field', text: say(`Bit ${bit} of ${path} belongs to no field: it is reserved.`, `${path} 的位 ${bit} 不属于任何字段：保留。`) };
    return { ...positionFact(place, field, say), kind: 'field', value: field.name };
  });
}

function decodeFacts(place: RegisterPlace, { topics, say }: Ground): DeviceFact[] {
  return topics.values.map((value): DeviceFact => {
    const { fields, warnings } = decodeValue(place, value);
    const set = fields.filter(field => field.value !== '0x0').map(field => `${field.name} = ${field.value}${field.meaning === undefined ? '' : ` (${shortened(field.meaning.replace(/^B_0x[\dA-F]+: /i, ''), 60)})`}`);
    const text = set.length === 0 ? say('every field is 0', '所有字段均为 0') : say(`${set.join(', ')}; all other fields are 0`, `${set.join(', ')}；其余字段为 0`);
    return { kind: 'decode', value: set.join(', '), text: say(`${hex(value)} in ${place.path} means ${text}.`, `${place.path} 中的 ${hex(value)} 表示：${text}。`) + warnings.map(warning => ` ${warning}`).join('') };
  });
}
