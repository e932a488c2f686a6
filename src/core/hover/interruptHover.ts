import { interruptMarkdown } from '../card/deviceCards.ts';
import type { Device } from '../device/device.ts';
import { findInterrupts } from '../device/findPeripherals.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import { macroAlias } from '../graph/macroTokens.ts';
import type { Card } from './report.ts';
import type { Subject } from './subject.ts';

/** The card of `USART2_IRQHandler`, `USART2_IRQn` or, on Cortex-M, `SysTick_Handler`. */
export function interruptCard(word: string, { device, card }: Pick<Subject, 'device' | 'card'>): Card | undefined {
  const isCortexM = hasExceptions(device);
  if (!/(IRQHandler|_IRQn|_isr|_ISR|_vect|_IRQ|_Handler)$|^isr_\w/.test(word)) return undefined;
  const found = /_Handler$/.test(word) ? handledBySam(device, word) : findInterrupts(device, picoInterrupt(word) ?? word);
  if (found.length > 0) return { kind: 'interrupt', markdown: interruptMarkdown(found, { ...card, isCortexM }) };
  const name = word.replace(/_(Handler|IRQn)$/, '');
  const exception = isCortexM ? exceptions.find(({ names }) => names.includes(name)) : undefined;
  return exception === undefined ? undefined : { kind: 'interrupt', markdown: `**\`${name}\`** — ${exception.what}\n\nexception ${exception.number} · interrupt number ${exception.number - 16} · slot ${exception.number} of the vector table\n\n*Source: the Arm architecture's exception model*` };
}

/** SAM's handlers are called as the exceptions' are: `SERCOM0_Handler`. Elsewhere such a function is the project's own. */
function handledBySam(device: Device, word: string): ReturnType<typeof findInterrupts> {
  const name = word.replace(/_Handler$/, '');
  return /^AT(SAM|91)|^SAM|^PIC32C/i.test(device.name) ? findInterrupts(device, name).filter(({ interrupt }) => interrupt.name === name) : [];
}

/** The Pico SDK's `isr_irq20` and `isr_uart0`. */
function picoInterrupt(word: string): string | number | undefined {
  const [, number, name] = /^isr_(?:irq(\d+)|(\w+))$/.exec(word) ?? [];
  return number !== undefined ? Number(number) : name;
}

/** Steps from a project's name for a handler to the chip's. */
const mostRenames = 6;

/** As `interruptCard`, for names that macros rename too (`#define SPI_DMA_IRQHandler DMA2_Stream3_IRQHandler`) and for the header's numbers where the file lacks the name. */
export async function namedInterruptCard(subject: Subject): Promise<Card | undefined> {
  const { cursor, graph } = subject;
  let word = cursor.word;
  for (let step = 0; step < mostRenames; step += 1) {
    const card = interruptCard(word, subject);
    if (card !== undefined) return await isStatusRegister(subject, word) ? undefined : card;
    if (step === 0 && !/IRQ|_isr$|_vect$|irq_handler|_Handler$|ISR/.test(word)) return undefined;
    await graph.macros.load([word]);
    const macro = graph.macros.lookup(word);
    const alias = typeof macro === 'object' && macro.parameters === undefined ? macroAlias(macro) : undefined;
    if (alias === undefined) return numberedInterrupt(subject, word);
    word = alias;
  }
  return undefined;
}

/** `UART5_ISR` is libopencm3's interrupt *and status* register on newer parts: a macro with arguments, and no other name for a handler. */
async function isStatusRegister({ graph }: Subject, word: string): Promise<boolean> {
  if (!word.endsWith('_ISR')) return false;
  await graph.macros.load([word]);
  const macro = graph.macros.lookup(word);
  return typeof macro === 'object' && /^\(*\s*(\w+\s*\(|\*)/.test(macro.body);
}

/** `FLASH_IRQn = 4` of the header, which the file may leave out or call otherwise. */
async function numberedInterrupt({ device, graph, card }: Subject, called: string): Promise<Card | undefined> {
  const word = called.replace(/_?IRQHandler$/, '_IRQn');
  await graph.macros.load([word]);
  const value = /_IRQn$/.test(word) ? evaluateExpression(word, graph.macros.lookup) : undefined;
  if (value === undefined || value < 0n || value > 1023n) return undefined;
  const found = findInterrupts(device, Number(value));
  const isCortexM = hasExceptions(device);
  if (found.length > 0) return { kind: 'interrupt', markdown: interruptMarkdown(found, { ...card, isCortexM }) };
  return { kind: 'interrupt', markdown: interruptMarkdown([{ interrupt: { name: word.replace(/_IRQn$/, ''), value: Number(value) } }], { isCortexM, source: 'the device header: the chip\'s description does not list it' }) };
}

function hasExceptions({ cpu }: Device): boolean {
  return /^(C?M\d|CORTEX-?M|ARMV8|SC[03]00|STAR)/i.test(cpu?.name ?? '');
}

interface CoreException {
  readonly names: readonly string[];
  readonly number: number;
  readonly what: string;
}

/** The exceptions that every Cortex-M shares; the numbers are those of the Armv7-M and Armv8-M architecture manuals. */
const exceptions: readonly CoreException[] = [
  { names: ['Reset'], number: 1, what: 'where the processor starts' },
  { names: ['NMI', 'NonMaskableInt'], number: 2, what: 'the interrupt that cannot be masked' },
  { names: ['HardFault'], number: 3, what: 'every fault that has no handler of its own, or happens in one' },
  { names: ['MemManage', 'MemoryManagement'], number: 4, what: 'an access that the memory protection unit forbids' },
  { names: ['BusFault'], number: 5, what: 'an access that the bus refused' },
  { names: ['UsageFault'], number: 6, what: 'an instruction that cannot be executed: undefined, unaligned, division by zero' },
  { names: ['SecureFault'], number: 7, what: 'an access that the security attribution forbids' },
  { names: ['SVC', 'SVCall'], number: 11, what: 'a supervisor call: the SVC instruction' },
  { names: ['DebugMon', 'DebugMonitor'], number: 12, what: 'a debug event while no debugger halts the core' },
  { names: ['PendSV'], number: 14, what: 'work put off until no interrupt is active: context switches' },
  { names: ['SysTick'], number: 15, what: 'the system timer has counted down' },
];
