import { noMaterial, type QuestionMaterial } from '../answer/ask.ts';
import { registerEvidence } from '../answer/hardwareEvidence.ts';
import { headerEvidence } from '../answer/headerEvidence.ts';
import { siblings } from '../answer/askedTopics.ts';
import type { Device, Peripheral, RegisterPlace } from '../device/device.ts';
import { findPeripherals, peripheralsOfGroup } from '../device/findPeripherals.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { firstRegisters } from '../device/places.ts';
import type { AskRequest } from '../engine.ts';
import { initTimeline, type InitStep } from '../graph/initTimeline.ts';
import { peripheralClock } from '../manual/clockGates.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';
import type { TaskGround } from './taskMaterial.ts';

const mostRegisters = 6;
/** Registers among which those that control a peripheral are looked for. */
const mostLookedAt = 4000;
const mostSteps = 24;
const mostSiblings = 3;

/** For setting a peripheral up: its clock, the order in which this project sets it (or one like it) up, and its registers. */
export async function initMaterial({ question, attached = [] }: AskRequest, ground: TaskGround): Promise<QuestionMaterial> {
  const { device } = ground;
  const words = [...question.match(/[A-Za-z_]\w*/g) ?? [], ...attached.flatMap(item => (item.kind === 'register' ? item.path.split('.').slice(0, 1) : []))];
  const peripheral = device === undefined ? undefined : peripheralIn(words, device);
  if (device === undefined || peripheral === undefined) return noMaterial;
  const order = await orderOf(peripheral, device, ground);
  const places = registersToSet(peripheral, device, order?.steps ?? []);
  const header = headerEvidence(places.map(({ place }) => place), peripheral, await ground.header());
  return {
    first: [
      ...clockEvidence(peripheral, device, ground.source),
      ...order === undefined ? [] : [orderEvidence(order)],
      ...places.map(({ place, fields }) => registerEvidence(place, device, ground.source, fields)),
      ...header === undefined ? [] : [header],
    ],
    then: [], problems: [], isComplete: false,
  };
}

/** The peripheral that is named, else the first of the kind: `USART`. */
function peripheralIn(words: readonly string[], device: Device): Peripheral | undefined {
  const named = words.flatMap(word => findPeripherals(device, word).filter(({ name }) => name.toLowerCase() === word.toLowerCase()));
  return named[0] ?? words.filter(word => /^[A-Z][A-Z0-9_]{2,}$/.test(word)).flatMap(word => peripheralsOfGroup(device, word))[0];
}

/** The bits that feed it, each register with only those. */
function clockEvidence(peripheral: Peripheral, device: Device, source: string): EvidenceCandidate[] {
  const clock = peripheralClock(device, peripheral);
  if (clock === undefined) return [];
  const enables = clock.bits.filter(({ does }) => does === 'enable');
  return [
    { kind: 'device', title: `Facts: clock of ${peripheral.name} (${source})`, text: clock.text, path: enables[0]?.place.path ?? peripheral.name },
    ...enables.slice(0, 2).map(({ place, field }) => registerEvidence(place, device, source, [field.name])),
  ];
}

interface Order {
  readonly peripheral: string;
  readonly steps: readonly InitStep[];
}

async function orderOf(peripheral: Peripheral, device: Device, { facts }: TaskGround): Promise<Order | undefined> {
  for (const candidate of [peripheral, ...siblings(peripheral.name, device).filter(({ name }) => name !== peripheral.name).slice(0, mostSiblings)]) {
    const { steps } = await initTimeline(facts, device, candidate.name);
    const certain = steps.filter(({ how }) => how !== 'type');
    if (certain.length > 0) return { peripheral: candidate.name, steps: certain };
  }
  return undefined;
}

function orderEvidence({ peripheral, steps }: Order): EvidenceCandidate {
  const lines = steps.slice(0, mostSteps).map(({ file, line, function: inside, expression, isClock }, index) => `${index + 1}. ${file}:${line} ${inside}(): ${expression.replace(/\s+/g, ' ').slice(0, 160)}${isClock === true ? ' (clock on)' : ''}`);
  const [first] = steps;
  return { kind: 'device', title: `Facts: order in which this project sets up ${peripheral}`, text: [...lines, ...steps.length > mostSteps ? [`(and ${steps.length - mostSteps} more)`] : []].join('\n'), ...(first !== undefined && { file: first.file, line: first.line }) };
}

interface ToSet {
  readonly place: RegisterPlace;
  readonly fields: readonly string[];
}

/** Registers that the project sets first, with the fields it sets; then those that control it by their names and may be written. */
function registersToSet(peripheral: Peripheral, device: Device, steps: readonly InitStep[]): ToSet[] {
  const own = new Map(firstRegisters(peripheral, mostLookedAt).map(place => [place.path.slice(peripheral.name.length + 1), place]));
  const used = new Map<string, Set<string>>();
  for (const { path, fields, isClock } of steps) {
    const name = path.split('.').slice(1).join('.');
    const found = own.has(name) ? undefined : findRegisters(device, `${peripheral.name}.${name}`)[0]?.place;
    if (found?.peripheral === peripheral) own.set(name, found);
    if (isClock !== true && own.has(name)) used.set(name, new Set([...used.get(name) ?? [], ...fields]));
  }
  const others = [...own.keys()].filter(name => !used.has(name) && own.get(name)?.register.access !== 'read-only').toSorted((one, other) => Number(isControl(other)) - Number(isControl(one)));
  return [...[...used].map(([name, fields]) => ({ name, fields: [...fields] })), ...others.map(name => ({ name, fields: [] }))]
    .slice(0, mostRegisters).flatMap(({ name, fields }) => {
      const place = own.get(name);
      return place === undefined ? [] : [{ place, fields }];
    });
}

function isControl(name: string): boolean {
  return /^(?:CR|CTRL|CTL|CFG|CONFIG|MODE|BRR|BAUD|PSC|ARR|CCR|CCMR|TIMING|OSPEED|AFR|ENABLE|PSEL|DIV|CON)/i.test(name) || /(?:CTRL|CFG|CR\d?|MODER|BAUD\w*)$/i.test(name);
}
