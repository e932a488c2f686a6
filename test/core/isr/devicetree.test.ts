// Interrupt number and priority of handlers that are connected by devicetree macros.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dossierPromptText } from '../../../src/core/isr/dossierText.ts';
import { isrDossiers } from '../../../src/core/isr/isrDossiers.ts';
import { parseDevicetree } from '../../../src/core/parse/devicetree.ts';
import { realDevice } from '../device/realDevice.ts';
import { factsOf } from '../graph/factsOf.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';

const chip = `#define ST_PRIORITY 3
/ { soc { interrupt-parent = <&nvic>;
  nvic: interrupt-controller@e000e100 { compatible = "arm,v7m-nvic"; #interrupt-cells = <2>; interrupt-controller; };
  usart2: serial@40004400 { compatible = "st,stm32-usart", "st,stm32-uart"; interrupts = <38 0>; status = "disabled"; };
  usart3: serial@40004800 { compatible = "st,stm32-usart", "st,stm32-uart"; interrupts = <39 ST_PRIORITY>; status = "disabled"; };
  can1: can@40006400 { compatible = "st,stm32-bxcan"; interrupts = <19 1>, <20 2>, <(20 + 1) 4>; interrupt-names = "TX", "RX0", "RX1"; };
}; };
`;
const driver = (number: string, priority: string): string => `#define DT_DRV_COMPAT st_stm32_uart\nstatic void serve(const struct device *dev) { }\nstatic void config(const struct device *dev) { IRQ_CONNECT(${number}, ${priority}, serve, NULL, 0); }\n`;

interface Expected {
  readonly irq?: number;
  readonly priority?: string;
  /** Nodes that it may be: `usart2 38 5`. */
  readonly nodes: readonly string[];
}

function check(name: string, files: Readonly<Record<string, string>>, expected: Expected): void {
  test(name, async () => {
    const { isrs: [isr] } = await isrDossiers(await source(files), undefined, { name: 'serve' });
    const nodes = (isr?.registered?.devicetree ?? []).map(({ node, irq, priority }) => [node, irq, priority].filter(part => part !== undefined).join(' '));
    assert.deepEqual({ irq: isr?.irq, priority: isr?.priority?.value, nodes }, { irq: expected.irq, priority: expected.priority, nodes: expected.nodes });
  });
}

async function source(files: Readonly<Record<string, string>>): Promise<ReturnType<typeof memoryFactSource>> {
  const isTree = (file: string): boolean => /\.(dtsi?|overlay)$/.test(file);
  const facts = await factsOf(Object.fromEntries(Object.entries(files).filter(([file]) => !isTree(file))));
  for (const [file, text] of Object.entries(files)) if (isTree(file)) facts.set(file, parseDevicetree(text));
  return memoryFactSource(facts);
}

const instance = driver('DT_INST_IRQN(0)', 'DT_INST_IRQ(0, priority)');

check('the enabled node of the driver\'s compatible tells both', { 'uart.c': instance, 'f4.dtsi': chip, 'board.dts': '&usart2 { status = "okay"; };' }, { irq: 38, priority: '0', nodes: ['usart2 38 0'] });
check('an overlay\'s cells count before the chip\'s', { 'uart.c': instance, 'app.overlay': '&usart2 { interrupts = <38 5>; };', 'f4.dtsi': chip, 'board.dts': '&usart2 { status = "okay"; };' }, { irq: 38, priority: '5', nodes: ['usart2 38 5'] });
check('a priority that is a macro of the chip\'s file', { 'uart.c': instance, 'f4.dtsi': chip, 'board.dts': '&usart3 { status = "okay"; };' }, { irq: 39, priority: '3', nodes: ['usart3 39 3'] });
check('several enabled nodes are all named, and none is chosen', { 'uart.c': instance, 'f4.dtsi': chip, 'board.dts': '&usart2 { status = "okay"; };\n&usart3 { status = "okay"; };' }, { priority: 'DT_INST_IRQ(0, priority)', nodes: ['usart2 38 0', 'usart3 39 3'] });
check('what the build has made of it counts alone', { 'uart.c': instance, 'f4.dtsi': chip, 'board.dts': '&usart2 { status = "okay"; };', 'build/zephyr/zephyr.dts': chip.replace('<38 0>; status = "disabled"', '<38 9>; status = "okay"') }, { irq: 38, priority: '9', nodes: ['usart2 38 9'] });
check('no node is enabled', { 'uart.c': instance, 'f4.dtsi': chip }, { priority: 'DT_INST_IRQ(0, priority)', nodes: [] });
check('without a devicetree nothing is claimed', { 'uart.c': instance }, { priority: 'DT_INST_IRQ(0, priority)', nodes: [] });
check('a label', { 'uart.c': driver('DT_IRQN(DT_NODELABEL(usart3))', 'DT_IRQ(DT_NODELABEL(usart3), priority)'), 'f4.dtsi': chip }, { irq: 39, priority: '3', nodes: ['usart3 39 3'] });
check('a macro for a node', { 'uart.c': `#define UART_NODE DT_NODELABEL(usart3)\n${driver('DT_IRQN(UART_NODE)', 'DT_IRQ(UART_NODE, priority)')}`, 'f4.dtsi': chip }, { irq: 39, priority: '3', nodes: ['usart3 39 3'] });
check('by its name among several', { 'can.c': driver('DT_IRQ_BY_NAME(DT_NODELABEL(can1), rx0, irq)', 'DT_IRQ_BY_NAME(DT_NODELABEL(can1), rx0, priority)'), 'f4.dtsi': chip.replace('"RX0"', '"rx0"') }, { irq: 20, priority: '2', nodes: ['can1 20 2'] });
check('by its position among several', { 'can.c': driver('DT_IRQ_BY_IDX(DT_NODELABEL(can1), 2, irq)', 'DT_IRQ_BY_IDX(DT_NODELABEL(can1), 2, priority)'), 'f4.dtsi': chip }, { irq: 21, priority: '4', nodes: ['can1 21 4'] });
check('beyond the last there is none', { 'can.c': driver('DT_IRQ_BY_IDX(DT_NODELABEL(can1), 3, irq)', '0'), 'f4.dtsi': chip }, { priority: '0', nodes: [] });
check('a GIC\'s shared interrupts begin at 32', { 'uart.c': driver('DT_IRQN(DT_NODELABEL(uart1))', 'DT_IRQ(DT_NODELABEL(uart1), priority)'), 'a53.dtsi': '/ { interrupt-parent = <&gic>;\n soc { gic: interrupt-controller@0 { compatible = "arm,gic-v3", "arm,gic"; #interrupt-cells = <4>; };\n uart1: uart@1 { interrupts = <GIC_SPI 26 IRQ_TYPE_LEVEL 160>; }; }; };', 'gic.h': '#define GIC_SPI 0x0\n' }, { irq: 58, priority: '160', nodes: ['uart1 58 160'] });
check('its private ones at 16', { 'timer.c': driver('DT_IRQN(DT_NODELABEL(timer))', 'DT_IRQ(DT_NODELABEL(timer), priority)'), 'a53.dtsi': '/ { interrupt-parent = <&gic>;\n soc { gic: interrupt-controller@0 { compatible = "arm,gic-v3", "arm,gic"; #interrupt-cells = <4>; };\n timer: timer@1 { interrupts = <GIC_PPI 11 IRQ_TYPE_LEVEL 160>; }; }; };', 'gic.h': '#define GIC_PPI 0x1\n' }, { irq: 27, priority: '160', nodes: ['timer 27 160'] });
for (const node of ['DT_DRV_INST(0)', 'DT_INST(0, st_stm32_uart)', 'DT_COMPAT_GET_ANY_STATUS_OKAY(st_stm32_uart)']) check(`a node written as ${node}`, { 'uart.c': driver(`DT_IRQN(${node})`, `DT_IRQ(${node}, priority)`), 'f4.dtsi': chip, 'board.dts': '&usart3 { status = "okay"; };' }, { irq: 39, priority: '3', nodes: ['usart3 39 3'] });
check('where no file names the controller, the usual one is meant', { 'uart.c': driver('DT_IRQN(DT_NODELABEL(uart1))', 'DT_IRQ(DT_NODELABEL(uart1), priority)'), 'x.dtsi': '/ { nvic: n@1 { compatible = "arm,v7m-nvic"; #interrupt-cells = <2>; };\n uart1: uart@1 { interrupts = <4 1>; }; };' }, { irq: 4, priority: '1', nodes: ['uart1 4 1'] });
check('a controller of its own', { 'uart.c': driver('DT_IRQN(DT_NODELABEL(uart1))', 'DT_IRQ(DT_NODELABEL(uart1), priority)'), 'x.dtsi': '/ { plic: plic@c000000 { compatible = "sifive,plic-1.0.0"; #interrupt-cells = <2>; };\n uart1: uart@1 { interrupt-parent = <&plic>; interrupts = <4 1>; }; };' }, { irq: 4, priority: '1', nodes: ['uart1 4 1'] });
check('interrupts-extended names its controller', { 'uart.c': driver('DT_IRQN(DT_NODELABEL(uart1))', 'DT_IRQ(DT_NODELABEL(uart1), priority)'), 'x.dtsi': '/ { nvic: n@1 { compatible = "arm,v7m-nvic"; #interrupt-cells = <2>; };\n uart1: uart@1 { interrupts-extended = <&nvic 7 2>; }; };' }, { irq: 7, priority: '2', nodes: ['uart1 7 2'] });
check('a controller that is not known makes no claim', { 'uart.c': driver('DT_IRQN(DT_NODELABEL(uart1))', '0'), 'x.dtsi': '/ { uart1: uart@1 { interrupt-parent = <&other>; interrupts = <4 1>; }; };' }, { priority: '0', nodes: [] });

test('the number is the chip\'s interrupt, and the text tells where the devicetree says so', async t => {
  const device = realDevice('STM32F407.svd');
  if (device === undefined) {
    t.skip('no SVD file beside the repository');
    return;
  }
  const { isrs: [isr] } = await isrDossiers(await source({ 'uart.c': instance, 'f4.dtsi': chip, 'board.dts': '&usart2 { status = "okay"; interrupts = <38 5>; };' }), device, { name: 'serve' });
  assert.equal(isr?.peripheral, 'USART2');
  assert.match(dossierPromptText(isr), /IRQ 38 · registered by IRQ_CONNECT for DT_INST_IRQN\(0\) \(uart\.c:3\), which the devicetree says is usart2: IRQ 38, priority 5 \(board\.dts:1\) .*priority 5 \(board\.dts:1\)/);
});
