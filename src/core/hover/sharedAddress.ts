import { type CardOptions, peripheralMarkdown } from '../card/deviceCards.ts';
import { codeText } from '../card/markdown.ts';
import type { Device, Peripheral } from '../device/device.ts';
import { looseName } from '../device/names.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { SourceFacts } from '../parse/facts.ts';
import type { Card } from './report.ts';

/** Of the blocks at one address (Nordic's UART0 and UARTE0) the one that a devicetree node's compatibles name (`nordic,nrf-uarte`), else the one of that label, else the first. */
export function blockMeant(device: Device, address: bigint, { compatibles = [], label }: { readonly compatibles?: readonly string[]; readonly label?: string | undefined }): Peripheral | undefined {
  const blocks = device.peripherals.filter(({ baseAddress }) => baseAddress === address);
  const words = new Set(compatibles.flatMap(text => text.slice(text.indexOf(',') + 1).split('-')).map(looseName));
  return blocks.find(({ name }) => words.has(looseName(name.replace(/_(S|NS)$/, '').replace(/\d+$/, '')))) ?? blocks.find(({ name }) => label !== undefined && looseName(name) === looseName(label)) ?? blocks[0];
}

/** A block's card with what else lies at its address. */
export function blockCardWithOthers(device: Device, block: Peripheral, card: CardOptions): Card {
  const others = device.peripherals.filter(other => other !== block && other.baseAddress === block.baseAddress).map(({ name }) => codeText(name));
  const [title = '', ...rest] = peripheralMarkdown(block, card).split('\n\n');
  return { kind: 'peripheral', markdown: [title, ...(others.length === 0 ? [] : [`*At the same address: ${others.join(', ')}.*`]), ...rest].join('\n\n') };
}

/** The compatibles of the node with a label or name (`uart0`, `uart@40002000`), of what defines it in the indexed files. */
export async function compatiblesOf(source: FactSource, name: string): Promise<string[]> {
  const files = new Set((await source.definitions(name)).filter(({ kind }) => kind === 'node').map(({ file }) => file));
  for (const file of files) {
    const found = compatiblesIn(await source.facts(file), name);
    if (found.length > 0) return found;
  }
  return [];
}

/** As `compatiblesOf`, in one file. */
export function compatiblesIn(facts: SourceFacts | undefined, name: string): string[] {
  return (facts?.parts ?? []).filter(({ kind, name: own, aliases = [] }) => kind === 'node' && (own === name || aliases.includes(name))).flatMap(({ aliases = [] }) => aliases.filter(alias => alias.includes(',')));
}
