import type { FactSource } from '../graph/factSource.ts';
import type { CallFact, SourceFacts } from '../parse/facts.ts';
import type { CodePlace, DevicetreeIrq } from './dossier.ts';

/** A handler that code hands over at run time, or that a macro puts into the table. */
export interface Registration extends CodePlace {
  /** The function's name as written, casts and `&` taken off; empty where it is no name: a lambda, an expression. */
  readonly handler: string;
  /** What is called: `irq_set_exclusive_handler`. */
  readonly by: string;
  /** The interrupt as written: `UART0_IRQ`, `DT_INST_IRQN(0)`. */
  readonly interrupt?: string;
  /** Within an interrupt that many share, the one it is for, as written: a pin, a port, a timer. */
  readonly source?: string;
  readonly priority?: string;
  /** What the devicetree says of it. */
  readonly devicetree?: readonly DevicetreeIrq[];
  /** The function in which it is done. */
  readonly function: string;
}

/** Which argument is the handler, and which name the interrupt and the priority. */
interface Shape {
  readonly handler: number;
  readonly interrupt?: number;
  readonly source?: number;
  readonly priority?: number;
}

const shapes: Shapes = {
  // Pico SDK
  irq_set_exclusive_handler: { interrupt: 0, handler: 1 }, irq_add_shared_handler: { interrupt: 0, handler: 1 },
  gpio_set_irq_enabled_with_callback: { source: 0, handler: 3 }, gpio_set_irq_callback: { handler: 0 }, gpio_add_raw_irq_handler: { source: 0, handler: 1 }, gpio_add_raw_irq_handler_masked: { source: 0, handler: 1 },
  pwm_set_irq_handler: { source: 0, handler: 1 }, hardware_alarm_set_callback: { source: 0, handler: 1 }, rtc_set_alarm: { handler: 1 }, exception_set_exclusive_handler: { interrupt: 0, handler: 1 },
  // Espressif
  esp_intr_alloc: { interrupt: 0, handler: 2 }, esp_intr_alloc_intrstatus: { interrupt: 0, handler: 4 }, gpio_isr_handler_add: { source: 0, handler: 1 }, gpio_isr_register: { handler: 0 },
  timer_isr_register: { source: 0, handler: 2 }, timer_isr_callback_add: { source: 0, handler: 2 }, uart_isr_register: { source: 0, handler: 1 }, ets_isr_attach: { interrupt: 0, handler: 1 },
  xt_set_interrupt_handler: { interrupt: 0, handler: 1 }, intr_handler_set: { interrupt: 0, handler: 1 }, esp_cpu_intr_set_handler: { interrupt: 0, handler: 1 }, ledc_isr_register: { handler: 0 }, rmt_isr_register: { handler: 0 }, i2c_isr_register: { source: 0, handler: 1 },
  // Zephyr
  IRQ_CONNECT: { interrupt: 0, priority: 1, handler: 2 }, IRQ_DIRECT_CONNECT: { interrupt: 0, priority: 1, handler: 2 }, ARCH_IRQ_CONNECT: { interrupt: 0, priority: 1, handler: 2 }, irq_connect_dynamic: { interrupt: 0, priority: 1, handler: 2 },
  gpio_init_callback: { source: 2, handler: 1 }, k_timer_init: { handler: 1 },
  // CMSIS, Mbed, and vendors' own
  NVIC_SetVector: { interrupt: 0, handler: 1 }, __NVIC_SetVector: { interrupt: 0, handler: 1 }, IRQ_SetHandler: { interrupt: 0, handler: 1 }, Cy_SysInt_Init: { interrupt: 0, handler: 1 }, Cy_SysInt_SetVector: { interrupt: 0, handler: 1 },
  IntRegister: { interrupt: 0, handler: 1 }, UARTIntRegister: { source: 0, handler: 1 }, TimerIntRegister: { source: 0, handler: 2 }, GPIOIntRegister: { source: 0, handler: 1 }, SysTickIntRegister: { handler: 0 }, Interrupt_registerInterrupt: { interrupt: 0, handler: 1 },
  INT_SYS_InstallHandler: { interrupt: 0, handler: 1 }, InstallIRQHandler: { interrupt: 0, handler: 1 }, irq_attach: { interrupt: 0, handler: 1 }, plic_register_handler: { interrupt: 0, handler: 1 },
  // Arduino
  attachInterrupt: { source: 0, handler: 1 }, attachInterruptArg: { source: 0, handler: 1 }, timerAttachInterrupt: { source: 0, handler: 1 }, attachInterruptVector: { interrupt: 0, handler: 1 },
};

/** Every handing over of a handler that the sources hold: by a known call or a function around one, or in the body of a macro such as Zephyr's drivers connect their interrupts with. */
export async function findRegistrations(source: FactSource, handlerFiles: readonly { readonly file: string; readonly facts: SourceFacts }[]): Promise<Registration[]> {
  const files = new Map(handlerFiles.map(({ file, facts }) => [file, facts] as const));
  await addFiles(source, files, Object.keys(shapes));
  const found = [...files].flatMap(([file, facts]) => registrationsOf(file, facts, shapes));
  const wrappers = Object.fromEntries(found.flatMap(({ wrapper }) => wrapper === undefined ? [] : [wrapper]));
  await addFiles(source, files, Object.keys(wrappers));
  const wrapped = Object.keys(wrappers).length === 0 ? [] : [...files].flatMap(([file, facts]) => registrationsOf(file, facts, wrappers));
  // A function around a function is followed no further.
  return [...found, ...wrapped].filter(({ wrapper }) => wrapper === undefined);
}

async function addFiles(source: FactSource, files: Map<string, SourceFacts>, names: readonly string[]): Promise<void> {
  for (const name of names) for (const file of await source.mentions(name)) {
    const facts = files.has(file) ? undefined : await source.facts(file);
    if (facts !== undefined) files.set(file, facts);
  }
}

type Shapes = Readonly<Record<string, Shape>>;

/** A registration, or a function that hands its own parameter on and so registers what it is given. */
type Found = Registration & { readonly wrapper?: readonly [string, Shape] };

function registrationsOf(file: string, facts: SourceFacts, known: Shapes): Found[] {
  const called = facts.functions.flatMap(inside => inside.calls.flatMap(call => readRegistration(call, { file, inside, known })));
  const inMacros = facts.macros.flatMap(({ name, body, line, parameters = [] }) => callsIn(body, line).flatMap(call => readRegistration(call, { file, inside: { name, parameters: parameters.map(parameter => ({ name: parameter })) }, known })));
  return [...called, ...inMacros].sort((one, other) => one.line - other.line);
}

interface Where {
  readonly file: string;
  readonly inside: { readonly name: string; readonly parameters: readonly { readonly name: string }[] };
  readonly known: Shapes;
}

function readRegistration(call: CallFact, { file, inside, known }: Where): Found[] {
  const shape = Object.hasOwn(known, call.name) ? known[call.name] : undefined;
  const written = shape === undefined ? undefined : call.arguments[shape.handler];
  if (shape === undefined || written === undefined || /^(NULL|0|nullptr)$/.test(written.trim())) return [];
  const at = (index: number | undefined): string | undefined => (index === undefined ? undefined : call.arguments[index]);
  const [interrupt, source, priority] = [at(shape.interrupt), at(shape.source), at(shape.priority)];
  const handler = functionName(written);
  const parameter = (name: string | undefined): number => inside.parameters.findIndex(each => each.name === name);
  const wrapper: Shape | undefined = parameter(handler) === -1 ? undefined : { handler: parameter(handler), ...(parameter(interrupt) !== -1 && { interrupt: parameter(interrupt) }), ...(parameter(source) !== -1 && { source: parameter(source) }) };
  return [{
    file, function: inside.name, line: call.line, by: call.name, handler,
    ...(interrupt !== undefined && { interrupt }), ...(source !== undefined && { source }), ...(priority !== undefined && { priority }),
    ...(wrapper !== undefined && { wrapper: [inside.name, wrapper] as const }),
  }];
}

/** `(irq_handler_t)&on_rx` is `on_rx`; `Driver<0>::isr` keeps its class; a lambda has no name. */
function functionName(written: string): string {
  const bare = written.replace(/^\s*(\([\w\s*:]+\)\s*)*&?\s*/, '').replace(/<[^<>]*>/g, '').trim();
  return /^[A-Za-z_][\w:]*$/.test(bare) ? bare : '';
}

/** Calls of the known functions in a macro's body, which the parser leaves as text. */
function callsIn(body: string, line: number): CallFact[] {
  return [...body.matchAll(/\b(IRQ_CONNECT|IRQ_DIRECT_CONNECT|ARCH_IRQ_CONNECT|irq_connect_dynamic)\s*\(/g)].map(match => ({ name: match[1] ?? '', line, arguments: argumentsFrom(body, match.index + match[0].length) }));
}

function argumentsFrom(text: string, start: number): string[] {
  const found: string[] = [''];
  let depth = 0;
  for (const letter of text.slice(start)) {
    if (letter === ')' && depth === 0) return found.map(argument => argument.trim());
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) found.push('');
    else found.push((found.pop() ?? '') + letter);
  }
  return [];
}
