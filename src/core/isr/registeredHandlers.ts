import type { Device } from '../device/device.ts';
import { findInterrupts, type FoundInterrupt } from '../device/findPeripherals.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { MacroTable } from '../graph/macroTable.ts';
import type { SourceFacts } from '../parse/facts.ts';
import type { Problem } from '../text/problem.ts';
import { devicetreeIrqs } from './devicetreeIrqs.ts';
import type { Handler } from './handlers.ts';
import type { Registration } from './registrations.ts';

interface RegisteredGround {
  readonly source: FactSource;
  readonly device: Device | undefined;
  readonly macros: MacroTable;
  /** Those found by table, attribute and name. */
  readonly handlers: readonly Handler[];
}

/** The handlers with what registrations say of them, and those that only a registration tells of. */
export async function registeredHandlers(ground: RegisteredGround, registrations: readonly Registration[]): Promise<{ readonly handlers: readonly Handler[]; readonly problems: readonly Problem[] }> {
  const handlers = [...ground.handlers];
  const problems: Problem[] = [];
  for (const registration of registrations) {
    const found = registration.handler === '' ? undefined : await definitionOfHandler(ground.source, registration.handler, registration.file);
    if (found === undefined) {
      problems.push(notFollowed(registration));
      continue;
    }
    const at = handlers.findIndex(handler => handler.file === found.file && handler.function === found.function);
    const known: Handler = handlers[at] ?? { ...found, tableName: found.function.name };
    const handler = await withRegistration(ground, known, registration);
    if (at === -1) handlers.push(handler);
    else handlers[at] = handler;
  }
  return { handlers, problems };
}

/** Where a handler's function is defined: in the file that names it, else elsewhere; a strong definition before a weak one, which is no handler of the user. */
export async function definitionOfHandler(source: FactSource, name: string, from?: string): Promise<Pick<Handler, 'file' | 'facts' | 'function'> | undefined> {
  // A method written inside its class is known by its bare name.
  for (const wanted of new Set([name, name.split('::').at(-1) ?? name])) {
    const files = (await source.definitions(wanted)).filter(({ kind }) => kind === 'function').map(({ file }) => file);
    for (const file of new Set([...files.filter(each => each === from), ...files])) {
      const facts = await source.facts(file);
      const found = facts === undefined || facts.language === 'asm' ? undefined : functionIn(facts, wanted, file === from);
      if (facts !== undefined && found !== undefined) return { file, facts, function: found };
    }
  }
  return undefined;
}

function functionIn(facts: SourceFacts, name: string, isOwn: boolean): SourceFacts['functions'][number] | undefined {
  return facts.functions.find(fact => fact.name === name && (isOwn || !fact.isStatic || facts.language === 'cpp') && !fact.attributes.some(attribute => /\bweak\b|\balias\b/i.test(attribute)));
}

function notFollowed({ file, line, by, handler }: Registration): Problem {
  return { file, line, message: handler === '' ? `${by} is given a handler here that is no plain name, such as a lambda: what it does is counted to the function around it, and no dossier is made of it.` : `${by} is given ${handler} here, which is not defined as a function in the indexed sources: no dossier is made of it.` };
}

async function withRegistration(ground: RegisteredGround, handler: Handler, made: Registration): Promise<Handler> {
  const { device, macros } = ground;
  const registration = await withDevicetree(ground, made);
  const registrations = [...handler.registrations ?? [], registration];
  if (handler.irq !== undefined || registration.interrupt === undefined) return { ...handler, registrations };
  const irq = registration.devicetree?.length === 1 ? registration.devicetree[0]?.irq : await numberOf(macros, registration.interrupt);
  const matched = device === undefined ? undefined : interruptOf(device, registration.interrupt, irq);
  const number = irq ?? matched?.interrupt.value;
  return {
    ...handler, registrations,
    ...(number !== undefined && { irq: number }),
    ...(matched !== undefined && { interrupt: matched.interrupt, peripheral: matched.peripheral }),
  };
}

async function numberOf(macros: MacroTable, written: string): Promise<number | undefined> {
  await macros.load([written]);
  const value = evaluateExpression(written, macros.lookup);
  return value === undefined ? undefined : Number(value);
}

/** With what the devicetree says of an interrupt that is written by a node's macros. */
async function withDevicetree({ source, macros, device }: RegisteredGround, registration: Registration): Promise<Registration> {
  if (registration.interrupt?.startsWith('DT_') !== true) return registration;
  const facts = await source.facts(registration.file);
  const devicetree = facts === undefined ? [] : await devicetreeIrqs(registration.interrupt, { source, macros, device, facts });
  return devicetree.length === 0 ? registration : { ...registration, devicetree };
}

/** By number, else by what is left of names such as `ETS_UART0_INTR_SOURCE`, `INT_UART0` and `DT_IRQN(DT_NODELABEL(usart2))`. */
function interruptOf(device: Device, written: string, irq: number | undefined): FoundInterrupt | undefined {
  if (irq !== undefined) return findInterrupts(device, irq)[0];
  const label = /DT_NODELABEL\(\s*(\w+)\s*\)/.exec(written)?.[1];
  const name = label?.toUpperCase() ?? written.replace(/^(ETS_|INT_|IRQ_)/, '').replace(/_(INTR_SOURCE|IRQN?|VECTOR)$/i, '');
  return /^\w+$/.test(name) ? findInterrupts(device, name)[0] : undefined;
}
