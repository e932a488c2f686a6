import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCorePeripherals } from '../../../src/core/device/corePeripherals.ts';
import type { Device } from '../../../src/core/device/device.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { registersOf } from '../../../src/core/device/places.ts';
import { effectText, sideEffects } from '../../../src/core/device/sideEffects.ts';
import { parsePeripherals, peripheralText } from '../parse/svdDevice.ts';
import { realDevice } from './realDevice.ts';

function checkStated(sentence: string, register: string, expected: readonly string[], name = 'CR'): void {
  test(sentence, () => {
    const [peripheral] = parsePeripherals(peripheralText(`<register><name>${name}</name><addressOffset>0</addressOffset>${register}</register>`)).device?.peripherals ?? [];
    assert.ok(peripheral);
    const [place] = registersOf(peripheral);
    assert.ok(place);
    assert.deepEqual(sideEffects(place, { device: 'TEST' }).map(effect => `${effect.certainty}: ${effectText(effect)}`), expected);
  });
}

const bit = (name: string, offset: number, rest = '') => `<field><name>${name}</name><bitOffset>${offset}</bitOffset>${rest}</field>`;

checkStated('a silent file is said to be silent, never plain read-write', '<access>read-write</access>', ['unknown: Side effects are not stated: the chip\'s description says nothing beyond the access.']);
checkStated('fields with one effect are told together', `<fields>${bit('A', 0, '<modifiedWriteValues>oneToClear</modifiedWriteValues>')}${bit('B', 1, '<modifiedWriteValues>oneToClear</modifiedWriteValues>')}${bit('C', 2, '<readAction>clear</readAction>')}</fields>`,
  ['stated: A, B: Writing 1 clears the bit; writing 0 has no effect.', 'stated: C: Reading clears the bits.']);
checkStated('a register\'s effect holds for its fields', `<modifiedWriteValues>zeroToClear</modifiedWriteValues><fields>${bit('A', 0)}${bit('B', 1)}</fields>`, ['stated: Writing 0 clears the bit; writing 1 has no effect.']);
checkStated('access that allows one way only is an effect', '<access>write-only</access>', ['stated: Write-only: what is read is not the value written, so read-modify-write is wrong.']);
checkStated('a name that suggests an effect is only a hint', '<access>read-write</access>', ['inferred: Writing 1 probably clears the bit; writing 0 has no effect. (inferred from the name)'], 'IFCR');
checkStated('a read-only register with such a name gives no hint', '<access>read-only</access>', ['stated: Read-only: writing has no effect.'], 'IFCR');

function checkReal(file: string, query: string, expected: RegExp): void {
  const device = realDevice(file);
  test(`${query} of ${file}: ${expected.source}`, { skip: device === undefined }, () => {
    assert.ok(device);
    const [found] = findRegisters(device, query);
    assert.ok(found);
    const effects = sideEffects(found.place, { device: device.name, ...(found.field !== undefined && { field: found.field }) });
    assert.match(effects.map(effect => `${effect.certainty}: ${effectText(effect)}`).join('\n'), expected);
  });
}

checkReal('STM32F407.svd', 'USART2.SR.RXNE', /^documented: Cleared by writing 0; .*\(RM0090, USART status register \(USART_SR\)\)$/);
checkReal('STM32F407.svd', 'USART2.SR.ORE', /documented: Cleared by reading SR and then reading DR/);
checkReal('STM32F407.svd', 'TIM2.SR', /documented: Cleared by writing 0.*RM0090/);
checkReal('STM32F407.svd', 'EXTI.PR', /documented: Writing 1 clears the pending bit/);
checkReal('STM32F407.svd', 'DMA1.LIFCR', /documented: Writing 1 clears the flag/);
checkReal('STM32F407.svd', 'GPIOA.BSRR', /documented: BR15, .*Writing 1 clears the pin's output bit/);
checkReal('STM32F407.svd', 'USART2.CR1', /^unknown: Side effects are not stated/);
checkReal('STM32F103.svd', 'DMA1.IFCR', /documented: .*RM0008/);
checkReal('STM32G431.svd', 'TIM2->SR', /^inferred: Cleared by writing 0.*inferred from the STM32F4's RM0090/);

function coreDevice(cpu: string, peripherals = ''): Device {
  const { device } = parsePeripherals(peripherals, cpu === '' ? '' : `<cpu><name>${cpu}</name></cpu>`);
  assert.ok(device);
  return addCorePeripherals(device);
}

const names = ({ peripherals }: Device) => peripherals.map(({ name }) => name);

test('a Cortex-M gets its core peripherals, a Cortex-M0 fewer, others none', () => {
  assert.deepEqual(names(coreDevice('CM4')), ['SysTick', 'NVIC', 'SCB', 'FPU', 'CoreDebug', 'DWT']);
  assert.deepEqual(names(coreDevice('CM0PLUS')), ['SysTick', 'NVIC', 'SCB']);
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
  assert.ok(device.peripherals.every(({ origin }) => origin?.includes('DDI 0403')));
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
      for (const field of register.fields) assert.ok(field.bitWidth > 0 && field.bitOffset + field.bitWidth <= register.size && /^[A-Z0-9_]+$/.test(field.name), `${path}.${field.name}`);
    }
  }
});
