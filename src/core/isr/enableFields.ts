import type { Peripheral, RegisterPlace } from '../device/device.ts';
import { placeName, registersOf } from '../device/places.ts';

/** A one-bit field with the register it stands in. */
export interface PlacedField {
  readonly name: string;
  readonly place: RegisterPlace;
}

/** Enables and status flags of a peripheral. */
export interface InterruptFields {
  readonly flags: readonly PlacedField[];
  readonly enables: readonly PlacedField[];
}

/** Registers looked at in one peripheral. */
const mostRegisters = 400;

const statusRegister = /(^|_)(SR\d*|ISR|STATUS\w*|STAT\w*|INTFLAG|INTF|RIS|MIS|INTS|IRQ\w*|EVENTS_\w+(?:\[%?\w+\])?|[HL]ISR|[HL]?INTF|PR\d*|FLAGS?)$/i;
const enableRegister = /(^|_)(IER\w*|IMR\w*|IMSC|INTEN\w*|IM|INTE)$/i;

/** The one-bit fields that raise interrupts, and those that let them. */
export function interruptFields(peripheral: Peripheral): InterruptFields {
  const flags: PlacedField[] = [];
  const enables: PlacedField[] = [];
  let registers = 0;
  for (const place of registersOf(peripheral)) {
    registers += 1;
    if (registers > mostRegisters) break;
    const list = statusRegister.test(place.register.name) ? flags : enables;
    for (const { name, bitWidth } of place.register.fields) if (bitWidth === 1 && (list === flags || isEnable(name, place))) list.push({ name, place });
  }
  return { flags, enables };
}

function isEnable(field: string, { register }: RegisterPlace): boolean {
  return enableRegister.test(register.name) || /(IE|IEN|IM)\d*$|^IT\w+EN$|_IE$/.test(field);
}

/** The flag that an enable stands for: `RXNE` for `RXNEIE`, `UIF` for `UIE`, `TC` or `TCIF` for `TCIE`, `TCIF5` for that of stream 5; registers of enables repeat the flags' own names. */
export function flagOfEnable(enable: string, place: RegisterPlace, flags: readonly PlacedField[]): PlacedField | undefined {
  const isEnables = enableRegister.test(place.register.name);
  const [, stem, number = ''] = /^(\w+?)_?(?:IEN|IE)(\d*)$/.exec(enable) ?? [];
  const channel = channelOf(place);
  const numbers = channel === undefined ? [number] : [number, channel];
  const wanted = stem === undefined ? [] : numbers.flatMap(each => [`${stem}${each}`, `${stem}F${each}`, `${stem}IF${each}`]);
  if (isEnables) wanted.push(enable);
  const event = isEnables ? eventOf(enable) : undefined;
  return flags.find(flag => wanted.includes(flag.name) || event !== undefined && event.test(placeName(flag.place)));
}

/** Nordic's enables have their events in registers of their own: `COMPARE2` that of `EVENTS_COMPARE[2]`. */
function eventOf(enable: string): RegExp {
  return new RegExp(`^EVENTS_(?:${enable}|${enable.replace(/(\d+)$/, '\\[$1\\]')})$`);
}

/** The flag's own name; an event is its register's. */
export function flagName({ name, place }: PlacedField): string {
  return /^EVENTS_/.test(placeName(place)) ? placeName(place) : name;
}

/** The flags that a library's word means: `UIF` for `Update`, `TCIF1` for `TC1`, `EVENTS_ENDRX` for `ENDRX`, `PR3` for `line 3`. */
export function flagsOfWord(word: string, flags: readonly PlacedField[]): PlacedField[] {
  const stem = word.toUpperCase();
  const line = /^LINE (\d+)$/.exec(stem)?.[1];
  const stems = line === undefined ? [stem, ...synonyms[stem] ?? []] : [`PR${line}`, `PIF${line}`, `RPIF${line}`, `FPIF${line}`, `PD${line}`];
  const channel = /^(?:CGIF|GL|GIF|G)(\d+)$/.exec(stem)?.[1];
  const wanted = new Set(stems.flatMap(each => [each, `${each}F`, `${each}IF`, each.replace(/(\d+)$/, 'IF$1'), `EVENTS_${each}`]));
  return flags.filter(flag => wanted.has(flag.name) || wanted.has(placeName(flag.place)) || channel !== undefined && new RegExp(`^(TC|HT|TE|G)IF${channel}$`).test(flag.name));
}

/** `5` of `S5CR`, `4` of `CCR4`: one channel's control register; undefined where the block has none. */
function channelOf(place: RegisterPlace): string | undefined {
  return /DMA/i.test(place.peripheral.name) ? /^(?:[A-Z]*?_)?(?:S|CH|C|CCR|CFGR)?(\d+)/.exec(placeName(place))?.[1] : undefined;
}

/** The enables that a library's word means: `RXNEIE` for `RXNE`, `UIE` for `Update`, `ITEVTEN` for `EVT`. */
export function enablesOfWord(word: string, enables: readonly PlacedField[], channel: string | undefined): PlacedField[] {
  const stem = word.toUpperCase();
  const stems = [stem, ...synonyms[stem] ?? []];
  const wanted = new Set(stems.flatMap(each => [each, `${each}IE`, `IT${each}EN`, `${each}IEN`, `${each}IM`]));
  return enables.filter(({ name, place }) => (channel === undefined || channelOf(place) === undefined || channelOf(place) === channel) && [name, ...name.split('_'), name.replaceAll('_', '')].some(part => wanted.has(part)));
}

/** Where a library's word is not the bit's. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  UPDATE: ['U', 'UP'], TRIG: ['T'], TRIGGER: ['T'], BRK: ['B'], BREAK: ['B'], ERR: ['E'], ERROR: ['E'],
  FMP0: ['FMPIE0'], FMP1: ['FMPIE1'], RX_FIFO0_MSG_PENDING: ['FMPIE0'], RX_FIFO1_MSG_PENDING: ['FMPIE1'], TX_MAILBOX_EMPTY: ['TMEIE'],
};

/** Whether an enable raises the interrupt of that name: of blocks with several, the name says which part it is for. */
export function raises(interrupt: string, enable: PlacedField): boolean {
  const channel = channelOf(enable.place);
  const channels = /(?:Stream|Channel|CH)_?(\d+(?:_\d+)*)/i.exec(interrupt)?.[1];
  if (channel !== undefined && channels !== undefined) return isListed(channel, channels);
  if (/^I2C\d+_E[VR]/i.test(interrupt)) return /^ERR/.test(enable.name.replace(/^IT/, '')) === /_ER/i.test(interrupt);
  // Advanced timers have four interrupts; where two timers share one, the name says so behind.
  const part = /^TIM(?:ER)?\d+_(.+?)_?(?:IRQHandler|isr|vect)$/i.exec(interrupt)?.[1];
  if (part === undefined || !/^(UP|CC|BRK|TRG|COM)/i.test(part)) return true;
  const kind = /^(U|UP)IE$/.test(enable.name) ? 'UP' : /^(CC\d|CH\d)IE$/.test(enable.name) ? 'CC' : /^(B|BRK)IE$/.test(enable.name) ? 'BRK' : /^(T|TRG)IE$/.test(enable.name) ? 'TRG' : 'COM';
  return part.toUpperCase().split('_').includes(kind);
}

/** `2_3`, and ranges such as `4_7`. */
function isListed(channel: string, channels: string): boolean {
  const numbers = channels.split('_').map(Number);
  return Number(channel) >= Math.min(...numbers) && Number(channel) <= Math.max(...numbers);
}
