import { findInterrupts } from '../device/findPeripherals.ts';
import { parseCount } from '../device/numbers.ts';
import type { Device } from '../device/device.ts';
import { interruptMarkdown, type CardOptions } from '../card/deviceCards.ts';
import { registersAt } from '../device/addressIndex.ts';
import { registerMarkdown } from '../card/registerCard.ts';
import { looseName } from '../device/names.ts';
import type { FactSource } from '../graph/factSource.ts';
import { parseDevicetree } from '../parse/devicetree.ts';
import { splitLines } from '../text/lines.ts';
import type { Card, HoverReport } from './report.ts';
import { blockCardWithOthers, blockMeant, compatiblesIn, compatiblesOf } from './sharedAddress.ts';

/** Devicetree sources and overlays. */
export function isDevicetree(file: string): boolean {
  return /\.(dts|dtsi|overlay)$/i.test(file);
}

/** The card of a place in a devicetree source: the node `serial@40004400` and its `reg`, its label where it names a block of the chip, its interrupt's number. Of several blocks at one address the node's compatible says which. */
export async function devicetreeHover({ text, line, column }: { readonly text: string; readonly line: number; readonly column: number }, device: Device, card: CardOptions, source: FactSource): Promise<HoverReport> {
  const lines = splitLines(withoutComments(text));
  const written = lines[line - 1] ?? '';
  for (const match of written.matchAll(/&?[A-Za-z_][\w,.+-]*(?:@[0-9a-fA-F]+)?|0[xX][0-9a-fA-F]+|\d+/g)) {
    const [startColumn, endColumn] = [match.index + 1, match.index + match[0].length + 1];
    if (column < startColumn || column >= endColumn) continue;
    const found = await wordCard(match[0], { before: written.slice(0, match.index), lines, line, text, source }, device, card);
    return found === undefined ? { kind: 'none', problems: [] } : { ...found, range: { startColumn, endColumn }, problems: [] };
  }
  return { kind: 'none', problems: [] };
}

interface WordPlace {
  /** The line up to the word. */
  readonly before: string;
  readonly lines: readonly string[];
  readonly line: number;
  /** The whole file. */
  readonly text: string;
  readonly source: FactSource;
}

async function wordCard(word: string, place: WordPlace, device: Device, card: CardOptions): Promise<Card | undefined> {
  const unit = /@([0-9a-fA-F]+)$/.exec(word)?.[1];
  if (unit !== undefined) return addressCard(device, { address: BigInt(`0x${unit}`), compatibles: await compatibles(word, place) }, card);
  if (/^\d/.test(word)) return numberCard(word, place, device, card);
  // A reference, or the label before a node.
  const rest = (place.lines[place.line - 1] ?? '').slice(place.before.length + word.length);
  const isLabel = word.startsWith('&') || /^\s*:/.test(rest);
  const block = isLabel ? device.peripherals.find(({ name }) => looseName(name) === looseName(word)) : undefined;
  const label = word.replace('&', '');
  const meant = block === undefined ? undefined : blockMeant(device, block.baseAddress, { compatibles: await compatibles(label, place), label });
  return meant === undefined ? undefined : blockCardWithOthers(device, meant, card);
}

/** By what the file itself says of the node, else by what is indexed. */
async function compatibles(name: string, { text, source }: WordPlace): Promise<readonly string[]> {
  const own = compatiblesIn(parseDevicetree(text), name);
  return own.length > 0 ? own : compatiblesOf(source, name);
}

async function numberCard(word: string, place: WordPlace, device: Device, card: CardOptions): Promise<Card | undefined> {
  const { before, lines, line } = place;
  const property = propertyBefore([...lines.slice(Math.max(0, line - 6), line - 1), before].join('\n'));
  const value = parseCount(word);
  if (property === undefined || value === undefined) return undefined;
  const node = property.name === 'reg' ? nodeAround([...lines.slice(0, line - 1), before].join('\n')) : undefined;
  // The cells of `reg` are address and size, two by two; sizes are smaller than any block's address.
  if (property.name === 'reg') return value >= 0x1000n ? addressCard(device, { address: value, compatibles: node === undefined ? [] : await compatibles(node, place) }, card) : undefined;
  if (property.name !== 'interrupts' || property.cells % 2 !== 0) return undefined;
  const found = findInterrupts(device, Number(value));
  return found.length === 0 ? undefined : { kind: 'interrupt', markdown: interruptMarkdown(found, card) };
}

/** The property whose value the text ends in, and how many cells of it come before. */
function propertyBefore(text: string): { readonly name: string; readonly cells: number } | undefined {
  const open = text.slice(Math.max(text.lastIndexOf(';'), text.lastIndexOf('{')) + 1);
  const [, name, value = ''] = /([\w,#-]+)\s*=([^=]*)$/.exec(open) ?? [];
  return name === undefined ? undefined : { name, cells: value.match(/0[xX][0-9a-fA-F]+|\b\d+\b|\b[A-Z]\w*\b/g)?.length ?? 0 };
}

/** The node that the text ends in, as `serial@40002000` or `serial0`. */
function nodeAround(before: string): string | undefined {
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at -= 1) {
    if (before[at] === '}') depth += 1;
    if (before[at] !== '{') continue;
    if (depth === 0) return /([\w,.+-]+(?:@[0-9a-fA-F]+)?)\s*$/.exec(before.slice(Math.max(0, at - 200), at))?.[1];
    depth -= 1;
  }
  return undefined;
}

function addressCard(device: Device, { address, compatibles: named }: { readonly address: bigint; readonly compatibles: readonly string[] }, card: CardOptions): Card | undefined {
  const block = blockMeant(device, address, { compatibles: named });
  if (block !== undefined) return blockCardWithOthers(device, block, card);
  const [place] = registersAt(device, address).filter(candidate => candidate.address === address);
  return place === undefined ? undefined : { kind: 'register', markdown: registerMarkdown(place, card), register: place.path };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, part => part.replace(/[^\r\n]/g, ' '));
}
