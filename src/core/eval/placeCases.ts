import type { Device } from '../device/device.ts';
import { findAccesses } from '../graph/findAccesses.ts';
import { createGraph } from '../graph/graph.ts';
import { resolveAccess } from '../graph/resolveAccess.ts';
import { findHandlers } from '../isr/handlers.ts';
import type { AccessFact } from '../parse/facts.ts';
import type { RetrievalAnswer, RetrievalCase } from './retrievalCase.ts';
import { oneOf, shuffled } from './seededSample.ts';
import { answersAt, type SuiteSource } from './suiteSource.ts';

/** "Where is X configured, cleared, handled": any of the places that the graph knows is an answer. */
export async function placeCases(source: SuiteSource): Promise<RetrievalCase[]> {
  const accesses = source.files.flatMap(({ file, facts }) => facts.accesses.filter(({ kind, function: inside }) => kind !== 'read' && inside !== undefined).map(access => ({ file, access, facts })));
  const cases: RetrievalCase[] = [];
  const asked = new Set<string>();
  for (const sample of shuffled(accesses, source.random).slice(0, source.perKind * 20)) {
    const made = source.device === undefined ? await writtenCase(source, sample.access) : await registerCase(source, sample, source.device);
    if (made === undefined || asked.has(made.question) || cases.filter(({ kind }) => kind === made.kind).length >= source.perKind) continue;
    asked.add(made.question);
    cases.push(made);
  }
  return [...cases, ...await handlerCases(source)];
}

const configuredAskings = ['where is @ configured', 'which function sets @', 'who writes @', '@ 在哪里配置'];
const clearedAskings = ['where is @ cleared', 'which code clears @', '@ 在哪里清除'];
const handledAskings = ['where is the @ interrupt handled', 'which handler serves the @ interrupt', '@ 中断在哪里处理'];

async function registerCase(source: SuiteSource, { access, facts }: { readonly access: AccessFact; readonly facts: SuiteSource['files'][number]['facts'] }, device: Device): Promise<RetrievalCase | undefined> {
  const resolved = await resolveAccess(access, { device, graph: createGraph(source.catalog), facts });
  const [place] = resolved.places;
  if (place === undefined || resolved.how === 'type') return undefined;
  const cleared = clears(access);
  const field = oneOf(resolved.fields.filter(name => place.register.fields.some(known => known.name === name)), source.random);
  const path = field === undefined ? place.path : `${place.path}.${field}`;
  const { accesses } = await findAccesses(source.catalog, device, path);
  const places = accesses.filter(({ kind, expression }) => kind !== 'read' && (!cleared || clearsText.test(expression)));
  return placeCase(source, path, cleared, places);
}

/** Without a description of the chip: what the code writes to, by its own name. */
async function writtenCase(source: SuiteSource, access: AccessFact): Promise<RetrievalCase | undefined> {
  const name = [access.base, ...access.members].join('->');
  if (!/^[A-Z][A-Z\d_]{4,}(->[A-Z\d_[\]]+)?$/.test(name)) return undefined;
  const cleared = clears(access);
  const places: { file: string; line: number }[] = [];
  for (const file of (await source.catalog.mentions(access.base)).slice(0, 60)) {
    const same = (await source.catalog.facts(file))?.accesses.filter(other => [other.base, ...other.members].join('->') === name && other.kind !== 'read' && (!cleared || clears(other)));
    places.push(...(same ?? []).map(({ line }) => ({ file, line })));
  }
  return placeCase(source, name, cleared, places);
}

async function placeCase(source: SuiteSource, name: string, cleared: boolean, places: readonly { readonly file: string; readonly line: number }[]): Promise<RetrievalCase | undefined> {
  const answers: RetrievalAnswer[] = [];
  for (const { file, line } of places.slice(0, 60)) answers.push(...await answersAt(source.catalog, file, line));
  if (answers.length === 0) return undefined;
  return { kind: cleared ? 'cleared' : 'configured', question: (oneOf(cleared ? clearedAskings : configuredAskings, source.random) ?? '@').replace('@', name), answers };
}

const clearsText = /&=|CLEAR_BIT|= *~|BIT_CLEAR|\bclear/i;

function clears({ operator = '', expression }: AccessFact): boolean {
  return operator === '&=' || clearsText.test(operator) || /(CLEAR_BIT|= *~)/.test(expression);
}

async function handlerCases({ catalog, device, perKind, random }: SuiteSource): Promise<RetrievalCase[]> {
  const { handlers } = await findHandlers(catalog, device);
  const byName = Map.groupBy(handlers, ({ tableName }) => tableName);
  const cases: RetrievalCase[] = [];
  for (const [name, same] of shuffled([...byName], random).slice(0, perKind)) {
    const spoken = name.replace(/_?(IRQ_?Handler|Handler|isr|ISR|IRQ|irq|handler)$/, '').replace(/^(isr|irq)_/, '');
    const answers: RetrievalAnswer[] = [];
    for (const { file, function: { startLine } } of same) answers.push(...await answersAt(catalog, file, startLine));
    if (answers.length > 0 && spoken.length > 1) cases.push({ kind: 'handled', question: (oneOf(handledAskings, random) ?? '@').replace('@', spoken), answers });
  }
  return cases;
}
