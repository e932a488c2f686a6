import { parseSvd } from '../../../src/core/parse/svd.ts';
import type { FactSource } from '../../../src/core/graph/factSource.ts';

const field = (name: string, low: number, width = 1, more = ''): string => `<field><name>${name}</name><bitOffset>${low}</bitOffset><bitWidth>${width}</bitWidth>${more}</field>`;
const register = (name: string, offset: string, fields: string, more = '<access>read-write</access><resetValue>0xC0</resetValue>'): string =>
  `<register><name>${name}</name><description>The ${name} register</description><addressOffset>${offset}</addressOffset><size>32</size>${more}<fields>${fields}</fields></register>`;
const peripheral = (name: string, base: string, registers: string, interrupt = ''): string =>
  `<peripheral><name>${name}</name><groupName>${name.replace(/\d|(?<=GPIO)[A-Z]/g, '')}</groupName><baseAddress>${base}</baseAddress><addressBlock><offset>0</offset><size>0x400</size><usage>registers</usage></addressBlock>${interrupt}<registers>${registers}</registers></peripheral>`;
const usart = register('SR', '0', field('RXNE', 5, 1, '<access>read-only</access>') + field('TXE', 7) + field('ORE', 3, 1, '<modifiedWriteValues>oneToClear</modifiedWriteValues>'))
  + register('CR1', '0xC', field('UE', 13) + field('TE', 3) + field('RE', 2) + field('PS', 8, 2)) + register('BRR', '8', field('DIV', 0, 16), '<access>read-write</access><resetValue>0x123</resetValue>')
  + register('DR', '4', '', '<access>read-only</access>');

const parsed = parseSvd(`<device><name>TEST407</name><addressUnitBits>8</addressUnitBits><width>32</width><peripherals>
${peripheral('USART1', '0x40011000', usart)}
${peripheral('USART2', '0x40004400', usart, '<interrupt><name>USART2</name><value>38</value></interrupt>')}
${peripheral('UART4', '0x40004C00', usart)}
${peripheral('GPIOA', '0x40020000', register('IDR', '0x10', field('IDR0', 0), '<access>read-only</access>'))}
${peripheral('RCC', '0x40023800', register('AHB1ENR', '0x30', field('GPIOAEN', 0)))}
</peripherals></device>`, 'test407.svd').device;
if (parsed === undefined) throw new Error('the test chip cannot be read');

/** A chip of a few registers that every case here is about. */
export const testChip = parsed;

/** A workspace that defines one macro and nothing else. */
export const testSources: FactSource = {
  facts: async () => undefined, handlerFiles: async () => [], mentions: async () => [],
  definitions: async name => (name === 'USART7' || name === 'USART_BAUD' ? [{ name, kind: 'macro', file: 'board.h', line: 3 }] : []),
};
