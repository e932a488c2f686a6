import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCorePeripherals } from '../../../src/core/device/corePeripherals.ts';
import type { Device } from '../../../src/core/device/device.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { registersOf } from '../../../src/core/device/places.ts';
import { parsePeripherals } from '../parse/svdDevice.ts';

function coreDevice(cpu: string, peripherals = ''): Device {
  const { device } = parsePeripherals(peripherals, cpu === '' ? '' : `<cpu><name>${cpu}</name></cpu>`);
  assert.ok(device);
  return addCorePeripherals(device);
}

const names = ({ peripherals }: Device) => peripherals.map(({ name }) => name);

test('a Cortex-M gets its core peripherals, a Cortex-M0 fewer, others none', () => {
  assert.deepEqual(names(coreDevice('CM4')), ['SysTick', 'NVIC', 'SCnSCB', 'SCB', 'MPU', 'FPU', 'CoreDebug', 'DWT', 'ITM', 'TPI']);
  assert.deepEqual(names(coreDevice('CM3')), ['SysTick', 'NVIC', 'SCnSCB', 'SCB', 'MPU', 'CoreDebug', 'DWT', 'ITM', 'TPI']);
  assert.deepEqual(names(coreDevice('CM0PLUS')), ['SysTick', 'NVIC', 'SCB', 'MPU', 'CoreDebug', 'DWT']);
  assert.deepEqual(names(coreDevice('CM0')), ['SysTick', 'NVIC', 'SCB', 'CoreDebug', 'DWT']);
  assert.deepEqual(names(coreDevice('CM23')), ['SysTick', 'NVIC', 'SCB', 'MPU', 'SAU', 'DCB', 'DIB', 'DWT', 'TPI', 'SysTick_NS', 'NVIC_NS', 'SCB_NS', 'MPU_NS', 'DCB_NS', 'DIB_NS']);
  assert.deepEqual(findRegisters(coreDevice('CM0PLUS'), 'SCB->CFSR'), []);
  assert.deepEqual(names(coreDevice('CA53')), []);
  assert.deepEqual(names(coreDevice('')), []);
});

test('core registers stand at their architected addresses, with fields and effects', () => {
  const device = coreDevice('CM7');
  const [cfsr] = findRegisters(device, 'SCB->CFSR.DIVBYZERO');
  assert.equal(cfsr?.place.address, 0xE000ED28n);
  assert.deepEqual([cfsr.field?.bitOffset, cfsr.field?.modifiedWriteValues], [25, 'oneToClear']);
  assert.equal(findRegisters(device, 'NVIC->ISER[1]')[0]?.place.address, 0xE000E104n);
  assert.equal(findRegisters(device, 'NVIC->IP[38]')[0]?.place.address, 0xE000E426n);
  assert.equal(findRegisters(device, 'SCB->SHPR[11]')[0]?.place.address, 0xE000ED23n);
  assert.equal(findRegisters(device, 'DWT->CYCCNT')[0]?.place.address, 0xE0001004n);
  assert.equal(findRegisters(device, 'SysTick->CTRL.COUNTFLAG')[0]?.field?.readAction, 'clear');
  assert.ok(device.peripherals.every(({ origin }) => /DDI 0403|DDI 0489/.test(origin ?? '')));
});

test('registers that a vendor\'s SCB lacks join it, its own stay', () => {
  const device = coreDevice('CM4', '<peripheral><name>SCB</name><baseAddress>0xE000ED00</baseAddress><registers><register><name>CPUID</name><description>vendor</description><addressOffset>0</addressOffset></register></registers></peripheral>');
  assert.equal(names(device).filter(name => name === 'SCB').length, 1);
  assert.equal(findRegisters(device, 'SCB.CPUID')[0]?.place.register.description, 'vendor');
  assert.equal(findRegisters(device, 'SCB.HFSR').length, 1);
});

test('every core register lies within its 32-bit word and every field within its register', () => {
  for (const peripheral of coreDevice('CM4').peripherals) {
    for (const { register, path } of registersOf(peripheral)) {
      assert.ok(register.description !== undefined && register.description.length > 0, path);
      for (const field of register.fields) assert.ok(field.bitWidth > 0 && field.bitOffset + field.bitWidth <= register.size && /^\w+$/.test(field.name), `${path}.${field.name}`);
    }
  }
});
