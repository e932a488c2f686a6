import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { registerNotes } from '../../../src/core/manual/registerNotes.ts';
import { effectText } from '../../../src/core/manual/sideEffects.ts';
import { realDevice } from '../device/realDevice.ts';

/** Notes of one kind for a query, each as `certainty: text`. */
function check(file: string, query: string, [kind, expected]: readonly [string, RegExp]): void {
  const device = realDevice(file);
  test(`${kind} of ${query} in ${file}: ${expected.source}`, { skip: device === undefined }, () => {
    assert.ok(device);
    const [found] = findRegisters(device, query);
    assert.ok(found);
    const notes = registerNotes(found.place, { machine: device, ...(found.field !== undefined && { field: found.field }) });
    assert.match(notes.filter(note => note.kind === kind).map(note => `${note.certainty}: ${effectText(note)}`).join('\n'), expected);
  });
}

check('STM32F407.svd', 'IWDG.KR', ['key', /^documented: Takes keys; .* Keys: 0xAAAA reloads the counter; 0x5555 unlocks .*0xCCCC starts the watchdog, which only a reset stops\. \(RM0090, Key register \(IWDG_KR\)\)$/]);
check('STM32F407.svd', 'IWDG.KR', ['effect', /^(stated: Write-only|$)/]);
check('STM32F407.svd', 'FLASH.KEYR', ['key', /Keys, in this order: 0x45670123, then 0xCDEF89AB\./]);
check('STM32F407.svd', 'USART2.BRR', ['reserved', /^documented: Reserved bits 0xFFFF0000: keep them at their reset value\. \(RM0090,/]);
check('STM32F407.svd', 'I2C1.OAR1', ['reserved', /^documented: Reserved bits 0x00004000: always write 1\. .*\ndocumented: Reserved bits 0xFFFF3C00: keep them/]);
check('STM32G431.svd', 'I2C1.OAR1', ['reserved', /^documented: Reserved bits 0xFFFF7800: keep them/]);
check('STM32F407.svd', 'TIM2.CNT', ['reserved', /^$/]);
check('STM32F407.svd', 'USART2.CR1', ['clock', /Clock: RCC\.APB1ENR\.USART2EN; reset: RCC\.APB1RSTR\.U?S?ART2RST; clock in sleep: RCC\.APB1LPENR\.USART2LPEN\./]);
check('STM32F407.svd', 'RCC.AHB1ENR.GPIOAEN', ['clock', /^documented: Feeds GPIOA:.*\(RM0090, RCC registers\)$/]);
check('STM32F103.svd', 'GPIOB.CRL', ['clock', /Clock: RCC\.APB2ENR\.IOPBEN; reset: RCC\.APB2RSTR\.IOPBRST\./]);
check('nrf52840.svd', 'UARTE0.ENABLE', ['clock', /^documented: There are no clock gates/]);
check('psoc63.svd', 'SCB0.CTRL', ['clock', /^$/]);
