// On the vendors' own files of families beside STM32: registers whose reading or writing does something are known to,
// and what serial ports, timers, converters and DMA need as clock is found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registersOf } from '../../../src/core/device/places.ts';
import { peripheralClock } from '../../../src/core/manual/clockGates.ts';
import { registerKeys } from '../../../src/core/manual/registerKeys.ts';
import { sideEffects } from '../../../src/core/manual/sideEffects.ts';
import { realDevice } from '../device/realDevice.ts';

const telling = /(^|_)(NMIFLAG|INTFLAG\w*|INTENSET|INTENCLR|INT_(RAW|ST|CLR)|INTCLR|FIFOSTAT|FIFORD|FIFOWR|FEED|W1T[CS]|PSCR|PSR|S1|FSTAT|SFIFO|OUTSET|OUTCLR|OUTTGL|DIRSET|DIRCLR|RXDATA|TXDATA|SRV|UNLOCK|REFRESH|IFR|TIFR\d)$/;
const clocked = /^(U?S?ART|SERCOM|SPI|I2C|TC|TCC|TIMER|TIM|ADC|DMA|DMAC|I2S|TIMG|LEDC|RMT|PCNT|TWAI|FTM|USIC\d_CH|CCU\d\d|CTIMER)\d*$/;

/** `missing`: registers of such names that are not told, with the reason beside the call; `unclocked`: peripherals without a known clock bit. */
function check(file: string, { atLeast, missing = [], unclocked = [] }: { readonly atLeast: number; readonly missing?: readonly string[]; readonly unclocked?: readonly string[] }): void {
  const device = realDevice(file);
  test(`${file}: flag, key and data registers are told of, clocks are found`, { skip: device === undefined }, () => {
    assert.ok(device);
    const places = device.peripherals.filter(({ origin }) => origin === undefined).flatMap(peripheral => [...registersOf(peripheral)]).filter(({ register }) => telling.test(register.name.toUpperCase().replace(/\[?%S\]?/g, '')));
    const options = { device: device.name };
    const untold = places.filter(place => registerKeys(place, options).length === 0 && !sideEffects(place, options).some(({ source, modifiedWriteValues, readAction }) => (source ?? modifiedWriteValues ?? readAction) !== undefined));
    assert.deepEqual([...new Set(untold.map(({ path }) => path))], missing);
    assert.ok(places.length >= atLeast, `${places.length} registers`);
    const cold = device.peripherals.filter(peripheral => clocked.test(peripheral.name) && !(peripheralClock(device, peripheral)?.bits.some(({ does }) => does === 'enable' || does === 'stop') ?? false));
    assert.deepEqual(cold.map(({ name }) => name), unclocked);
  });
}

check('ATSAMD21E18A.svd', { atLeast: 100 });
// The present state of the card, read only.
check('ATSAMD51G18A.svd', { atLeast: 150, missing: ['SDHC0.PSR'] });
check('esp32.svd', { atLeast: 80 });
check('esp32c3.svd', { atLeast: 50 });
check('esp32s3.svd', { atLeast: 80 });
// The prescaler.
check('MK21D5.svd', { atLeast: 10, missing: ['LPTMR0.PSR'] });
check('LPC5502.xml', { atLeast: 60 });
check('XMC4800.svd', { atLeast: 10 });
