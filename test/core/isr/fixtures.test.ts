// The dossiers of the two fixture projects, in a short notation: what a reviewer would have found by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device } from '../../../src/core/device/device.ts';
import type { IsrDossier } from '../../../src/core/isr/dossier.ts';
import { dossierPromptText } from '../../../src/core/isr/dossierText.ts';
import { isrDossiers } from '../../../src/core/isr/isrDossiers.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { realDevice } from '../device/realDevice.ts';
import { fixtureText, fixtureTexts, sourceOf } from '../graph/factsOf.ts';

const projects = {
  pump: { device: parseSvd(fixtureText('fictional-mcu', 'AX32.svd'), 'AX32.svd').device, source: await sourceOf(fixtureTexts('fictional-mcu')) },
  console: { device: realDevice('STM32F407.svd'), source: await sourceOf(fixtureTexts('stm32f4-uart')) },
};

const views = {
  place: (isr: IsrDossier) => [isr.irq, isr.vector, isr.vectorPlace?.file, isr.peripheral, isr.priority?.value],
  cleared: (isr: IsrDossier) => isr.flagsCleared.map(({ flag, how }) => `${flag} by ${how ?? '?'}`),
  tested: (isr: IsrDossier) => isr.flagsTested.map(({ path, flag }) => `${path}.${flag}`),
  shared: (isr: IsrDossier) => isr.sharedVariables.map(({ name, isVolatile }) => `${name}${isVolatile ? '' : ' not volatile'}`),
  hazards: (isr: IsrDossier) => isr.hazards.map(({ id, file, line }) => `${id} ${file}:${line}`),
  written: (isr: IsrDossier) => [...new Set(isr.registersWritten.map(({ path }) => path))],
};

function check(project: keyof typeof projects, name: string, expected: Partial<Record<keyof typeof views, unknown[]>>): void {
  const { device, source }: { readonly device: Device | undefined; readonly source: (typeof projects)['pump']['source'] } = projects[project];
  test(`${project}: ${name}`, { skip: device === undefined && 'no SVD file beside the repository' }, async () => {
    const [isr] = (await isrDossiers(source, device, { name })).isrs;
    assert.ok(isr);
    for (const view of Object.keys(expected) as (keyof typeof views)[]) assert.deepEqual(views[view](isr), expected[view], view);
    assert.ok(dossierPromptText(isr).length <= 3200);
  });
}

check('pump', 'UART0_IRQHandler', {
  place: [3, 19, 'startup.c', 'UART0', '5'], tested: ['UART0.STATUS.OVERRUN', 'UART0.STATUS.FRAMING', 'UART0.STATUS.RXREADY'],
  cleared: ['OVERRUN by writing 1 where it was read as set', 'FRAMING by writing 1 where it was read as set'], hazards: [], shared: ['overruns', 'input', 'input_head'],
});
check('pump', 'DMA_IRQHandler', { place: [7, 23, 'startup.c', 'DMA', '3'], hazards: ['modify-clears-flags level.c:39'], written: ['DMA.INTSTAT', 'DMA.CH0.SOURCE', 'DMA.CH0.TARGET', 'DMA.CH0.COUNT', 'DMA.CH0.CTRL', 'ADC.CTRL'] });
check('pump', 'TIMER0_IRQHandler', { cleared: ['TOP by reading EVENT'], hazards: [] });
check('console', 'USART2_IRQHandler', {
  place: [38, 54, 'startup_stm32f407.s', 'USART2', 'PRIORITY_UART'], tested: ['USART2.SR.RXNE', 'USART2.SR.ORE', 'USART2.SR.TXE'],
  cleared: ['ORE by reading SR then DR', 'RXNE by reading DR', 'TXE by writing DR'], hazards: ['register-race dma.c:31'], written: ['USART2.DR', 'USART2.CR1'],
});
check('console', 'DMA1_Stream5_IRQHandler', { place: [16, 32, 'startup_stm32f407.s', 'DMA1', 'PRIORITY_DMA'], cleared: ['CTEIF5 by writing 1', 'CTCIF5 by writing 1'], shared: ['block_errors', 'block_done'] });
check('console', 'I2C1_EV_IRQHandler', {
  cleared: ['SB by reading SR1 then writing DR', 'ADDR by reading SR1 then SR2', 'RxNE by reading DR'], shared: ['latest not volatile', 'samples_done not volatile'],
  hazards: ['busy-wait i2c_sensor.c:72', 'busy-wait i2c_sensor.c:78', 'shared-not-volatile i2c_sensor.c:10', 'shared-not-volatile i2c_sensor.c:8', 'register-race i2c_sensor.c:44', 'register-race i2c_sensor.c:45'],
});
check('console', 'I2C1_ERR_IRQHandler', { place: [undefined, undefined, undefined, undefined, undefined], hazards: ['handler-not-in-vector-table i2c_sensor.c:88', 'shared-not-volatile i2c_sensor.c:9', 'register-race i2c_sensor.c:45'] });
check('console', 'TIM3_IRQHandler', { hazards: ['shared-not-volatile i2c_sensor.c:9', 'modify-clears-flags i2c_sensor.c:98', 'register-race i2c_sensor.c:45'] });
check('console', 'TIM2_IRQHandler', { place: [28, 44, 'startup_stm32f407.s', 'TIM2', 'PRIORITY_TICK'], cleared: ['UIF by writing 0'], hazards: [], shared: ['tick_ms'] });
