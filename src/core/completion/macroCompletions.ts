import { findRegisters, type FoundRegister } from '../device/findRegisters.ts';
import { findPeripherals, peripheralsOfGroup } from '../device/findPeripherals.ts';
import { bitsText, hex } from '../device/numbers.ts';
import type { Device, Peripheral } from '../device/device.ts';
import type { Completion, CompletionList, CompletionSubject } from './completions.ts';

/** Names listed at once: beyond these more has to be typed. */
const mostNames = 120;

/** Register and field macros that begin as typed: those of the indexed headers; where no header is indexed, the names that CMSIS headers would give them. */
export async function macroCompletions({ device, graph: { source } }: CompletionSubject, typed: string): Promise<CompletionList> {
  const peripherals = peripheralsNamed(device, typed.slice(0, typed.indexOf('_')));
  if (peripherals.length === 0) return { items: [], isIncomplete: false };
  const indexed = await source.namesStarting?.(typed, mostNames) ?? [];
  if (indexed.length > 0) return { items: indexed.map(name => completionOf(name, findRegisters(device, name)[0])), isIncomplete: indexed.length >= mostNames };
  const names = peripherals.slice(0, 1).flatMap(peripheral => cmsisNames(peripheral, typed));
  return { items: names.slice(0, mostNames).map(name => completionOf(name, findRegisters(device, name)[0])), isIncomplete: names.length > mostNames };
}

/** `RCC` of `RCC_AHB1ENR_`, and any USART of `USART_CR1_`. */
function peripheralsNamed(device: Device, name: string): Peripheral[] {
  const exact = findPeripherals(device, name);
  return exact.length > 0 ? exact : peripheralsOfGroup(device, name);
}

function cmsisNames({ registers }: Peripheral, typed: string): string[] {
  const prefix = typed.slice(0, typed.indexOf('_'));
  return registers.flatMap(node => node.kind === 'cluster' || node.dim !== undefined ? [] : [
    `${prefix}_${node.name}`, ...node.fields.map(field => `${prefix}_${node.name}_${field.name}`),
  ]).filter(name => name.startsWith(typed) && /^\w+$/.test(name));
}

function completionOf(name: string, found: FoundRegister | undefined): Completion {
  if (found === undefined) return { label: name, kind: 'macro', detail: '' };
  const { place, field } = found;
  if (field === undefined) return { label: name, kind: 'register', detail: hex(place.address, 8), path: place.path, ...(place.register.description !== undefined && { description: place.register.description }) };
  return {
    label: name, kind: 'field', detail: `${place.path} [${bitsText(field.bitOffset, field.bitWidth)}]`, path: `${place.path}.${field.name}`,
    ...(field.description !== undefined && { description: field.description }),
  };
}
