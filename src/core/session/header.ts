import * as path from 'node:path/posix';
import type { CheckReport } from '../engine.ts';
import { findHeaders, headerNames, isPartMacro, symbolFileNames } from '../detect/findHeaders.ts';
import { addCorePeripherals } from '../device/corePeripherals.ts';
import { deviceFromHeader } from '../header/deviceFromHeader.ts';
import type { HeaderJoin } from '../header/headerJoin.ts';
import { joinHeader } from '../header/joinHeader.ts';
import type { HeaderText } from '../header/preprocess.ts';
import type { Host } from '../host.ts';
import { resolveInclude } from '../header/resolveInclude.ts';
import { withManualValues } from '../manual/manualValues.ts';
import { parsePreprocessorOptions } from '../parse/compileCommands.ts';
import { hashText } from '../text/hash.ts';
import type { Hardware } from './hardware.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';

/** The device header of a workspace, joined to its description; without `join`, `problem` says why there is none. */
export interface OpenHeader {
  readonly join?: HeaderJoin;
  readonly problem?: string;
}

/** Counted up with every change of what a join says. */
const producer = 'header-join-8';

/** Finds the chip's device header and joins it, or takes the join from the cache while every file it was made of is unchanged. */
export async function openHeader(parts: EngineParts, hardware: Hardware): Promise<OpenHeader> {
  const part = hardware.detected.device ?? hardware.device?.name;
  if (part === undefined) return { problem: 'No chip was recognised in this folder, so its device header is not known.' };
  const { files } = await parts.host.list();
  const names = files.map(({ file }) => file);
  const build = await buildSettings(parts, hardware, names);
  const choice = findHeaders(part, names)?.files ?? await headersOnDisk(parts, part, build.folders);
  if (choice.length === 0) return { problem: `No device header for ${part} was found in the workspace or its include path.` };
  const cache = (await parts.hardwareChoice()).deviceCache;
  const key = hashText([producer, ...choice, hardware.svdKey ?? '', ...[...build.defines].flat()].join('\0'));
  const kept = await keptJoin(parts, await cache?.read(key));
  if (kept !== undefined) return { join: kept };
  const { join, keys } = await makeJoin(parts, { hardware, part, choice, names, ...build });
  await cache?.write(key, new TextEncoder().encode(JSON.stringify({ keys, join })));
  return { join };
}

interface BuildSettings {
  readonly defines: ReadonlyMap<string, string>;
  /** Include folders that the build names. */
  readonly folders: readonly string[];
}

/** Defines and include folders of the build: the compilation database when there is one, the evidence of the detection otherwise. */
async function buildSettings(parts: EngineParts, { detected }: Hardware, names: readonly string[]): Promise<BuildSettings> {
  const defines = new Map<string, string>();
  for (const { evidence } of detected.sources) for (const match of evidence.matchAll(/-D\s*"?([A-Za-z_]\w*)(?:=(\w+))?/g)) defines.set(match[1] ?? '', match[2] ?? '1');
  const folders = new Set<string>();
  for (const file of names.filter(name => path.basename(name) === 'compile_commands.json').slice(0, 3)) {
    const source = await readSource(parts.host, file);
    if ('problem' in source) continue;
    const options = parsePreprocessorOptions(source.text);
    for (const folder of options.includeFolders) folders.add(folder);
    for (const [name, body] of options.defines) defines.set(name, body);
    if (folders.size > 500) break;
  }
  return { defines, folders: [...folders] };
}

/** An SDK outside the workspace: headers looked for by name in the include folders. */
async function headersOnDisk({ host }: EngineParts, part: string, folders: readonly string[]): Promise<string[]> {
  for (const folder of folders) {
    for (const name of headerNames(part)) {
      const file = path.join(folder, name);
      if (await exists(host, file)) return [file, ...await symbolsBeside(host, file)];
    }
  }
  return [];
}

async function symbolsBeside(host: Host, header: string): Promise<string[]> {
  for (const name of symbolFileNames(header)) {
    const file = path.join(path.dirname(header), name);
    if (await exists(host, file)) return [file];
  }
  return [];
}

async function exists(host: Host, file: string): Promise<boolean> {
  return await host.stat(file).catch(() => undefined) !== undefined;
}

interface JoinRequest extends BuildSettings {
  readonly hardware: Hardware;
  readonly part: string;
  readonly choice: readonly string[];
  readonly names: readonly string[];
}

async function makeJoin(parts: EngineParts, { hardware, part, choice, names, defines, folders }: JoinRequest): Promise<{ readonly join: HeaderJoin; readonly keys: readonly string[] }> {
  const parser = await parts.parser();
  const byName = new Map<string, string[]>();
  for (const file of names) if (/\.(h|inc)$/i.test(file)) byName.set(path.basename(file), [...byName.get(path.basename(file)) ?? [], file]);
  const keys = new Map<string, string>();
  const read = async (file: string): Promise<HeaderText | undefined> => {
    const source = await readSource(parts.host, file);
    if ('problem' in source) return undefined;
    keys.set(file, hashText(source.text));
    return { file, text: source.text };
  };
  const include = async (name: string, from: string): Promise<HeaderText | undefined> => {
    const found = resolveInclude(name, from, { files: byName, folders });
    if (found !== undefined) return read(found);
    for (const folder of [path.dirname(from), ...folders].filter(candidate => candidate.startsWith('/'))) {
      const file = path.join(folder, name);
      if (await exists(parts.host, file)) return read(file);
    }
    return undefined;
  };
  const roots = (await Promise.all(choice.map(read))).flatMap(root => root ?? []);
  const join = await joinHeader(roots, {
    defines, include, isMeant: name => isPartMacro(part, name), parse: (text, file) => parser.parse(text, file).facts,
    ...(hardware.device !== undefined && { device: hardware.device }), pause: async () => parts.host.pause?.(),
  });
  return { join, keys: join.files.map(file => keys.get(file) ?? '') };
}

/** A kept join, while the files it was made of say the same. */
async function keptJoin({ host }: EngineParts, bytes: Uint8Array | undefined): Promise<HeaderJoin | undefined> {
  if (bytes === undefined) return undefined;
  const kept = JSON.parse(new TextDecoder().decode(bytes)) as { readonly keys: readonly string[]; readonly join: HeaderJoin };
  for (const [index, file] of kept.join.files.entries()) {
    const source = await readSource(host, file);
    if ('problem' in source || hashText(source.text) !== kept.keys[index]) return undefined;
  }
  return kept.join;
}

/** For a chip without an SVD file: the registers that its header declares, marked as such. */
export async function withHeaderDevice(parts: EngineParts, hardware: Hardware): Promise<Hardware> {
  const part = hardware.detected.device;
  if (hardware.device !== undefined || part === undefined) return hardware;
  // A parser that cannot be opened must not take the detected chip with it.
  const { join } = await openHeader(parts, hardware).catch((error: unknown): OpenHeader => ({ problem: error instanceof Error ? error.message : String(error) }));
  const device = join === undefined ? undefined : deviceFromHeader(join, part);
  if (join === undefined || device === undefined) return hardware;
  return { ...hardware, device: withManualValues(addCorePeripherals(device)), headerFile: join.files[0] ?? '', svdKey: hashText(`header\0${join.files.join('\0')}\0${join.registers.length}\0${join.macros.length}`) };
}

/** Which header was compared with the description, and what they say differently. */
export function checkReport(hardware: Hardware, { join, problem }: OpenHeader): CheckReport {
  const svd = hardware.svdFile;
  if (join === undefined) return { headers: [], checks: [], problems: [{ file: '', message: problem ?? 'no device header' }], ...(svd !== undefined && { svd }) };
  const problems = hardware.device === undefined || hardware.headerFile !== undefined ? [{ file: '', message: 'No SVD file of the chip is in use, so there is nothing to hold the header against.' }, ...join.problems] : join.problems;
  const isCompared = hardware.device !== undefined && hardware.headerFile === undefined;
  return { headers: join.files, checks: isCompared ? join.disagreements : [], ...(isCompared && { coverage: join.coverage }), problems, ...(svd !== undefined && { svd }) };
}
