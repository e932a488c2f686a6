// Which of several definitions is meant for the chip: by the names in paths and conditions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chipAgreement, conditionAgreement, isOfOtherFamily } from '../../../src/core/graph/chipAgreement.ts';

function check(text: string, chip: string, expected: string): void {
  test(`${text} on ${chip}: ${expected}`, () => { assert.equal(chipAgreement(text, chip), expected); });
}

function checkCondition(condition: string, chip: string, expected: string): void {
  test(`#if ${condition} on ${chip}: ${expected}`, () => { assert.equal(conditionAgreement(condition, chip), expected); });
}

check('lib/stm32f4xx_hal_rcc.h', 'STM32F407', 'same');
check('lib/stm32f1xx_hal_rcc.h', 'STM32F407', 'other');
check('include/stm32f40_41xxx.h', 'STM32F407', 'same');
check('include/stm32f405xx.h', 'STM32F407', 'other');
check('nrfx/mdk/nrf52840_bitfields.h', 'nrf52840', 'same');
check('nrfx/mdk/nrf51_bitfields.h', 'nrf52840', 'other');
check('soc/esp32c3/include/gpio_reg.h', 'ESP32', 'other');
check('soc/esp32/include/gpio_reg.h', 'ESP32', 'same');
check('sam/samd21/include/port.h', 'ATSAMD21E18A', 'same');
check('libopencm3/stm32/f4/rcc.h', 'STM32F407', 'same');
check('libopencm3/stm32/f3/rcc.h', 'STM32F407', 'other');
check('libopencm3/stm32/common/rcc_common_all.h', 'STM32F407', 'unknown');
check('board/pins.h', 'STM32F407', 'unknown');
check('lib/stm32f1xx.h', 'nrf52840', 'other');
checkCondition('defined(STM32F10X)', 'STM32F407', 'other');
checkCondition('defined(STM32F40_41xxx)', 'STM32F407', 'same');
checkCondition('!(defined(STM32F40_41xxx))', 'STM32F407', 'other');
checkCondition('!(defined(STM32F10X))', 'STM32F407', 'unknown');
checkCondition('DEBUG > 1', 'STM32F407', 'unknown');

for (const [text, expected] of [['stm32/f3/rcc.h', true], ['stm32/f4/rcc.h', false], ['stm32f405xx.h', false], ['stm32f10x.h', true], ['stm32/common/rcc.h', false], ['nrf52840.h', false]] as const) {
  test(`${text} is ${expected ? '' : 'not '}of another family than an STM32F407`, () => { assert.equal(isOfOtherFamily(text, 'STM32F407'), expected); });
}

test('without a chip no header is another family\'s', () => { assert.equal(isOfOtherFamily('stm32/f3/rcc.h', undefined), false); });
