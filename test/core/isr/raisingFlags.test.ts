// Which flags can raise a handler, by the enables that code sets itself or through the vendors' libraries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isrDossiers } from '../../../src/core/isr/isrDossiers.ts';
import { realDevice } from '../device/realDevice.ts';
import { sourceOf } from '../graph/factsOf.ts';

const f407 = realDevice('STM32F407.svd');

/** Each flag with its enable, the function that sets it, and where, for one handler of an STM32F407. */
function check(name: string, handler: string, code: string | Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(name, { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
    const files = typeof code === 'string' ? { 'main.c': code } : code;
    const { isrs: [isr] } = await isrDossiers(await sourceOf({ ...files, 'it.c': `void ${handler}(void)\n{\n}\n` }), f407, { name: handler });
    assert.deepEqual((isr?.raisedBy ?? []).map(({ path, flag, enable, by, file, line }) => [`${path}.${flag}`, enable, by ?? 'code', `${file}:${line}`].join(' ')), expected);
  });
}

check('a bit that code sets', 'USART2_IRQHandler', 'void init(void) { USART2->CR1 |= USART_CR1_RXNEIE; }', ['USART2.SR.RXNE USART2.CR1.RXNEIE code main.c:1']);
check('ST\'s older library', 'USART2_IRQHandler', 'void init(void) {\n  USART_ITConfig(USART2, USART_IT_RXNE, ENABLE);\n  USART_ITConfig(USART2, USART_IT_TXE, DISABLE);\n}', ['USART2.SR.RXNE USART2.CR1.RXNEIE USART_ITConfig main.c:2']);
check('an instance that a board names', 'USART2_IRQHandler', { 'board.h': '#define CONSOLE USART2\n', 'main.c': 'void init(void) { USART_ITConfig(CONSOLE, USART_IT_IDLE, ENABLE); }' }, ['USART2.SR.IDLE USART2.CR1.IDLEIE USART_ITConfig main.c:1']);
check('another instance is another interrupt', 'USART2_IRQHandler', 'void init(void) { USART_ITConfig(USART3, USART_IT_RXNE, ENABLE); }', []);
check('what a parameter may be is not known', 'USART2_IRQHandler', 'void on(USART_TypeDef *USARTx) { USART_ITConfig(USARTx, USART_IT_RXNE, ENABLE); }', []);
check('a HAL macro on a handle that another file sets up', 'USART2_IRQHandler', { 'usart.c': 'UART_HandleTypeDef huart2;\nvoid MX_USART2_UART_Init(void) { huart2.Instance = USART2; HAL_UART_Init(&huart2); }', 'main.c': 'int main(void) { __HAL_UART_ENABLE_IT(&huart2, UART_IT_RXNE); }' }, ['USART2.SR.RXNE USART2.CR1.RXNEIE __HAL_UART_ENABLE_IT main.c:1']);
check('a handle with an initialiser', 'USART2_IRQHandler', 'static UART_HandleTypeDef console = { .Instance = USART2, .Init = { .BaudRate = 115200 } };\nint main(void) { __HAL_UART_ENABLE_IT(&console, UART_IT_TC); }', ['USART2.SR.TC USART2.CR1.TCIE __HAL_UART_ENABLE_IT main.c:2']);
check('HAL_UART_Receive_IT', 'USART2_IRQHandler', 'void init(void) { huart2.Instance = USART2; }\nint main(void) { HAL_UART_Receive_IT(&huart2, buffer, 1); }', ['USART2.SR.RXNE USART2.CR1.RXNEIE HAL_UART_Receive_IT main.c:2', 'USART2.SR.PE USART2.CR1.PEIE HAL_UART_Receive_IT main.c:2']);
check('ST\'s low-level driver', 'USART2_IRQHandler', 'void init(void) {\n  LL_USART_EnableIT_RXNE(USART2);\n  LL_USART_EnableIT_TXE(USART1);\n}', ['USART2.SR.RXNE USART2.CR1.RXNEIE LL_USART_EnableIT_RXNE main.c:2']);
check('libopencm3', 'usart2_isr', 'void init(void) { usart_enable_rx_interrupt(USART2); }', ['USART2.SR.RXNE USART2.CR1.RXNEIE usart_enable_rx_interrupt main.c:1']);
check('a timer\'s update in libopencm3', 'tim2_isr', 'void init(void) { timer_enable_irq(TIM2, TIM_DIER_UIE | TIM_DIER_CC1IE); }', ['TIM2.SR.UIF TIM2.DIER.UIE timer_enable_irq main.c:1', 'TIM2.SR.CC1IF TIM2.DIER.CC1IE timer_enable_irq main.c:1']);
check('a timer\'s update in ST\'s libraries', 'TIM2_IRQHandler', 'void init(void) { htim.Instance = TIM2; TIM_ITConfig(TIM2, TIM_IT_Update, ENABLE); HAL_TIM_IC_Start_IT(&htim, TIM_CHANNEL_2); }', ['TIM2.SR.UIF TIM2.DIER.UIE TIM_ITConfig main.c:1', 'TIM2.SR.CC2IF TIM2.DIER.CC2IE HAL_TIM_IC_Start_IT main.c:1']);
check('an advanced timer\'s interrupts are apart', 'TIM1_CC_IRQHandler', 'void init(void) { TIM1->DIER = TIM_DIER_UIE | TIM_DIER_CC1IE; }', ['TIM1.SR.CC1IF TIM1.DIER.CC1IE code main.c:1']);
check('a DMA stream\'s own enables', 'DMA1_Stream5_IRQHandler', 'void init(void) {\n  DMA_ITConfig(DMA1_Stream5, DMA_IT_TC, ENABLE);\n  DMA_ITConfig(DMA1_Stream6, DMA_IT_TC, ENABLE);\n}', ['DMA1.HISR.TCIF5 DMA1.S5CR.TCIE DMA_ITConfig main.c:2']);
check('a DMA stream that code sets up', 'DMA1_Stream5_IRQHandler', 'void init(void) { DMA1_Stream5->CR |= DMA_SxCR_TCIE; }', ['DMA1.HISR.TCIF5 DMA1.S5CR.TCIE code main.c:1']);
check('a DMA stream given beside its block', 'DMA1_Stream5_IRQHandler', 'void init(void) { LL_DMA_EnableIT_TC(DMA1, LL_DMA_STREAM_5); dma_enable_half_transfer_interrupt(DMA1, DMA_STREAM5); dma_enable_transfer_complete_interrupt(DMA1, DMA_STREAM4); }', ['DMA1.HISR.TCIF5 DMA1.S5CR.TCIE LL_DMA_EnableIT_TC main.c:1', 'DMA1.HISR.HTIF5 DMA1.S5CR.HTIE dma_enable_half_transfer_interrupt main.c:1']);
check('of several programs the one beside the handler counts', 'USART2_IRQHandler', Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`examples/e${index}/main.c`, 'void init(void) { LL_USART_EnableIT_TC(USART2); }'])), ['USART2.SR.TC USART2.CR1.TCIE LL_USART_EnableIT_TC examples/e0/main.c:1']);

test('a flag is missed where its block has one interrupt, not where another one may be the flag\'s', { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
  const hazards = async (timer: string, handler: string) => (await isrDossiers(await sourceOf({ 'main.c': `void init(void) { ${timer}->DIER |= TIM_DIER_UIE; }`, 'it.c': `void ${handler}(void)\n{\n}\n` }), f407, { name: handler })).isrs.flatMap(isr => isr.hazards.map(({ id }) => id));
  assert.deepEqual(await hazards('TIM2', 'TIM2_IRQHandler'), ['flag-not-cleared']);
  assert.deepEqual(await hazards('TIM1', 'TIM1_UP_TIM10_IRQHandler'), []);
});
