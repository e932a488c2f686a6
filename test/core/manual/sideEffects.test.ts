import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { registersOf } from '../../../src/core/device/places.ts';
import { effectText, sideEffects } from '../../../src/core/manual/sideEffects.ts';
import { parsePeripherals, peripheralText } from '../parse/svdDevice.ts';
import { realDevice } from '../device/realDevice.ts';

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

checkReal('STM32F407.svd', 'USART2.SR.RXNE', /^documented: Cleared by writing 0; .*\(RM0090, Status register \(USART_SR\)\)\ndocumented: Cleared by reading DR/);
checkReal('STM32F407.svd', 'USART2.SR.ORE', /documented: Cleared by reading SR and then reading DR/);
checkReal('STM32F407.svd', 'TIM2.SR', /documented: Cleared by writing 0.*RM0090/);
checkReal('STM32F407.svd', 'EXTI.PR', /documented: Writing 1 clears the flag; .*\(RM0090, register EXTI_PR\)/);
checkReal('STM32F407.svd', 'DMA1.LIFCR', /documented: Writing 1 clears the flag/);
checkReal('STM32F407.svd', 'GPIOA.BSRR', /documented: BR15, .*Writing 1 clears the pin's output bit/);
checkReal('STM32F407.svd', 'USART2.CR1', /^unknown: Side effects are not stated/);
checkReal('STM32F103.svd', 'DMA1.IFCR', /documented: .*RM0008/);
checkReal('STM32G431.svd', 'TIM2->SR', /^documented: Cleared by writing 0.*RM0440/);
