import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { decodeValue } from '../../../src/core/device/decode.ts';
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
check('STM32F103 RCC.CFGR 0x1D0402', 'PLLMUL', 'times 9');
check('STM32F103 RCC.CFGR 0x1D0402', 'SW', 'PLL');
check('STM32F103 GPIOA.CRL 0xB3', 'MODE0', 'output, 50 MHz');
check('STM32F103 DMA1.CCR1 0x3000', 'PL', 'very high priority');
check('STM32G431 SPI1.CR2 0x700', 'DS', '8-bit frames');
check('STM32G431 TIM2.CCMR1_Alternate 0x30', 'OC1M', 'B_0x3: Toggle - tim_oc1ref toggles when TIMx_CNT=TIMx_CCR1.');

test('values that the file names stay as they are, and others say where they are from', () => {
  const text = `<device><name>STM32F407</name><peripherals>${peripheralText('<register><name>MODER</name><addressOffset>0</addressOffset><fields><field><name>MODER0</name><bitOffset>0</bitOffset><bitWidth>2</bitWidth><enumeratedValues><enumeratedValue><name>Own</name><value>2</value></enumeratedValue></enumeratedValues></field><field><name>MODER1</name><bitOffset>2</bitOffset><bitWidth>2</bitWidth></field></fields></register>').replace('<name>P</name>', '<name>GPIOA</name>')}</peripherals></device>`;
  const { device } = parseSvd(text, 'own.svd');
  assert.ok(device);
  const fields = findRegisters(withManualValues(device), 'GPIOA.MODER')[0]?.place.register.fields ?? [];
  assert.deepEqual(fields.map(({ enumeratedValues, valuesFrom }) => [enumeratedValues.map(({ name }) => name).join(), valuesFrom]), [['Own', undefined], ['input,output,alternate function,analog', 'RM0090, register GPIO_MODER']]);
});

test('a chip without a manual is left alone', () => {
  const { device } = parseSvd('<device><name>AX1</name></device>', 'own.svd');
  assert.ok(device);
  assert.equal(withManualValues(device), device);
});
