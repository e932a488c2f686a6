import { type CorePeripheralText, corePeripheralTexts } from './corePeripheralTexts.ts';
import type { Access, Device, Field, Peripheral, Register } from './device.ts';
import { looseName } from './names.ts';

/**
 * The device with the Cortex-M core's own peripherals (SysTick, NVIC, SCB, …), which most vendors' files lack or
 * describe in part: missing peripherals are added, missing registers join the vendor's. Other cores are left as they are.
 */
export function addCorePeripherals(device: Device): Device {
  const profile = profileOf(device.cpu?.name);
  // Some RISC-V parts' files were made from an Arm part's, and still name its core.
  if (profile === undefined || /^(GD32VF|CH32V)/i.test(device.name)) return device;
  const known = corePeripheralTexts.filter(text => profile === 'mainline' || text.profile !== 'mainline').map(text => readPeripheral(text, profile));
  const peripherals = device.peripherals.map(peripheral => {
    const core = known.find(({ name, baseAddress }) => name === peripheral.name && baseAddress === peripheral.baseAddress);
    return core === undefined ? peripheral : withMissingRegisters(peripheral, core);
  });
  const names = new Set(device.peripherals.map(({ name }) => name));
  return { ...device, peripherals: [...peripherals, ...known.filter(({ name }) => !names.has(name))] };
}

type Profile = 'baseline' | 'mainline';

function profileOf(cpu: string | undefined): Profile | undefined {
  const name = looseName(cpu ?? '').replace(/^CORTEX/, 'C').replace(/PLUS$/, '');
  if (/^(CM0P?|CM1|CM23|SC000|ARMV8MBL)$/.test(name)) return 'baseline';
  return /^(CM3|CM4F?|CM7F?|CM33F?|CM35PF?|CM52|CM55|CM85|SC300|ARMV8MML|ARMV81MML|STARMC1)$/.test(name) ? 'mainline' : undefined;
}

function withMissingRegisters(peripheral: Peripheral, core: Peripheral): Peripheral {
  const names = new Set(peripheral.registers.map(({ name }) => looseName(name)));
  const missing = core.registers.filter(({ name }) => !names.has(looseName(name)) && !names.has(looseName(name.replace('[%s]', '0'))));
  return missing.length === 0 ? peripheral : { ...peripheral, registers: [...peripheral.registers, ...missing] };
}

function readPeripheral(text: CorePeripheralText, profile: Profile): Peripheral {
  const lines = text.registers.trim().split('\n').map(line => line.trim()).filter(line => profile === 'mainline' || !line.startsWith('+'));
  const registers = lines.map(line => readRegister(line.replace(/^\+ ?/, '')));
  return {
    name: text.name, baseAddress: text.baseAddress, description: text.description, origin: text.origin,
    addressBlocks: [], interrupts: [], registers,
  };
}

/** `NAME[count] offset size access | description | FIELD bits [access] [effect]: description; …`. */
function readRegister(line: string): Register {
  const [head = '', description = '', fieldTexts = ''] = line.split('|').map(part => part.trim());
  const [name = '', offset = '0', size = '32', access = 'rw'] = head.split(/\s+/);
  const count = /\[(\d+)\]$/.exec(name)?.[1];
  const width = Number(size);
  const fields = fieldTexts === '' ? [] : fieldTexts.split(';').map(text => readField(text.trim(), accesses[access] ?? 'read-write'));
  return {
    kind: 'register', name: name.replace(/\[\d+\]$/, '[%s]'), description, addressOffset: BigInt(offset), size: width, access: accesses[access] ?? 'read-write',
    ...(count !== undefined && { dim: { count: Number(count), increment: BigInt(width / 8), indexText: String } }), fields,
  };
}

function readField(text: string, outer: Access): Field {
  const [head = '', description] = text.split(/:\s+/, 2);
  const [name = '', bits = '0', ...marks] = head.split(/\s+/);
  const [high = 0, low = high] = bits.split(':').map(Number);
  const access = marks.map(mark => accesses[mark]).find(found => found !== undefined) ?? outer;
  return {
    name, ...(description !== undefined && { description }), bitOffset: low, bitWidth: high - low + 1, access, enumeratedValues: [],
    ...(marks.includes('w1c') && { modifiedWriteValues: 'oneToClear' }), ...(marks.includes('w1s') && { modifiedWriteValues: 'oneToSet' }), ...(marks.includes('rc') && { readAction: 'clear' }),
  };
}

const accesses: Readonly<Record<string, Access>> = { rw: 'read-write', r: 'read-only', w: 'write-only' };
