import { findRegisters } from '../device/findRegisters.ts';
import { oneOf, shuffled } from '../eval/seededSample.ts';
import { findAccesses, type RegisterAccess } from '../graph/findAccesses.ts';
import { createGraph } from '../graph/graph.ts';
import { listed } from '../text/listed.ts';
import { chipFamily } from './chipFamily.ts';
import { mostOf, type CollectOptions, type DatasetSource } from './datasetSource.ts';
import type { Draft } from './example.ts';
import { strictestLicence } from './licence.ts';

/** Files whose accesses are looked at for registers to ask about. */
const mostFiles = 400;
/** Places that one answer names. */
const mostPlaces = 10;
/** Registers asked about whose first use is in one file: start-up code is not to drown the drivers. */
const mostOfFile = 12;

/** Where registers are written and read, from the lines that retrieval quotes. */
export async function* collectUses(source: Pick<DatasetSource, 'catalog' | 'device' | 'facts' | 'text' | 'rest'>, options: CollectOptions): AsyncGenerator<Draft> {
  const { device, facts } = source;
  if (device === undefined) return;
  const graph = createGraph(facts, device.name);
  let made = 0;
  const ofFile = new Map<string, number>();
  for (const path of await usedRegisters(source, options)) {
    if (made >= mostOf(options, 'use') || options.signal?.aborted === true) return;
    const { accesses } = await findAccesses(facts, device, path, { mostFiles: 60, graph });
    const sure = accesses.filter(({ how, kind }) => how !== 'type' && how !== 'none' && kind !== 'address');
    await source.rest();
    const file = sure[0]?.file;
    const before = ofFile.get(file ?? '') ?? 0;
    if (file === undefined || sure.length > mostPlaces * 3 || before >= mostOfFile) {
      options.drop({ source: 'use', reason: file === undefined ? 'no use is certain' : before >= mostOfFile ? 'enough of this file' : 'used in too many places', question: path });
      continue;
    }
    ofFile.set(file, before + 1);
    const context = await quoted(sure, source);
    if (context === undefined) continue;
    made += 1;
    yield {
      ...asked(path, sure, options.random), context, source: 'use',
      provenance: { files: [...new Set(sure.map(({ file }) => file))], chip: device.name, family: chipFamily(device), licence: strictestLicence(await Promise.all(sure.map(async ({ file }) => options.licenceOf(file)))) },
    };
  }
}

/** Registers that the code names, as paths of the chip, in an order of their own. */
async function usedRegisters({ catalog, device, rest }: Pick<DatasetSource, 'catalog' | 'device' | 'rest'>, { random }: CollectOptions): Promise<string[]> {
  if (device === undefined) return [];
  const files = [...await catalog.files()].filter(([file, { contentKey }]) => contentKey !== undefined && /\.(c|cc|cpp|cxx|h|hpp|ino)$/i.test(file)).map(([file]) => file).sort();
  const paths = new Set<string>();
  for (const file of shuffled(files, random).slice(0, mostFiles)) {
    for (const { base, members: [member] } of (await catalog.facts(file))?.accesses ?? []) {
      if (member === undefined || !/^[A-Z]\w*$/.test(base)) continue;
      const [found, ...others] = findRegisters(device, `${base}.${member}`);
      if (found !== undefined && others.length === 0) paths.add(found.place.path);
    }
    await rest();
  }
  return shuffled([...paths].sort(), random);
}

/** The lines with the accesses, each under its file. */
async function quoted(accesses: readonly RegisterAccess[], { text }: Pick<DatasetSource, 'text'>): Promise<string | undefined> {
  const parts: string[] = [];
  for (const [file, uses] of Map.groupBy(accesses.slice(0, mostPlaces), access => access.file)) {
    const lines = (await text(file))?.split('\n');
    if (lines === undefined) return undefined;
    parts.push(`${file}\n${[...new Set(uses.map(({ line }) => line))].map(line => `${line}| ${lines[line - 1]?.trim() ?? ''}`).join('\n')}`);
  }
  return parts.join('\n\n');
}

function asked(path: string, accesses: readonly RegisterAccess[], random: () => number): Pick<Draft, 'question' | 'answer'> {
  const writes = accesses.filter(({ kind }) => kind !== 'read');
  const wantsWrites = writes.length > 0 && random() < 0.6;
  const question = (oneOf(wantsWrites ? ['Where is @ written?', 'Which functions write @?'] : ['Where is @ used?', 'Where does the code access @?'], random) ?? '@').replace('@', () => `\`${path}\``);
  const meant = wantsWrites ? writes : accesses;
  const shown = meant.slice(0, mostPlaces);
  const lines = shown.map(({ file, line, function: inside, kind, fields, expression }) =>
    `- ${file}:${line}${inside === undefined ? '' : ` in \`${inside}\``}: ${verbs[kind]} \`${expression.replace(/\s+/g, ' ').replaceAll('`', '\'')}\`${fields.length === 0 ? '' : `, which touches ${listed(fields, 5)}`}`);
  const more = meant.length > shown.length ? `\n- and ${meant.length - shown.length} more places` : '';
  return { question, answer: `\`${path}\` is ${wantsWrites ? 'written' : 'used'} ${meant.length === 1 ? 'in one place' : `in ${meant.length} places`}:\n${lines.join('\n')}${more}` };
}

const verbs: Readonly<Record<RegisterAccess['kind'], string>> = { read: 'reads', write: 'writes', modify: 'changes', address: 'takes the address in' };
