// Every status, flag, clear, key and data register of the peripherals that firmware serves has a known effect or key
// on the vendor's own files; what has none is listed here with the reason.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device, RegisterPlace } from '../../../src/core/device/device.ts';
import { registersOf } from '../../../src/core/device/places.ts';
import { peripheralKinds, plainRegisterName } from '../../../src/core/manual/placeNames.ts';
import { registerKeys } from '../../../src/core/manual/registerKeys.ts';
import { sideEffects } from '../../../src/core/manual/sideEffects.ts';
import { realDevice } from '../device/realDevice.ts';

const kinds = /^(TIMS?|TIMX|LPTIM|[IW]WDG|EXTI|US?ART|LPUART|SPI|SAI|I2C|ADC|C_ADC|ADCC|ADC_COMMON|DAC|B?DMA|MDMA|(GP|LP|HP)DMA|DMAMUX|CAN|FDCAN|USB|OTG\w*|USB_OTG\w*|ETH\w*|RTC|TAMP|BKP|FLASH|SDIO|SDMMC|(QUAD|OCTO|H|X)SPI|RNG|CRC|HASH|CRYP|S?AES|PWR|RCC|CRS|UCPD|COMP\d?)$/;

/** Names of status, flag, clear, key and data registers. */
const telling = /^(C\d+|S\d|[AB]|[LH]|NS|SEC|MAC|DMA|DMAC\d?|MTL|CPU|RG|FS_|[FH]S_|OTG_|OTG_[FH]S_|D[IO]EP|HC|MDMA_C\d+|GCCU_|TT)?(SR\d?|ISR\d?|ISTR|MISR|SMISR|MSR|TSR|ESR|PSR|ECR|STAR?|PR\d?|RPR\d|FPR\d|ICR|IFCR|FCR|SCR|CFR|CLRFR|IR|CIR|CIFR|CICR|DR|RDR|TDR|RXDR|TXDR|DINR?|DOUTR?|FIFOR?\d*|KEYR\d?|OPTKEYR|PDKEYR|KR|WPR|HTCR|GINTSTS|GOTGINT|INT\d+|SWIER\d?|SWTRIGR|EGR|RQR|RF[01]R|CCR[12]?_?|EP\dR|CHEP\dR|WUSCR|WKUPCR|RXSTSP)$/;

/** Registers of such names that hold what software writes: nothing to tell. */
const exceptions: readonly (readonly [kind: RegExp, register: RegExp, reason: string])[] = [
  [/^(I2C|ADC|ADC_COMMON|C_ADC|ADCC|DAC|HSPI|XSPI|OCTOSPI|QUADSPI)$/, /^CCR$/, 'configuration: clock, common control, calibration'],
  [/^(DMA|BDMA|GPDMA|LPDMA|HPDMA)$/, /^C\d+CR$|^CCR\d$/, 'configuration of a channel'],
  [/^(DMA|TIMS?|TIMX|LPTIM)$/, /^CCR\d?_?$/, 'configuration or compare value; capture mode is told where the timer has it'],
  [/^(OCTO|QUAD|H|X)SPI$/, /^PIR$|^WPIR$|^WIR$/, 'interval and instructions'],
  [/^ETH/, /^(MACCR|DMACCR|MACECR|MACFCR|MMCCR)$/, 'configuration'],
  [/^TIM/, /^ECR$/, 'configuration of the encoder'],
  [/^IWDG$/, /^PR$/, 'prescaler, whose protection is told'],
];

const statedOrDocumented = new Set(['stated', 'documented']);

function isTold(place: RegisterPlace, device: Device): boolean {
  const options = { device: device.name };
  const effects = sideEffects(place, options).filter(({ certainty, modifiedWriteValues, readAction, source }) => statedOrDocumented.has(certainty) && (source ?? modifiedWriteValues ?? readAction) !== undefined);
  return effects.length > 0 || registerKeys(place, options).length > 0;
}

function untold(device: Device): { readonly untold: string[]; readonly count: number } {
  const names = new Set<string>();
  let count = 0;
  for (const peripheral of device.peripherals.filter(({ name, groupName }) => peripheralKinds({ name, ...(groupName !== undefined && { groupName }) }).some(kind => kinds.test(kind)))) {
    for (const place of registersOf(peripheral)) {
      const name = plainRegisterName(place.register, peripheral);
      if (!telling.test(name) || exceptions.some(([kind, register]) => peripheralKinds(peripheral).some(own => kind.test(own)) && register.test(name))) continue;
      count += 1;
      if (!isTold(place, device)) names.add(place.path);
    }
  }
  return { untold: [...names], count };
}

/** At least so many registers are looked at, so that a change of names cannot empty the test. */
function check(file: string, atLeast: number): void {
  const device = realDevice(file);
  test(`every status, flag, clear, key and data register of ${file} is told of`, { skip: device === undefined }, context => {
    assert.ok(device);
    const { untold: missing, count } = untold(device);
    context.diagnostic(`${count} registers`);
    assert.deepEqual(missing, []);
    assert.ok(count >= atLeast, `${count} registers`);
  });
}

check('STM32F103.svd', 100);
check('STM32F407.svd', 130);
check('STM32G431.svd', 110);
check('STM32H573.svd', 300);
check('STM32H753.svd', 280);
check('STM32N657.svd', 300);
check('STM32U5Gx.svd', 300);
