import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findHeaders, headerNames, isPartMacro } from '../../../src/core/detect/findHeaders.ts';

/** The files that are a part's device header, among those of a workspace. */
function check(part: string, files: readonly string[], expected: readonly string[]): void {
  test(`${part} in ${files.join(', ')}`, () => { assert.deepEqual(findHeaders(part, files)?.files ?? [], expected); });
}

check('STM32F407VGT6', ['src/main.h', 'cmsis/stm32f4xx.h', 'cmsis/stm32f405xx.h', 'cmsis/stm32f407xx.h', 'hal/stm32f4xx_hal.h', 'cmsis/system_stm32f4xx.h'], ['cmsis/stm32f407xx.h']);
check('STM32F405RG', ['cmsis/stm32f4xx.h', 'hal/stm32f4xx_hal_conf.h'], ['cmsis/stm32f4xx.h']);
check('nRF52840_xxAA', ['mdk/nrf52840.h', 'mdk/nrf52840_bitfields.h', 'mdk/nrf52840_peripherals.h', 'mdk/nrf52832.h', 'mdk/nrf51_to_nrf52840.h'], ['mdk/nrf52840.h', 'mdk/nrf52840_bitfields.h', 'mdk/nrf52840_peripherals.h']);
check('ATmega328P', ['avr/io.h', 'avr/iom328p.h', 'avr/iom328.h'], ['avr/iom328p.h']);
check('ATtiny85', ['avr/iotn85.h', 'avr/iom85.h'], ['avr/iotn85.h']);
check('ESP32-C3', ['components/soc/esp32c3/include/soc/gpio_reg.h', 'components/soc/esp32/include/soc/gpio_reg.h', 'components/soc/esp32c3/include/soc/reg_base.h', 'components/hal/gpio_hal.h'], ['components/soc/esp32c3/include/soc/reg_base.h', 'components/soc/esp32c3/include/soc/gpio_reg.h']);
check('RP2040', ['src/rp2040/hardware_structs/include/hardware/structs/uart.h', 'src/rp2040/hardware_regs/include/hardware/regs/uart.h', 'src/rp2350/hardware_regs/include/hardware/regs/uart.h'], ['src/rp2040/hardware_regs/include/hardware/regs/uart.h', 'src/rp2040/hardware_structs/include/hardware/structs/uart.h']);
check('STM32F103C8', ['include/libopencm3/stm32/f1/rcc.h', 'include/libopencm3/stm32/f4/rcc.h', 'include/libopencm3/cm3/nvic.h'], ['include/libopencm3/stm32/f1/rcc.h', 'include/libopencm3/cm3/nvic.h']);
check('MSP430G2553', ['ti/include/msp430g2553.h', 'ti/include/msp430g2553_symbols.ld', 'ti/include/msp430g2553.ld', 'ti/include/msp430g2452_symbols.ld'], ['ti/include/msp430g2553.h', 'ti/include/msp430g2553_symbols.ld']);
check('PIC16F887', ['pic/include/proc/pic16f887.h', 'pic/include/proc/pic16f886.h'], ['pic/include/proc/pic16f887.h']);
check('STM32F407VG', ['app/config.h'], []);
check('STM32F407VG', [], []);

test('toolchains\' names for a part\'s header', () => {
  assert.deepEqual(headerNames('ATmega328P'), ['iom328p.h']);
  assert.deepEqual(headerNames('STM32F407VG'), ['stm32f407vg.h', 'stm32f407xx.h']);
});

test('macros that stand for the part itself', () => {
  for (const [part, name, expected] of [
    ['STM32F407VG', 'STM32F407xx', true], ['STM32F407VG', 'STM32F405xx', false], ['STM32F407VG', 'STM32F4', true], ['nRF52840_xxAA', 'NRF52840_XXAA', true],
    ['ATmega328P', '__AVR_ATmega328P__', true], ['STM32F407VG', '__STM32F407xx_H', false], ['STM32F407VG', 'USE_HAL', false],
  ] as const) assert.equal(isPartMacro(part, name), expected, `${name} for ${part}`);
});
