import { fieldMarkdown, peripheralMarkdown, type CardOptions } from '../card/deviceCards.ts';
import { codeText, paragraphs, plainText } from '../card/markdown.ts';
import { registerMarkdown } from '../card/registerCard.ts';
import type { Device } from '../device/device.ts';
import { outlineRow } from './outlineRow.ts';
import { placeOf, spotAt } from './spot.ts';

/** The card of a row: the register's, field's or peripheral's own, and a few words for groups and arrays; undefined when there is no such row. */
export function outlineCard(device: Device, id: string, options: CardOptions = {}): string | undefined {
  const spot = spotAt(device, id);
  if (spot === undefined) return undefined;
  if (spot.kind === 'field') return fieldMarkdown(spot.place, spot.field, options);
  if (spot.kind === 'peripheral') return peripheralMarkdown(spot.peripheral, options);
  const place = placeOf(spot);
  if (place !== undefined) return registerMarkdown(place, options);
  const { label, detail, description } = outlineRow(spot);
  return paragraphs([`**${codeText(label)}**${description === undefined ? '' : ` — ${plainText(description)}`}`, spot.kind === 'group' ? `${detail} peripherals` : codeText(detail)]);
}
