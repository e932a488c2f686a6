import type { CallFact } from '../parse/facts.ts';

const blocking: readonly (readonly [RegExp, string])[] = [
  [/^(HAL_Delay|delay|delay_?(ms|us)|_delay_(ms|us)|sleep_(ms|us)|busy_wait_(ms|us)|usleep|vTaskDelay(Until)?|k_sleep|k_msleep|k_busy_wait|osDelay(Until)?|Delay_?(ms|us)?|LL_mDelay|nrf_delay_(ms|us))$/i, 'waits'],
  [/^(printf|puts|vprintf|fprintf|scanf|fopen|fwrite|fflush)$/, 'is slow and not re-entrant in most C libraries'],
  [/^(malloc|calloc|realloc|free|pvPortMalloc|vPortFree|k_malloc|k_free)$/, 'is not re-entrant'],
  [/^(xQueue(Send|SendToBack|SendToFront|Receive|Peek|Overwrite|GenericSend|CreateMutex|SemaphoreTake)|xSemaphore(Take|Give|TakeRecursive|GiveRecursive|CreateMutex)|vTask(Suspend|Resume|Delete|PrioritySet|SuspendAll|NotifyGive)|xTask(ResumeAll|Create|Notify|NotifyGive|NotifyWait|DelayUntil|AbortDelay)|ulTaskNotifyTake|xEventGroup(SetBits|WaitBits|Sync|ClearBits)|x(Stream|Message)Buffer(Send|Receive)|xTimer(Start|Stop|Reset|ChangePeriod)|taskYIELD)$/, 'is FreeRTOS\' call for tasks; an interrupt needs the one that ends in FromISR'],
  [/^HAL_(UART|USART|SPI|I2C|CAN|ADC|SAI|FLASH|QSPI|OSPI|SD|I2S|LPTIM|TIM)\w*_(Transmit|Receive|TransmitReceive|Mem_Write|Mem_Read|Master_Transmit|Master_Receive|PollFor\w+|Erase|Program)$/, 'polls with a timeout'],
  [/^(k_mutex_lock|k_sem_take|osSemaphoreAcquire|osMutexAcquire|osMutexWait|pthread_mutex_lock|mutex_enter_blocking|tx_mutex_get)$/, 'may block'],
];

/** Why a handler must not make this call; undefined where it may. */
export function whyBlocking({ name, arguments: given }: Pick<CallFact, 'name' | 'arguments'>): string | undefined {
  // `k_sem_take(&s, K_NO_WAIT)` returns at once.
  if (given.some(argument => /^(K_NO_WAIT|TX_NO_WAIT)$/.test(argument))) return undefined;
  return blocking.find(([pattern]) => pattern.test(name))?.[1];
}

/** Functions that ask whether an interrupt runs do the right thing in either case. */
const asksContext = /^(xPortIsInsideInterrupt|xPortInIsrContext|__get_IPSR|k_is_in_isr|__get_current_exception|portCHECK_IF_IN_ISR|IS_IRQ\w*|inHandlerMode|is_?(in_?)?(isr|interrupt|irq)\w*)$/i;

/** Whether a function looks for itself if an interrupt runs. */
export function asksForContext(calls: readonly CallFact[]): boolean {
  return calls.some(({ name }) => asksContext.test(name));
}
