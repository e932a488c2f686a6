import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { decodeValue } from '../../../src/core/device/decode.ts';
import { registerPlaces } from '../../../src/core/device/places.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { withManualValues } from '../../../src/core/manual/manualValues.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { peripheralText } from '../parse/svdDevice.ts';

const shared = path.resolve(import.meta.dirname, '../../../../shared/svd');
const skip = fs.existsSync(shared) ? false : 'the shared SVD files are not here';

/** What one field of a register's value means on a real chip. */
function check(write: string, field: string, meaning: string | undefined): void {
  const [chip = '', register = '', value = ''] = write.split(' ');
  test(`${write}: ${field} is ${meaning ?? 'not named'}`, { skip }, () => {
    const { device } = parseSvd(fs.readFileSync(path.join(shared, `${chip}.svd`), 'utf8'), `${chip}.svd`);
    assert.ok(device);
    const place = findRegisters(withManualValues(device), register)[0]?.place;
    assert.ok(place, register);
    assert.equal(decodeValue(place, BigInt(value)).fields.find(({ name }) => name === field)?.meaning, meaning);
  });
}

check('STM32F407 GPIOA.MODER 0xA8000000', 'MODER15', 'alternate function');
check('STM32F407 GPIOA.MODER 0xA8000000', 'MODER0', 'input');
check('STM32F407 RCC.CFGR 0x9400', 'PPRE2', 'divided by 2');
check('STM32F407 RCC.CFGR 0x9400', 'PPRE1', 'divided by 4');
check('STM32F407 TIM3.CCMR1_Output 0x60', 'OC1M', 'PWM mode 1');
check('STM32F407 DMA1.S5CR 0x08000440', 'CHSEL', 'channel 4');
check('STM32F407 DMA1.S5CR 0x08000440', 'DIR', 'memory to peripheral');
check('STM32F407 IWDG.PR 6', 'PR', 'LSI / 256');
check('STM32F407 USART2.CR2 0x2000', 'STOP', '2 stop bits');
check('STM32F407 GPIOA.PUPDR 3', 'PUPDR0', undefined);
check('STM32F407 RCC.CFGR 0xA', 'SW', 'PLL');
check('STM32F407 RCC.CFGR 0x6', 'SWS', 'HSE');
check('STM32F407 RCC.PLLCFGR 0x27405408', 'PLLP', 'divided by 2');
check('STM32F103 RCC.CFGR 0x1D0402', 'PLLMUL', 'times 9');
check('STM32F103 RCC.CFGR 0x1D0402', 'SW', 'PLL');
check('STM32F103 GPIOA.CRL 0xB3', 'MODE0', 'output, 50 MHz');
check('STM32F103 DMA1.CCR1 0x3000', 'PL', 'very high priority');
check('STM32F103 RCC.CFGR 0x3C0000', 'PLLMUL', 'times 16');
check('STM32F103 AFIO.EXTICR1 0x60', 'EXTI1', 'PG');
check('STM32F103 AFIO.EXTICR1 0x70', 'EXTI1', undefined);
check('STM32F103 FLASH.ACR 2', 'LATENCY', '2 wait states');
check('STM32F103 FLASH.ACR 3', 'LATENCY', undefined);
check('STM32F407 SYSCFG.EXTICR1 0x70', 'EXTI1', 'PH');
check('STM32F407 TIM1.BDTR 0x300', 'LOCK', 'lock level 3');
check('STM32F407 TIM2.SMCR 0x57', 'TS', 'filtered TI1');
check('STM32F407 TIM2.CCMR1_Input 0x30', 'IC1F', 'samples: 8 at the timer clock');
check('STM32F407 WWDG.CFR 0x180', 'WDGTB0', undefined);
check('STM32F407 FLASH.OPTCR 0xC', 'BOR_LEV', 'off');
check('STM32F407 DAC.CR 0x38', 'TSEL1', 'software');
check('STM32F407 RTC.CR 4', 'WCKSEL', 'ck_spre (usually 1 Hz)');
check('STM32F407 SPI2.I2SCFGR 0x204', 'I2SCFG', 'master, sends');
check('STM32U5Gx IWDG.PR 7', 'PR', 'LSI / 512');
check('STM32H753 RCC.CFGR 3', 'SW', 'PLL1');
check('STM32H753 RCC.D2CCIP2R 0x3', 'USART234578SEL', 'HSI');
check('STM32H753 ADC1.SMPR1 0x38', 'SMP1', '810.5 cycles');
check('STM32G431 SPI1.CR2 0x700', 'DS', '8-bit frames');
check('STM32G431 TIM2.CCMR1_Alternate 0x30', 'OC1M', 'B_0x3: Toggle - tim_oc1ref toggles when TIMx_CNT=TIMx_CCR1.');

test('values that the file names stay as they are, and others say where they are from', () => {
  const text = `<device><name>STM32F407</name><peripherals>${peripheralText('<register><name>MODER</name><addressOffset>0</addressOffset><fields><field><name>MODER0</name><bitOffset>0</bitOffset><bitWidth>2</bitWidth><enumeratedValues><enumeratedValue><name>Own</name><value>2</value></enumeratedValue></enumeratedValues></field><field><name>MODER1</name><bitOffset>2</bitOffset><bitWidth>2</bitWidth></field></fields></register>').replace('<name>P</name>', '<name>GPIOA</name>')}</peripherals></device>`;
  const { device } = parseSvd(text, 'own.svd');
  assert.ok(device);
  const fields = findRegisters(withManualValues(device), 'GPIOA.MODER')[0]?.place.register.fields ?? [];
  assert.deepEqual(fields.map(({ enumeratedValues, valuesFrom }) => [enumeratedValues.map(({ name }) => name).join(), valuesFrom]), [['Own', undefined], ['input,output,alternate function,analog', 'RM0090, register GPIO_MODER']]);
});

test('a field that holds only the high bit of a mode is not named as the low bits are', () => {
  const field = (name: string, bits: number) => `<field><name>${name}</name><bitOffset>${bits === 1 ? 16 : 4}</bitOffset><bitWidth>${bits}</bitWidth></field>`;
  const text = `<device><name>STM32U5A9</name><peripherals>${peripheralText(`<register><name>CCMR1_Output</name><addressOffset>0x18</addressOffset><fields>${field('OC1M', 3)}${field('OC1M', 1)}${field('CC1S', 1)}</fields></register>`).replace('<name>P</name>', '<name>TIM2</name>')}</peripherals></device>`;
  const { device } = parseSvd(text, 'own.svd');
  assert.ok(device);
  const fields = findRegisters(withManualValues(device), 'TIM2.CCMR1_Output')[0]?.place.register.fields ?? [];
  assert.deepEqual(fields.map(({ bitWidth, enumeratedValues }) => `${bitWidth}: ${enumeratedValues[0]?.name ?? 'none'}`), ['3: frozen', '1: modes 0 to 7', '1: none']);
});

test('a chip without a manual is left alone', () => {
  const { device } = parseSvd('<device><name>AX1</name></device>', 'own.svd');
  assert.ok(device);
  assert.equal(withManualValues(device), device);
});

/** All fields of a chip that its file cuts into single bits and that are made whole. */
function checkWhole(chip: string, expected: readonly string[]): void {
  test(`${chip}: ${expected.length === 0 ? 'no bits are' : `${expected.join(', ')} are`} made whole`, { skip }, () => {
    const { device } = parseSvd(fs.readFileSync(path.join(shared, `${chip}.svd`), 'utf8'), `${chip}.svd`);
    const places = [...registerPlaces(withManualValues(device ?? assert.fail()))];
    assert.deepEqual(places.flatMap(({ path: own, register }) => register.fields.flatMap(({ name, bitWidth, splitInto }) => splitInto === undefined ? [] : [`${own}.${name}/${bitWidth}`])), expected);
  });
}

checkWhole('STM32F407', ['RCC.PLLCFGR.PLLQ/4', 'RCC.PLLCFGR.PLLP/2', 'RCC.PLLCFGR.PLLN/9', 'RCC.PLLCFGR.PLLM/6', 'RCC.CFGR.SWS/2', 'RCC.CFGR.SW/2', 'RCC.BDCR.RTCSEL/2', 'WWDG.CFR.WDGTB/2']);
checkWhole('STM32F103', []);
checkWhole('STM32H753', []);
checkWhole('nrf52840', []);
