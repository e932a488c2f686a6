import type { Device, Peripheral } from '../device/device.ts';
import { findInterrupts } from '../device/findPeripherals.ts';
import { hex } from '../device/numbers.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { IsrDossier } from '../isr/dossier.ts';
import { peripheralClock, type PeripheralClock } from '../manual/clockGates.ts';
import { askedTopics, namesIn, type AskedTopics } from './askedTopics.ts';
import { bitsOf } from './checkNames.ts';
import { handlerFacts, placeFacts } from './codeFacts.ts';
import { decodeFault, type FaultReport } from './faultDump.ts';
import { sayIn, type Say } from './factWords.ts';
import { intentsOf, type FactKind } from './intents.ts';
import { missingNames, type MissingName } from './missingNames.ts';
import { registerFacts } from './registerFacts.ts';

/** One sentence that Halcyon states itself, computed from the chip's description, its manual or the sources. */
export interface DeviceFact {
  readonly kind: FactKind;
  readonly text: string;
  /** The asked value alone: `0x00C0`, `bit 5`. */
  readonly value?: string;
  /** The register it is about. */
  readonly path?: string;
}

/** What is known for certain of a question before any model is asked. */
export interface AnswerFacts {
  /** Sentences that answer the question as asked, then others about the same things. */
  readonly facts: readonly DeviceFact[];
  /** How many of the facts, from the first, are what was asked for. */
  readonly asked: number;
  /** Names in the question that this chip does not have. */
  readonly missing: readonly MissingName[];
  /** All that is asked for does not exist: no model is needed to say so, and none could say more. */
  readonly isAbstention: boolean;
  /** For people, marked as computed. */
  readonly markdown: string;
}

export interface FactGround {
  readonly device?: Device | undefined;
  readonly facts: FactSource;
  readonly source: string;
  readonly dossiers: readonly IsrDossier[];
  /** Whether the device header knows the name that the description does not. */
  readonly headerKnows?: ((name: string) => Promise<boolean>) | undefined;
  /** The linker's map as text, for a fault. */
  readonly map?: string | undefined;
}

const mostFacts = 10;

/** The facts of a question; undefined when it names nothing that can be looked up. */
export async function deviceFacts(question: string, ground: FactGround): Promise<AnswerFacts | undefined> {
  const { device, dossiers } = ground;
  const say = sayIn(question);
  const fault = decodeFault(question, { device, map: ground.map ?? '' });
  if (fault !== undefined) return faultFacts(fault, ground.source, say);
  const topics: AskedTopics = device === undefined ? { registers: [], peripherals: [], values: [], bits: [] } : askedTopics(question, device);
  const intents = intentsOf(question);
  const known = device === undefined ? [] : [
    ...topics.registers.flatMap(asked => registerFacts(asked, { device, topics, say })),
    ...intents.includes('place') ? (await Promise.all(topics.registers.map(asked => placeFacts(asked, { device, facts: ground.facts, say })))).flat() : [],
    ...topics.peripherals.flatMap(peripheral => peripheralFacts(peripheral, device, { say, question })),
  ];
  const all = [...known, ...dossiers.flatMap(dossier => handlerFacts(dossier, say))];
  const missing = device === undefined ? [] : await missingNames(question, { device, topics, say, isDefined: name => isDefined(name, ground) });
  if (all.length === 0 && missing.length === 0) return undefined;
  const first = askedFirst(all, { intents, topics, question });
  const within = new Set(missing.map(name => name.within));
  const isAbstention = missing.length > 0 && dossiers.length === 0 && topics.registers.every(({ place }) => within.has(place.path)) && topics.peripherals.every(({ name }) => within.has(name) || topics.registers.some(({ place }) => place.peripheral.name === name));
  const facts = isAbstention ? [] : [...first.asked, ...first.others].slice(0, mostFacts);
  return { facts, asked: isAbstention ? 0 : Math.min(first.asked.length, facts.length), missing, isAbstention, markdown: markdownOf({ facts, missing }, ground.source, say) };
}

/** What a fault dump in the question tells; its registers are no questions of their own. */
function faultFacts({ causes, places, next }: FaultReport, source: string, say: Say): AnswerFacts {
  return sentencesOf([...causes, ...places, ...next].map((text): DeviceFact => ({ kind: 'fault', text })), source, say);
}

/** Sentences that were worked out elsewhere as the facts of a question, all of them asked for. */
export function factsOf(facts: readonly DeviceFact[], source: string, question: string): AnswerFacts {
  return sentencesOf(facts, source, sayIn(question));
}

function sentencesOf(facts: readonly DeviceFact[], source: string, say: Say): AnswerFacts {
  return { facts, asked: facts.length, missing: [], isAbstention: false, markdown: markdownOf({ facts, missing: [] }, source, say) };
}

/** The intent that the topics can answer leads: "which bit enables the clock of USART2" is about a clock, not about a field. */
function askedFirst(facts: readonly DeviceFact[], { intents, topics, question }: { readonly intents: readonly FactKind[]; readonly topics: AskedTopics; readonly question: string }): { readonly asked: DeviceFact[]; readonly others: DeviceFact[] } {
  const kinds = new Set(facts.map(({ kind }) => kind));
  const usable = intents.filter(kind => kinds.has(kind));
  const order: readonly FactKind[] = topics.values.length > 0 ? ['decode', ...usable] : topics.registers.some(({ fields }) => fields.length > 0) ? ['effect', 'reset', 'access', 'place', 'position', 'address', 'field'] : ['place', 'field', 'reset', 'effect', 'access', 'address', 'interrupt', 'clock', 'handler'];
  const lead = order.find(kind => kind === 'decode' ? kinds.has(kind) : usable.includes(kind)) ?? usable[0] ?? (/0x[\da-f]{7}/i.test(question) && kinds.has('address') ? 'address' : undefined) ?? (kinds.has('handler') ? 'handler' : kinds.has('field') ? 'field' : kinds.has('position') ? 'position' : kinds.has('about') ? 'about' : undefined);
  return { asked: facts.filter(({ kind }) => kind === lead), others: facts.filter(({ kind }) => kind !== lead) };
}

function peripheralFacts(peripheral: Peripheral, device: Device, { say, question }: { readonly say: Say; readonly question: string }): DeviceFact[] {
  const { name, baseAddress, interrupts } = peripheral;
  const clock = peripheralClock(device, peripheral);
  const numbers = new Map([...interrupts, ...namesIn(question).filter(word => /_IRQ(n|Handler)$/.test(word)).flatMap(word => findInterrupts(device, word).map(({ interrupt }) => interrupt))].map(interrupt => [interrupt.value, interrupt.name]));
  const base = hex(baseAddress, 8);
  const facts: DeviceFact[] = [{ kind: 'address', value: base, text: say(`${name} starts at ${base}.`, `${name} 的基地址是 ${base}。`) }];
  if (clock !== undefined) facts.push(clockFact(name, clock, say));
  if (numbers.size > 0) facts.push(interruptFact(name, numbers, say));
  return facts;
}

function interruptFact(name: string, numbers: ReadonlyMap<number, string>, say: Say): DeviceFact {
  const [only, ...others] = numbers;
  if (only !== undefined && others.length === 0) return { kind: 'interrupt', value: String(only[0]), text: say(`The interrupt of ${name} is IRQ ${only[0]} (${only[1]}).`, `${name} 的中断号是 ${only[0]}（${only[1]}）。`) };
  const listed = [...numbers].slice(0, 8).map(([value, own]) => `${own} = IRQ ${value}`).join(', ');
  return { kind: 'interrupt', text: say(`Interrupts of ${name}: ${listed}.`, `${name} 的中断：${listed}。`) };
}

function clockFact(name: string, { bits, text }: PeripheralClock, say: Say): DeviceFact {
  const enables = bits.filter(({ does }) => does === 'enable').map(({ path, field }) => `${path} (${bitsOf(field.bitOffset, field.bitWidth)})`);
  if (enables.length === 0) return { kind: 'clock', text: say(`${name}: ${text}`, `${name}：${text}`) };
  // The manual's own line often says no more than which bits those are.
  const more = text === `Clock: ${bits.filter(({ does }) => does === 'enable').map(({ path }) => path).join(', ')}.` ? '' : text;
  return { kind: 'clock', value: enables.join(', '), text: say(`The clock of ${name} is enabled by ${enables.join(', ')}. ${more}`.trimEnd(), `${name} 的时钟由 ${enables.join(', ')} 使能。${more}`) };
}

async function isDefined(name: string, { facts, headerKnows }: FactGround): Promise<boolean> {
  if ((await facts.definitions(name)).length > 0) return true;
  return headerKnows?.(name) ?? false;
}

function markdownOf({ facts, missing }: Pick<AnswerFacts, 'facts' | 'missing'>, source: string, say: Say): string {
  const lines = [...missing.map(({ text }) => text), ...facts.map(({ text }) => text)];
  return [`**${say('Facts', '事实')}** · ${say(`computed by Halcyon from ${source}, not by the model`, `由 Halcyon 根据 ${source} 得出，而非模型生成`)}`, ...lines.map(line => `- ${escaped(line)}`)].join('\n');
}

/** Words of description files are no markup. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[<>]/g, character => (character === '<' ? '&lt;' : '&gt;')).replace(/([\\`*[\]])/g, '\\$1');
}
