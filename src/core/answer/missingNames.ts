import type { Device, Peripheral } from '../device/device.ts';
import { findPeripherals } from '../device/findPeripherals.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { hex, parseCount } from '../device/numbers.ts';
import { firstRegisters, registersOf } from '../device/places.ts';
import { suggestRegisters } from '../device/suggestRegisters.ts';
import { editDistance } from '../text/editDistance.ts';
import type { AskedTopics } from './askedTopics.ts';
import { namesIn, siblings } from './askedTopics.ts';
import type { Say } from './factWords.ts';

/** Something that a question names and this chip does not have. */
export interface MissingName {
  readonly name: string;
  /** What there is instead, in one sentence. */
  readonly text: string;
  /** The register or peripheral that it was looked for in. */
  readonly within?: string;
}

export interface MissingOptions {
  readonly device: Device;
  readonly topics: AskedTopics;
  readonly say: Say;
  /** Whether the workspace's sources define the name: then it is no hardware that is missing. */
  readonly isDefined: (name: string) => Promise<boolean>;
}

const listed = 12;

/** Peripherals, registers, fields and addresses that a question names in vain. Names that the workspace's own sources define are not meant. */
export async function missingNames(question: string, options: MissingOptions): Promise<MissingName[]> {
  const found = namesIn(question).flatMap(name => missingName(name, question, options) ?? []);
  const checked = await Promise.all(found.map(async missing => await options.isDefined(missing.name) ? [] : [missing]));
  const all = checked.flat();
  return all.length > 0 ? all : missingBareFields(question, options);
}

function missingName(name: string, question: string, options: MissingOptions): MissingName | undefined {
  if (/^0x/i.test(name)) return missingAddress(name, question, options);
  const parts = name.split(/->|\./);
  const [base = '', member] = parts;
  if (member === undefined) return missingInstance(name, question, options);
  // Some files name a block `Ethernet_MAC`.
  if (!(/^[A-Z][A-Z0-9_]*$/.test(base) || options.device.peripherals.some(peripheral => peripheral.name === base)) || !/^[A-Z][A-Za-z0-9_]*(\[\d+\])?$/.test(member) || findRegisters(options.device, name).length > 0) return undefined;
  const [peripheral] = findPeripherals(options.device, base);
  if (peripheral === undefined) return siblings(base, options.device).length > 0 || name.includes('->') ? withoutPeripheral(name, base, options) : undefined;
  const [register] = parts.length > 2 ? findRegisters(options.device, parts.slice(0, -1).join('.')) : [];
  if (register !== undefined) return withoutField(parts.at(-1) ?? '', register.place.path, options);
  return withoutRegister(parts.slice(1).join('.'), peripheral, options);
}

function withoutPeripheral(name: string, base: string, { device, say }: MissingOptions): MissingName {
  const number = /\d+$/.exec(base)?.[0];
  // USART4 may be a slip for UART4.
  const alike = device.peripherals.map(peripheral => peripheral.name).filter(other => number !== undefined && other.endsWith(number) && editDistance(other, base, 1) === 1);
  const others = [...new Set([...alike, ...siblings(base, device).map(peripheral => peripheral.name)])];
  const there = list(others.length > 0 ? others : suggestNames(device, base));
  return { name, text: say(`${device.name} has no ${base}${there === '' ? '' : `; it has ${there}`}.`, `${device.name} 没有 ${base}${there === '' ? '' : `；它有 ${there}`}。`) };
}

function withoutRegister(member: string, peripheral: Peripheral, { device, say }: MissingOptions): MissingName {
  const near = suggestRegisters(device, `${peripheral.name}.${member}`, 4).filter(path => path.startsWith(`${peripheral.name}.`));
  const names = near.length > 0 ? near.map(path => path.slice(peripheral.name.length + 1)) : registerNames(peripheral);
  return { name: `${peripheral.name}.${member}`, within: peripheral.name, text: say(`${peripheral.name} has no register ${member}; it has ${list(names)}.`, `${peripheral.name} 没有寄存器 ${member}；它有 ${list(names)}。`) };
}

function withoutField(fieldName: string, path: string, { device, say }: MissingOptions): MissingName | undefined {
  const place = findRegisters(device, path)[0]?.place;
  if (place === undefined) return undefined;
  const elsewhere = firstRegisters(place.peripheral, 400).filter(({ register }) => register.fields.some(({ name }) => name === fieldName)).map(other => other.path);
  const fields = list(place.register.fields.map(({ name }) => name));
  const there = elsewhere.length > 0 ? say(`${list(elsewhere.slice(0, 3))} has it`, `${list(elsewhere.slice(0, 3))} 有`) : fields === '' ? say('its description names no fields', '其描述没有列出字段') : say(`it has ${fields}`, `它有 ${fields}`);
  return { name: `${path}.${fieldName}`, within: path, text: say(`${path} has no field ${fieldName}; ${there}.`, `${path} 没有字段 ${fieldName}；${there}。`) };
}

/** `USART9` where there are USART1 to USART6; a header's name only where the question calls it a register or a bit. */
function missingInstance(name: string, question: string, options: MissingOptions): MissingName | undefined {
  const { device } = options;
  if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9_]+)?$/.test(name) || findPeripherals(device, name).length > 0 || findRegisters(device, name).length > 0) return undefined;
  const [base = ''] = name.split('_');
  if (!name.includes('_')) return inPeripheral(name, question, options) ?? (siblings(name, device).length > 0 ? withoutPeripheral(name, name, options) : undefined);
  const asked = new RegExp(`\\b(?:register|field|bit|flag)s?\\s+${name}\\b|\\b${name}\\s+(?:register|field|bit|flag)\\b|${name}\\s*(?:寄存器|字段|位)`).test(question);
  if (!asked || (findPeripherals(device, base).length === 0 && siblings(`${base}1`, device).length === 0)) return undefined;
  const near = list(suggestRegisters(device, name, 4));
  const { say } = options;
  return { name, text: say(`Neither the description of ${device.name} nor the indexed sources know ${name}${near === '' ? '' : `; near: ${near}`}.`, `${device.name} 的描述和已索引的源码中都没有 ${name}${near === '' ? '' : `；相近的有 ${near}`}。`) };
}

/** "the CR9 register of USART2", "USART2 的 CR9 寄存器". */
function inPeripheral(name: string, question: string, options: MissingOptions): MissingName | undefined {
  const patterns = [new RegExp(`\\b${name}\\s+register\\s+(?:of|in)\\s+(?:the\\s+)?([A-Z]\\w*)`), new RegExp(`\\bregister\\s+${name}\\s+(?:of|in)\\s+(?:the\\s+)?([A-Z]\\w*)`), new RegExp(`\\b([A-Z]\\w*)\\s*的\\s*${name}\\s*寄存器`)];
  const owner = patterns.map(pattern => pattern.exec(question)?.[1]).find(found => found !== undefined);
  const peripheral = owner === undefined ? undefined : options.device.peripherals.find(known => known.name === owner);
  return peripheral === undefined || findRegisters(options.device, `${peripheral.name}.${name}`).length > 0 ? undefined : withoutRegister(name, peripheral, options);
}

/** Only where hardware lies, and only where the question is for what is there. */
function missingAddress(name: string, question: string, { device, topics, say }: MissingOptions): MissingName | undefined {
  const address = parseCount(name);
  if (address === undefined || address < 0x10000n || topics.registers.length > 0 || findRegisters(device, name).length > 0) return undefined;
  if (!/\bat\b|address|register|地址|寄存器/i.test(question)) return undefined;
  const block = device.peripherals.find(({ baseAddress, addressBlocks }) => addressBlocks.some(({ offset, size }) => address >= baseAddress + offset && address < baseAddress + offset + size));
  const inside = block === undefined ? say('no peripheral in its description lies there', '其描述中没有外设位于此处') : say(`the address lies in ${block.name}, which starts at ${hex(block.baseAddress, 8)}`, `该地址位于 ${block.name} 内，其起始地址为 ${hex(block.baseAddress, 8)}`);
  return { name, text: say(`${device.name} has no register at ${hex(address, 8)}; ${inside}.`, `${device.name} 在 ${hex(address, 8)} 处没有寄存器；${inside}。`) };
}

/** "which bit of USART2->SR is FOO": capitals beside a register's name that no part of the chip is called by. */
function missingBareFields(question: string, options: MissingOptions): MissingName[] {
  const { device, topics } = options;
  const [asked, ...others] = topics.registers;
  if (asked === undefined || others.length > 0 || asked.fields.length > 0) return [];
  const named = [...question.matchAll(/(?<![\w>.])([A-Z][A-Z0-9_]+)(?:\s+(?:bit|field|flag)|\s*(?:位|字段|标志))|(?:\b(?:bit|field|flag)|字段|标志)\s*([A-Z][A-Z0-9_]+)|\b(?:is|does|are)\s+([A-Z][A-Z0-9_]{1,})\b|(?<![\w>.])([A-Z][A-Z0-9_]+)\s*是/g)].map(match => match.slice(1).find(name => typeof name === 'string') ?? '');
  const unknown = named.filter(name => !words.has(name) && !device.peripherals.some(peripheral => peripheral.name === name) && !asked.place.path.split('.').includes(name) && !question.includes(`${name}->`) && !question.includes(`${name}.`));
  return unknown.slice(0, 1).flatMap(name => withoutField(name, asked.place.path, options) ?? []);
}

const words: ReadonlySet<string> = new Set(['IRQ', 'DMA', 'NVIC', 'ISR', 'HAL', 'LL', 'CPU', 'RAM', 'SVD', 'RO', 'RW', 'WO', 'LSB', 'MSB', 'CMSIS', 'API', 'IO', 'MCU', 'UART', 'SPI', 'I2C', 'GPIO', 'ADC', 'PWM']);

function registerNames(peripheral: Peripheral): string[] {
  const names: string[] = [];
  for (const { path } of registersOf(peripheral)) {
    if (names.length > listed) break;
    names.push(path.slice(peripheral.name.length + 1));
  }
  return names;
}

function suggestNames(device: Device, base: string): string[] {
  return device.peripherals.map(({ name }) => name).filter(name => name.slice(0, 3) === base.slice(0, 3));
}

function list(names: readonly string[]): string {
  return `${names.slice(0, listed).join(', ')}${names.length > listed ? ', …' : ''}`;
}
