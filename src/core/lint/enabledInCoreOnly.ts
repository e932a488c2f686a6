import type { Device, Peripheral } from '../device/device.ts';
import { maskOf } from '../device/numbers.ts';
import type { Graph } from '../graph/graph.ts';
import { resolveAccess } from '../graph/resolveAccess.ts';
import { interruptFields, type PlacedField } from '../isr/enableFields.ts';
import type { Handlers } from '../isr/handlers.ts';
import type { AccessFact, CallFact, SourceFacts } from '../parse/facts.ts';
import type { LintHit } from './finding.ts';
import { writtenBits, type LintGround } from './joinedAccess.ts';
import { openBits } from './registerMisuse.ts';
import { isVendorFile } from './vendorFiles.ts';

/** What is needed to look for the enables of a peripheral. */
interface EnableSearch {
  readonly graph: Graph;
  readonly device: Device;
}

/** An interrupt that the core is told to let through, and that the peripheral is never told to raise. */
export async function enabledInCoreOnly({ file, facts, graph, device }: LintGround, { hasVectorTable, unhandled }: Handlers): Promise<LintHit[]> {
  if (device === undefined || !hasVectorTable) return [];
  const hits: LintHit[] = [];
  for (const call of facts.functions.flatMap(({ calls }) => calls)) {
    const stem = interruptOf(call);
    // Without a handler it is another finding.
    if (stem === undefined || unhandled.some(name => name.toUpperCase() === `${stem.toUpperCase()}_IRQHANDLER`)) continue;
    const blocks = blocksOf(stem, device);
    if (blocks.length === 0) continue;
    const found = await Promise.all(blocks.map(block => usesOf(block, { graph, device })));
    if (found.includes('unknown') || found.includes('enables') || !found.includes('silent')) continue;
    hits.push({ rule: 'unreachable-interrupt', file, line: call.line, expression: `${stem}_IRQn`, certainty: 'likely', message: `${stem}_IRQn is enabled here, but nothing in this workspace sets an interrupt enable of ${blocks.map(({ name }) => name).join(' or ')}: the handler never runs.` });
  }
  return hits;
}

function interruptOf({ name, arguments: [argument = ''] }: CallFact): string | undefined {
  return /^(__|HAL_)?NVIC_EnableIRQ$/.test(name) ? /^\(?(?:\(IRQn_Type\)\s*)?(\w+)_IRQn\)?$/.exec(argument.trim())?.[1] : undefined;
}

/** Every peripheral that raises the interrupt; none where one of them has no enable that is known, its channels have structs of their own, or libraries set it for whoever configures a pin. */
function blocksOf(stem: string, { peripherals }: Device): readonly Peripheral[] {
  const values = new Set(peripherals.flatMap(({ interrupts }) => interrupts.filter(({ name }) => name.toUpperCase() === stem.toUpperCase()).map(({ value }) => value)));
  const blocks = peripherals.filter(({ interrupts }) => interrupts.some(({ value }) => values.has(value)));
  return blocks.some(block => /DMA|^EXTI/i.test(block.name) || interruptFields(block).enables.length === 0) ? [] : blocks;
}

/** What the workspace does with a peripheral's interrupts: `unused` when it never touches it, `unknown` when it hands it over to code that may set anything. */
async function usesOf(block: Peripheral, search: EnableSearch): Promise<'unused' | 'silent' | 'enables' | 'unknown'> {
  const { enables } = interruptFields(block);
  let isUsed = false;
  for (const file of await search.graph.source.mentions(block.name)) {
    const facts = await search.graph.source.facts(file);
    if (facts === undefined) continue;
    // Vendors' headers compare it with every other instance.
    if (!isVendorFile(file) && isHandedOver(block.name, facts)) return 'unknown';
    for (const access of facts.accesses.filter(({ base }) => base === block.name)) {
      isUsed = true;
      if (await setsOne(access, { ...search, facts, enables })) return 'enables';
    }
  }
  return isUsed ? 'silent' : 'unused';
}

/** The peripheral goes to a function, into a handle or under another name. */
function isHandedOver(name: string, { accesses, uses, functions, macros }: SourceFacts): boolean {
  const bare = new RegExp(`\\b${name}\\b(?!\\s*->)`);
  const touched = new Set(accesses.filter(({ base }) => base === name).map(({ line }) => line));
  return uses.some(use => use.name === name && !touched.has(use.line))
    || functions.some(({ calls }) => calls.some(call => call.arguments.some(argument => bare.test(argument))))
    || accesses.some(({ base }) => base !== name && new RegExp(`\\b${name}\\b`).test(base))
    || accesses.some(({ value }) => value !== undefined && bare.test(value))
    || macros.some(macro => macro.name !== name && new RegExp(`\\b${name}\\b`).test(macro.body))
    || (touched.size === 0 && !macros.some(macro => macro.name === name));
}

async function setsOne(access: AccessFact, { graph, device, facts, enables }: EnableSearch & { readonly facts: SourceFacts; readonly enables: readonly PlacedField[] }): Promise<boolean> {
  if (access.kind === 'read' && access.operator !== '&') return false;
  const resolved = await resolveAccess(access, { graph, device, facts });
  const [place] = resolved.places;
  if (place === undefined) return true;
  const own = enables.filter(enable => enable.place.address === place.address);
  if (own.length === 0) return false;
  if (access.operator === '&' || resolved.bit !== undefined || resolved.alias !== undefined) return true;
  const bits = await writtenBits(access, place, resolved, { graph, device });
  if (bits === undefined) return true;
  if (bits.kind === 'clear') return false;
  const mask = place.register.fields.filter(({ name }) => own.some(enable => enable.name === name)).reduce((all, field) => all | maskOf(field), 0n);
  return (mask & (bits.result.ones | bits.toggled | openBits(bits, place.register))) !== 0n;
}
