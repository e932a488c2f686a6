import { findInterrupts } from '../device/findPeripherals.ts';
import { parseCount } from '../device/numbers.ts';
import type { Device, Peripheral } from '../device/device.ts';
import { interruptMarkdown, peripheralMarkdown, type CardOptions } from '../card/deviceCards.ts';
import { registersAt } from '../device/addressIndex.ts';
import { registerMarkdown } from '../card/registerCard.ts';
import { looseName } from '../device/names.ts';
import { splitLines } from '../text/lines.ts';
import type { Card, HoverReport } from './report.ts';

/** Devicetree sources and overlays. */
export function isDevicetree(file: string): boolean {
  return /\.(dts|dtsi|overlay)$/i.test(file);
}

/** The card of a place in a devicetree source: the node `serial@40004400` and its `reg`, its label where it names a block of the chip, its interrupt's number. */
export function devicetreeHover({ text, line, column }: { readonly text: string; readonly line: number; readonly column: number }, device: Device, card: CardOptions): HoverReport {
  const lines = splitLines(withoutComments(text));
  const source = lines[line - 1] ?? '';
  for (const match of source.matchAll(/&?[A-Za-z_][\w,.+-]*(?:@[0-9a-fA-F]+)?|0[xX][0-9a-fA-F]+|\d+/g)) {
    const [startColumn, endColumn] = [match.index + 1, match.index + match[0].length + 1];
    if (column < startColumn || column >= endColumn) continue;
    const found = wordCard(match[0], { before: source.slice(0, match.index), lines, line }, device, card);
    return found === undefined ? { kind: 'none', problems: [] } : { ...found, range: { startColumn, endColumn }, problems: [] };
  }
  return { kind: 'none', problems: [] };
}

interface WordPlace {
  /** The line up to the word. */
  readonly before: string;
  readonly lines: readonly string[];
  readonly line: number;
}

function wordCard(word: string, place: WordPlace, device: Device, card: CardOptions): Card | undefined {
  const unit = /@([0-9a-fA-F]+)$/.exec(word)?.[1];
  if (unit !== undefined) return addressCard(device, BigInt(`0x${unit}`), card);
  if (/^\d/.test(word)) return numberCard(word, place, device, card);
  // A reference, or the label before a node.
  const rest = (place.lines[place.line - 1] ?? '').slice(place.before.length + word.length);
  const isLabel = word.startsWith('&') || /^\s*:/.test(rest);
  return isLabel ? blockCard(device.peripherals.find(({ name }) => looseName(name) === looseName(word)), card) : undefined;
}

function numberCard(word: string, { before, lines, line }: WordPlace, device: Device, card: CardOptions): Card | undefined {
  const property = propertyBefore([...lines.slice(Math.max(0, line - 6), line - 1), before].join('\n'));
  const value = parseCount(word);
  if (property === undefined || value === undefined) return undefined;
  // The cells of `reg` are address and size, two by two; sizes are smaller than any block's address.
  if (property.name === 'reg') return value >= 0x1000n ? addressCard(device, value, card) : undefined;
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

function addressCard(device: Device, address: bigint, card: CardOptions): Card | undefined {
  const block = device.peripherals.find(({ baseAddress }) => baseAddress === address);
  if (block !== undefined) return blockCard(block, card);
  const [place] = registersAt(device, address).filter(candidate => candidate.address === address);
  return place === undefined ? undefined : { kind: 'register', markdown: registerMarkdown(place, card), register: place.path };
}

function blockCard(block: Peripheral | undefined, card: CardOptions): Card | undefined {
  return block === undefined ? undefined : { kind: 'peripheral', markdown: peripheralMarkdown(block, card) };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, part => part.replace(/[^\r\n]/g, ' '));
}
