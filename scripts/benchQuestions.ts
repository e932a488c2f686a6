// The questions that the benches ask, and how long their embedding takes of what a user waits for.
import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { LlamaEmbedder } from '../src/node/llamaEmbedder.ts';

/** What users ask: plain words, names as written and misspelt, registers, files, a commit's subject, Chinese, a whole sentence. */
export const benchQuestions: readonly string[] = [
  'which interrupts are enabled', 'how is the baud rate set', 'who clears the update flag', 'where is the vector table', 'clock configuration of the PLL',
  'ring buffer overflow', 'DMA transfer complete', 'interrupt priority', 'USART2->CR1', 'timer prescaler', 'GPIO alternate function', 'watchdog', 'what happens on an overrun error',
  'I2C acknowledge failure', 'systick handler', 'flash wait states', 'ADC conversion', 'linker script memory regions', 'SPI chip select', 'why are bytes lost',
  'HAL_UART_Receive_IT', 'xTaskCreat', 'RCC_CR_PLLON', 'stm32f4xx_hal_uart.c', 'uart: fix overrun handling in the receive interrupt', '串口接收中断在哪里清除标志',
  'where is the ADC DMA configured', 'what does main do', 'how do I send a message over CAN and wait until the mailbox is empty', '0x40023830',
];

/** Milliseconds that each question's embedding takes, with the threads of an engine; measured in a process of its own, so that its memory is not counted. */
export function questionEmbeddingTimes(embedderFile: string): readonly number[] {
  return JSON.parse(execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename, embedderFile], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as number[];
}

async function embeddingTimes(file: string): Promise<number[]> {
  const embedder = await LlamaEmbedder.open({ file });
  const times: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (const question of benchQuestions) {
      const started = performance.now();
      await embedder.embed([question]);
      // The first round warms up.
      if (round > 0) times.push(performance.now() - started);
    }
  }
  return times;
}

const [, script, file] = process.argv;
if (script === import.meta.filename && file !== undefined) {
  process.stdout.write(JSON.stringify(await embeddingTimes(file)));
  // Unloading a model may abort the process; see LlamaLanguageModel.
  process.exit(0);
}
