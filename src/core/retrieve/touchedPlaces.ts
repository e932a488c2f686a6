import type { Chunk } from '../chunk/chunk.ts';
import type { Device } from '../device/device.ts';
import { findAccesses, kindOfAccess, type RegisterAccess } from '../graph/findAccesses.ts';
import type { Graph } from '../graph/graph.ts';
import type { Catalog } from '../store/catalog.ts';
import { tokenize } from '../text/words.ts';
import { namedIdeas } from './glossary.ts';
import { registerNames, type NamedPlace } from './namedPlaces.ts';

/** What a question wants to know of a register: who clears it, who writes it, who reads it. */
export type AccessQuestion = 'clear' | 'write' | 'read';

/** Files looked into for the accesses of one name, and places shown of it. */
const mostFiles = 16;
const mostPlaces = 12;
const mostNames = 4;

const clearing = new Set(['clear', 'disable', 'delete']);
const writing = new Set(['configure', 'set', 'write', 'initialize', 'enable', 'update', 'start', 'stop', 'trigger', 'toggle', 'unlock', 'feed', 'transmit']);
const reading = new Set(['read', 'get', 'check', 'poll', 'busy wait', 'wait', 'receive']);

/** What the question's verbs ask for; undefined when they ask for no access. */
export function accessQuestion(question: string): AccessQuestion | undefined {
  const ideas = new Set(namedIdeas(question, tokenize(question)).map(({ idea }) => idea.name));
  const holds = (names: ReadonlySet<string>): boolean => [...ideas].some(name => names.has(name));
  if (holds(clearing)) return 'clear';
  if (holds(writing) || /\bwho (uses|touches)|\bconfigur|\bset(s|ting)? up/i.test(question)) return 'write';
  return holds(reading) ? 'read' : undefined;
}

/** Where the code touches the registers that a question names: the accesses it asks for first. */
export async function namedTouchedPlaces(question: string, where: TouchedIn): Promise<readonly NamedPlace[]> {
  const found: NamedPlace[] = [];
  for (const name of registerNames(question).slice(0, mostNames)) found.push(...await touchedPlaces(question, name, where));
  return found;
}

/** Where the code touches one register: the accesses that the question asks for first. */
export async function touchedPlaces(question: string, name: string, where: TouchedIn): Promise<readonly NamedPlace[]> {
  const wanted = accessQuestion(question);
  const accesses = [...await ofRegister(name, where), ...await asWritten(name, where)];
  const ordered = accesses.toSorted((one, other) => fitness(other, wanted) - fitness(one, wanted));
  const found: NamedPlace[] = [];
  for (const access of ordered.slice(0, mostPlaces)) {
    const chunk = await chunkAround(access, where.catalog);
    if (chunk !== undefined) found.push({ chunk, why: `${verbs[access.kind]} ${access.path}` });
  }
  return found;
}

/** What is searched for accesses. */
export interface TouchedIn {
  readonly catalog: Catalog;
  readonly device?: Device | undefined;
  readonly graph: Graph;
  /** Files looked into for one name; default 16. */
  readonly files?: number;
}

const verbs: Readonly<Record<RegisterAccess['kind'], string>> = { read: 'reads', write: 'writes', modify: 'changes', address: 'takes the address of' };

interface Touch {
  readonly file: string;
  readonly line: number;
  readonly kind: RegisterAccess['kind'];
  readonly path: string;
  readonly expression: string;
  readonly operator?: string | undefined;
}

async function ofRegister(name: string, { catalog, device, graph, files = mostFiles }: TouchedIn): Promise<Touch[]> {
  if (device === undefined) return [];
  const { accesses } = await findAccesses(catalog, device, name, { graph, mostFiles: files });
  return accesses.toSorted((one, other) => Number(one.how === 'type') - Number(other.how === 'type'))
    .map(({ file, line, kind, path, expression }) => ({ file, line, kind, path, expression }));
}

/** Accesses by the very names of the question, whatever chip the code is for. */
async function asWritten(name: string, { catalog, files: most = mostFiles }: TouchedIn): Promise<Touch[]> {
  const [base = '', ...members] = name.split(/->|::|\./);
  if (!/^[A-Z]\w{2,}$/.test(base)) return [];
  const files = await filesMentioning([base, ...members.map(member => member.replace(/\[.*/, ''))], catalog, most);
  const found: Touch[] = [];
  for (const file of files) {
    for (const access of (await catalog.facts(file))?.accesses ?? []) {
      if (access.base !== base || members.some((member, position) => access.members[position] !== member)) continue;
      found.push({ file, line: access.line, kind: kindOfAccess(access), path: [access.base, ...access.members].join('->'), expression: access.expression, operator: access.operator });
    }
  }
  return found;
}

async function filesMentioning(names: readonly string[], catalog: Catalog, most: number): Promise<string[]> {
  const [first = [], ...others] = await Promise.all(names.filter(name => name !== '').map(async name => catalog.mentions(name)));
  const sets = others.map(files => new Set(files));
  return first.filter(file => sets.every(files => files.has(file))).slice(0, most);
}

function fitness({ kind, expression, operator = '' }: Touch, wanted: AccessQuestion | undefined): number {
  const isWrite = kind === 'write' || kind === 'modify';
  if (wanted === 'read') return isWrite ? 0 : 1;
  if (wanted === 'clear' && isWrite && /&=|CLEAR|= *~/i.test(`${operator} ${expression}`)) return 2;
  return isWrite ? 1 : 0;
}

async function chunkAround({ file, line }: Touch, catalog: Catalog): Promise<Chunk | undefined> {
  return (await catalog.chunksAt(file, line)).find(({ kind }) => kind !== 'header');
}
