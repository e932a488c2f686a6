import type { Device, RegisterPlace } from '../device/device.ts';
import { sideEffects } from '../manual/sideEffects.ts';
import type { FlagUse } from './dossier.ts';
import { comesAfter } from './touchOrder.ts';
import type { Touch } from './touched.ts';

/** Flags that are tested and go by an access: with the read that tests them, by a read or write that serves them, or by two in their order, such as SR then DR. */
export function clearedByReading(all: readonly Touch[], device: Device): FlagUse[] {
  const asked = all.filter(({ access }) => access.kind === 'read').flatMap(tested => {
    const [place] = tested.resolved.places;
    return place === undefined ? [] : tested.use.fields.map((flag): Asked => ({ tested, place, flag, all, text: effectText(place, flag, device) }));
  });
  return [inSequence, bySingleAccess].flatMap(find => asked.flatMap(each => {
    const served = each.text === undefined ? undefined : find(each, each.text);
    return served === undefined ? [] : [{ path: each.tested.use.path, flag: each.flag, file: served.touch.use.file, line: served.touch.use.line, how: served.how }];
  }));
}

/** A tested flag with all accesses of the tree. */
interface Asked {
  readonly tested: Touch;
  readonly place: RegisterPlace;
  readonly flag: string;
  readonly all: readonly Touch[];
  /** What is known of reading and writing it, in words; undefined where the register has no such field. */
  readonly text: { readonly words: string; readonly isReadClear: boolean } | undefined;
}

function effectText(place: RegisterPlace, flag: string, device: Device): Asked['text'] {
  const field = place.register.fields.find(({ name }) => name === flag);
  if (field === undefined) return undefined;
  const effects = sideEffects(place, { device: device.name, field });
  return { words: effects.map(({ text }) => text).join(' '), isReadClear: effects.some(({ readAction }) => readAction === 'clear') };
}

interface Served {
  readonly touch: Touch;
  readonly how: string;
}

/** `reading SR and then reading DR`: two accesses in this order; the read that tests the flag may be one of them, never both. */
function inSequence({ place, all }: Asked, { words, isReadClear }: NonNullable<Asked['text']>): Served | undefined {
  if (isReadClear) return undefined;
  const [, first, kind = '', second] = /reading (\w+) and then (reading|writing|reading or writing) (\w+)/.exec(words) ?? [];
  if (first === undefined || second === undefined) return undefined;
  const own = all.filter(touch => touch.access.through === undefined && isOf(touch, place));
  const firsts = own.filter(touch => nameOf(touch) === first && touch.access.kind !== 'write');
  for (const begin of firsts) {
    const touch = own.find(other => other !== begin && nameOf(other) === second && isOfKind(other, kind) && comesAfter({ order: other.order, column: other.access.column }, { order: begin.order, column: begin.access.column }));
    if (touch !== undefined) return { touch, how: `reading ${first} then ${touch.access.kind === 'write' ? 'writing ' : ''}${second}` };
  }
  return undefined;
}

/** `Also cleared by reading DR`, `reading the channel's CCR`: a channel's register has the flag's number. */
function bySingleAccess({ tested, place, flag, all }: Asked, { words, isReadClear }: NonNullable<Asked['text']>): Served | undefined {
  if (isReadClear) return { touch: tested, how: `reading ${place.register.name}` };
  const known = byDataRegister(place, flag, all);
  if (known !== undefined) return known;
  for (const [, kind = '', ofChannel, register = ''] of words.matchAll(/[Cc]leared by (reading|writing|reading or writing) (the channel's )?([A-Z]\w*)(?! and then)/g)) {
    const number = ofChannel === undefined ? '' : /\d/.exec(flag)?.[0] ?? '';
    const touch = all.find(each => each.access.through === undefined && isOf(each, place) && isOfKind(each, kind) && (nameOf(each) === `${register}${number}` || ofChannel !== undefined && number === '' && nameOf(each).startsWith(register)));
    if (touch !== undefined) return { touch, how: `${touch.access.kind === 'read' ? 'reading' : 'writing'} ${nameOf(touch)}${/In capture mode/.test(words) ? ', in capture mode' : ''}` };
  }
  return undefined;
}

/** `TXE` goes when the data register is written, `RXNE` when it is read: so on every part that has flags of these names. */
function byDataRegister(place: RegisterPlace, flag: string, all: readonly Touch[]): Served | undefined {
  const kind = /^(TXE|TXFNF|TXE_TXFNF|TXIS)$/i.test(flag) ? 'write' : /^(RXNE|RXFNE|RXNE_RXFNE)$/i.test(flag) ? 'read' : undefined;
  if (kind === undefined) return undefined;
  const names = kind === 'write' ? /^(DR|TDR|TXDR|DATA)$/ : /^(DR|RDR|RXDR|DATA)$/;
  const touch = all.find(each => each.access.kind === kind && each.access.through === undefined && isOf(each, place) && names.test(nameOf(each)));
  return touch === undefined ? undefined : { touch, how: `${kind === 'write' ? 'writing' : 'reading'} ${nameOf(touch)}` };
}

function isOf({ resolved: { places: [other] } }: Touch, place: RegisterPlace): boolean {
  return other?.peripheral === place.peripheral;
}

function nameOf({ resolved: { places: [place] } }: Touch): string {
  return place?.register.name ?? '';
}

function isOfKind({ access: { kind } }: Touch, wanted: string): boolean {
  return wanted.startsWith('reading') && kind !== 'write' || wanted.endsWith('writing') && kind !== 'read';
}
