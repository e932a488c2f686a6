import type { Device, Interrupt } from '../device/device.ts';
import { maskOf } from '../device/numbers.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { Handlers } from '../isr/handlers.ts';
import type { LintHit } from './finding.ts';
import type { JoinedAccess, LintGround } from './joinedAccess.ts';
import { at } from './registerMisuse.ts';

/** Calls that let an interrupt through to the core. */
const enableCalls = ['NVIC_EnableIRQ', '__NVIC_EnableIRQ', 'HAL_NVIC_EnableIRQ', 'nvic_enable_irq', 'NVIC_Init', 'IRQ_CONNECT', 'IRQ_DIRECT_CONNECT', 'irq_enable', 'irq_set_enabled', 'sd_nvic_EnableIRQ'];

/** How the workspace enables interrupts in the core. */
export interface InterruptEnables {
  /** Arguments of the calls, as written. */
  readonly written: ReadonlySet<string>;
  readonly source: FactSource;
}

/** Looks once for every call that enables an interrupt in the core. */
export async function interruptEnables(source: FactSource): Promise<InterruptEnables> {
  const files = new Set<string>();
  for (const name of enableCalls) for (const file of await source.mentions(name)) files.add(file);
  const written = new Set<string>();
  for (const file of files) {
    for (const { calls } of (await source.facts(file))?.functions ?? []) for (const call of calls) if (enableCalls.includes(call.name)) for (const argument of call.arguments) written.add(argument.trim());
  }
  return { written, source };
}

/** Interrupts enabled in the core whose slot only the default handler serves. */
export function enabledWithoutHandler({ file, facts }: LintGround, handlers: Handlers): LintHit[] {
  if (!handlers.hasVectorTable) return [];
  const unhandled = new Map(handlers.unhandled.map(name => [name.replace(/_IRQHandler$/, '').toUpperCase(), name]));
  return facts.functions.flatMap(({ calls }) => calls.filter(({ name }) => /^(__|HAL_)?NVIC_EnableIRQ$/.test(name)).flatMap((call): LintHit[] => {
    const [, stem = ''] = /^\(?(?:\(IRQn_Type\)\s*)?(\w+)_IRQn\)?$/.exec(call.arguments[0]?.trim() ?? '') ?? [];
    const slot = unhandled.get(stem.toUpperCase());
    return slot === undefined ? [] : [{ rule: 'unreachable-interrupt', file, line: call.line, certainty: 'likely', message: `${stem}_IRQn is enabled, but no ${slot} is defined here: the interrupt ends in the default handler.` }];
  }));
}

/** An interrupt that the peripheral is told to raise and that nothing lets through to the core. */
export async function enabledInPeripheralOnly(all: readonly JoinedAccess[], { file }: LintGround, { written, source }: InterruptEnables, device: Device): Promise<LintHit[]> {
  // A project that enables none by name does it some other way.
  if (![...written].some(argument => /_IRQn?$/.test(argument))) return [];
  const hits: LintHit[] = [];
  const seen = new Set<string>();
  for (const joined of all) {
    const { access, places: [{ peripheral, register }], resolved, bits, isOneOfSeveral } = joined;
    const interrupts = device.peripherals.filter(({ name, baseAddress }) => name === peripheral.name || baseAddress === peripheral.baseAddress).flatMap(block => block.interrupts);
    if (bits === undefined || bits.kind === 'clear' || resolved.how === 'type' || isOneOfSeveral === true || mayMean(peripheral.name, written, device) || !isNamedAfter(interrupts, peripheral.name) || seen.has(peripheral.name)) continue;
    const field = register.fields.find(candidate => candidate.bitWidth === 1 && (maskOf(candidate) & bits.result.ones) !== 0n && /(IE|IEN|IE\d|IEN\d|INTEN\d*)$/.test(candidate.name) && /interrupt/i.test(candidate.description ?? ''));
    if (field === undefined || await isNamed(interrupts.map(({ name }) => name), source)) continue;
    seen.add(peripheral.name);
    hits.push({ rule: 'unreachable-interrupt', file, ...at(access), certainty: 'likely', message: `${resolved.path}.${field.name} is set, but nothing in this workspace enables ${interrupts.length === 1 ? `${interrupts[0]?.name ?? ''}_IRQn` : `an interrupt of ${peripheral.name}`} in the core: the handler never runs.` });
  }
  return hits;
}

/** Headers and descriptions spell interrupts differently: `DMA1_Channel4_5_IRQn` may well be one of DMA when the chip knows none of that name. */
function mayMean(peripheral: string, written: ReadonlySet<string>, { peripherals }: Device): boolean {
  const stem = peripheral.replace(/\d+$/, '').toUpperCase();
  return [...written].some(argument => {
    const name = argument.replace(/_IRQn?$/, '').toUpperCase();
    return name.startsWith(stem) && !peripherals.some(block => block.name.toUpperCase() === name || block.interrupts.some(interrupt => interrupt.name.toUpperCase() === name));
  });
}

/** Some files list an interrupt under a stranger, as FPU under RNG: of the block's own nothing is known then. */
function isNamedAfter(interrupts: readonly Interrupt[], peripheral: string): boolean {
  const stem = peripheral.replace(/\d+$/, '').toUpperCase();
  return interrupts.some(({ name }) => name.toUpperCase().includes(stem));
}

/** Calls that name an interrupt without enabling it. */
const asideCalls = /(Set|set|Get|get)_?Priority|ClearPending|SetPending|DisableIRQ|disable_irq/;

/** Whether the interrupt is named anywhere but where its priority is set. */
async function mayEnable(word: string, source: FactSource): Promise<boolean> {
  for (const file of await source.mentions(word)) {
    const facts = await source.facts(file);
    const asides = new Set((facts?.functions ?? []).flatMap(({ calls }) => calls.filter(({ name, arguments: given }) => asideCalls.test(name) && given.some(argument => argument.includes(word))).map(({ line }) => line)));
    const uses = facts?.uses.filter(({ name }) => name === word) ?? [];
    if (uses.length === 0 || uses.some(({ line }) => !asides.has(line))) return true;
  }
  return false;
}

async function isNamed(interrupts: readonly string[], source: FactSource): Promise<boolean> {
  for (const name of interrupts) {
    const bare = name.replace(/_?(global_interrupt|IRQn?|IRQHandler)$/i, '');
    for (const word of [`${bare}_IRQn`, `${name}_IRQn`, `NVIC_${bare.toUpperCase()}_IRQ`, `${bare}_IRQ`, `${bare.toUpperCase()}_IRQ`]) if (await mayEnable(word, source)) return true;
  }
  return false;
}
