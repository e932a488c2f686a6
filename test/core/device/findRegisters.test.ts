import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device } from '../../../src/core/device/device.ts';
import { findInterrupts, findPeripheral, findPeripherals } from '../../../src/core/device/findPeripherals.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { suggestRegisters } from '../../../src/core/device/suggestRegisters.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { realDevice } from './realDevice.ts';

function checkIn(device: Device | undefined): (query: string, expected: readonly string[], sentence?: string) => void {
  return (query, expected, sentence) => {
    test(sentence ?? `${query} finds ${expected.length === 0 ? 'nothing' : expected.join(', ')}${device === undefined ? ' (file not there)' : ` on ${device.name}`}`, { skip: device === undefined }, () => {
      assert.ok(device);
      assert.deepEqual(findRegisters(device, query).map(({ place, field }) => field === undefined ? place.path : `${place.path}.${field.name}`), expected);
    });
  };
}

const small = parseSvd(`<device><name>SMALL</name><peripherals>
  <peripheral><name>DMA</name><baseAddress>0x1000</baseAddress><registers>
    <register><name>CTRL</name><addressOffset>0</addressOffset><fields><field><name>EN</name><bitRange>[0:0]</bitRange></field></fields></register>
    <cluster><name>CH[%s]</name><addressOffset>0x10</addressOffset><dim>16</dim><dimIncrement>0x10</dimIncrement>
      <register><name>CTRL</name><addressOffset>0</addressOffset><fields><field><name>RUN</name><bitRange>[1:1]</bitRange></field></fields></register>
      <register><name>DATA%s</name><addressOffset>4</addressOffset><dim>2</dim><dimIncrement>2</dimIncrement><dimIndex>L,H</dimIndex><size>16</size></register>
    </cluster>
    <register><name>VIEW_A</name><addressOffset>0x200</addressOffset></register>
    <register><name>VIEW_B</name><addressOffset>0x200</addressOffset><size>16</size><alternateRegister>VIEW_A</alternateRegister></register>
    <register><name>BYTE</name><addressOffset>0x202</addressOffset><size>8</size></register>
    <register><name>FLAT[%s]</name><addressOffset>0x300</addressOffset><dim>1000000000</dim><dimIncrement>0</dimIncrement></register>
  </registers></peripheral>
  <peripheral><name>UART1</name><baseAddress>0x8000</baseAddress><groupName>UART</groupName><interrupt><name>UART1</name><value>7</value></interrupt><registers><register><name>UARTDR</name><addressOffset>0</addressOffset></register></registers></peripheral>
  <peripheral derivedFrom="UART1"><name>UART2</name><baseAddress>0x9000</baseAddress><interrupt><name>UART2</name><value>8</value></interrupt></peripheral>
  <peripheral><name>TWIN_S</name><baseAddress>0xA000</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset></register></registers></peripheral>
  <peripheral derivedFrom="TWIN_S"><name>TWIN_NS</name><baseAddress>0xA000</baseAddress></peripheral>
</peripherals></device>`, 'small.svd').device;

const onSmall = checkIn(small);
onSmall('DMA.CH[3].CTRL', ['DMA.CH[3].CTRL']);
onSmall('DMA->CH[15].DATAH', ['DMA.CH[15].DATAH']);
onSmall('DMA.CH3.CTRL', ['DMA.CH[3].CTRL']);
onSmall('DMA_CH3->CTRL', ['DMA.CH[3].CTRL']);
onSmall('DMA.CH[16].CTRL', []);
onSmall('dma.ctrl', ['DMA.CTRL']);
onSmall('DMA.CH[3].CTRL.RUN', ['DMA.CH[3].CTRL.RUN']);
onSmall('CTRL', ['DMA.CTRL', 'DMA.CH[0].CTRL'], 'a bare name finds every register of that name, arrays by their first element');
onSmall('CTRL.EN', ['DMA.CTRL.EN']);
onSmall('DMA_CTRL_EN_Msk', ['DMA.CTRL.EN']);
onSmall('0x1200', ['DMA.VIEW_A', 'DMA.VIEW_B'], 'an address finds every view of it');
onSmall('0x1202', ['DMA.BYTE', 'DMA.VIEW_A'], 'an address within a register finds it, after what starts there');
onSmall('0x1036', ['DMA.CH[2].DATAH'], 'an address within a nested array is computed');
onSmall('4096', ['DMA.CTRL']);
onSmall('0xA000', ['TWIN_S.R', 'TWIN_NS.R'], 'twins at one address are all found');
onSmall('TWIN.R', ['TWIN_S.R', 'TWIN_NS.R'], 'a name that only variants have finds all variants');
onSmall('UART2->DR', ['UART2.UARTDR'], 'a file\'s prefix before the register name may be left out');
onSmall('uart2_hw->dr', ['UART2.UARTDR']);
onSmall('UART_DR', ['UART1.UARTDR', 'UART2.UARTDR'], 'a macro of the kind finds every instance');
onSmall('&(DMA->CTRL)', ['DMA.CTRL']);
onSmall('0xFFFFFFFFFFFFFFFFFFFF', []);
onSmall('', []);
onSmall('->', []);
onSmall('x'.repeat(10_000), [], 'a name of 10,000 letters finds nothing, quickly');

test('an array of a billion elements at one address gives a few of them', () => {
  assert.ok(small);
  assert.equal(findRegisters(small, '0x1300').length, 64);
});

test('clusters nested alike end the search, not the program', () => {
  const depth = 40;
  const nested = `${'<cluster><name>A</name><addressOffset>0</addressOffset>'.repeat(depth)}<register><name>R</name><addressOffset>0</addressOffset></register>${'</cluster>'.repeat(depth)}`;
  const { device } = parseSvd(`<device><name>D</name><peripherals><peripheral><name>P</name><baseAddress>0</baseAddress><registers>${nested}</registers></peripheral></peripherals></device>`, 'deep.svd');
  assert.ok(device);
  assert.deepEqual(findRegisters(device, `P.${'A.'.repeat(30)}B`), []);
  assert.equal(findRegisters(device, `P.${'A.'.repeat(depth)}R`).length, 1);
});

const onF407 = checkIn(realDevice('STM32F407.svd'));
onF407('USART2.CR1', ['USART2.CR1']);
onF407('USART2->CR1', ['USART2.CR1']);
onF407('USART2.CR1.UE', ['USART2.CR1.UE']);
onF407('DMA1_Stream5->CR', ['DMA1.S5CR']);
onF407('GPIOA->AFR[0]', ['GPIOA.AFRL']);
onF407('GPIOA->AFR[1]', ['GPIOA.AFRH']);
onF407('TIM2->CCMR1', ['TIM2.CCMR1_Output', 'TIM2.CCMR1_Input']);
onF407('RCC_AHB1ENR_GPIOAEN', ['RCC.AHB1ENR.GPIOAEN']);
onF407('0x40004400', ['USART2.SR']);
onF407('0x40023830', ['RCC.AHB1ENR']);
checkIn(realDevice('STM32G431.svd'))('DMA1_Channel1->CCR', ['DMA1.CCR1']);
checkIn(realDevice('STM32G431.svd'))('TIM2->CR1', ['TIM2.TIM2_CR1']);
checkIn(realDevice('RP2040.svd'))('uart0_hw->dr', ['UART0.UARTDR']);
checkIn(realDevice('STM32G431.svd'))('TIM4->SR', ['TIM4.TIM3_SR']);
checkIn(realDevice('nrf52840.svd'))('NRF_UARTE0->INTENSET', ['UARTE0.INTENSET']);
checkIn(realDevice('nrf5340_application.svd'))('NRF_UARTE0->ENABLE', ['UARTE0_NS.ENABLE', 'UARTE0_S.ENABLE']);

function checkSuggested(query: string, expected: readonly string[]): void {
  test(`${query} is perhaps ${expected.length === 0 ? 'nothing known' : expected.join(' or ')}`, () => {
    assert.ok(small);
    assert.deepEqual(suggestRegisters(small, query, 3), expected);
  });
}
checkSuggested('DMA.CTLR', ['DMA.CTRL']);
checkSuggested('DAM.CTRL', ['DMA.CTRL']);
checkSuggested('UARTRD', ['UART1.UARTDR']);
checkSuggested('DMA.VIEWA1', ['DMA.VIEW_A', 'DMA.VIEW_B']);
checkSuggested('SOMETHING.ELSE', []);

test('peripherals are found by loose names, and variants by their stem', () => {
  assert.ok(small);
  assert.equal(findPeripheral(small, 'uart1')?.name, 'UART1');
  assert.deepEqual(findPeripherals(small, 'TWIN').map(({ name }) => name), ['TWIN_S', 'TWIN_NS']);
  assert.equal(findPeripheral(small, 'UART'), undefined);
});

test('interrupts are found by number, name and handler', () => {
  assert.ok(small);
  for (const query of [8, 'UART2', 'UART2_IRQHandler', 'uart2_isr', 'UART2_IRQn']) {
    assert.deepEqual(findInterrupts(small, query).map(({ peripheral, interrupt }) => [peripheral.name, interrupt.value]), [['UART2', 8]]);
  }
  assert.deepEqual(findInterrupts(small, 'NOPE_IRQHandler'), []);
  assert.deepEqual(findInterrupts(small, ''), []);
});
