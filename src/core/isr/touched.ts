import type { Device, RegisterPlace } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import { sideEffects } from '../device/sideEffects.ts';
import type { Graph } from '../graph/graph.ts';
import { resolveAccess, type ResolvedAccess } from '../graph/resolveAccess.ts';
import type { AccessFact } from '../parse/facts.ts';
import type { CallTree, TreeFunction } from './callTree.ts';
import type { FlagUse, RegisterUse } from './dossier.ts';

/** One register access of the handler's call tree, resolved. */
export interface Touch {
  readonly access: AccessFact;
  readonly resolved: ResolvedAccess;
  readonly use: RegisterUse;
}

/** Every register access of the tree, in call order. */
export async function touches(tree: CallTree, graph: Graph, device: Device | undefined): Promise<Touch[]> {
  const found: Touch[] = [];
  for (const { file, facts, function: { name, startLine, endLine } } of tree.functions) {
    for (const access of facts.accesses) {
      if (access.function !== name || access.line < startLine || access.line > endLine || access.operator === '&') continue;
      const resolved = await resolveAccess(access, { device, graph, facts });
      found.push({ access, resolved, use: toUse(access, resolved, { file, name }) });
    }
  }
  return found;
}

function toUse(access: AccessFact, resolved: ResolvedAccess, where: { readonly file: string; readonly name: TreeFunction['function']['name'] }): RegisterUse {
  const [first] = resolved.places;
  return {
    path: resolved.path, resolved: first !== undefined, fields: resolved.fields, kind: access.kind, function: where.name, file: where.file, line: access.line, expression: access.expression,
    ...(first !== undefined && resolved.how !== 'type' && { address: hex(first.address, 8) }),
  };
}

/** Status flags: those that are tested, and those that are cleared and how. */
export interface Flags {
  readonly tested: readonly FlagUse[];
  readonly cleared: readonly FlagUse[];
}

export function flags(all: readonly Touch[], device: Device | undefined): Flags {
  const tested = all.filter(({ access, use }) => access.kind === 'read' && use.fields.length > 0).flatMap(({ resolved, use }) => use.fields.filter(flag => isSingleBit(resolved, flag)).map(flag => toFlag(use, flag)));
  const written = all.filter(({ access }) => access.kind !== 'read').flatMap(touch => clearedByWriting(touch, device));
  return { tested: distinct(tested), cleared: distinct([...written, ...clearedByReading(all, device)]) };
}

/** A wider field is a value, not a flag. */
function isSingleBit({ places: [place] }: ResolvedAccess, name: string): boolean {
  return (place?.register.fields.find(field => field.name === name)?.bitWidth ?? 1) === 1;
}

/** Names of flag clear registers: `IFCR`, `LIFCR`, `ICR`, `INTCLR`. */
const clearRegister = /(^|_)(L|H)?I?F?CR$|ICR$|CLR$|CLEAR$/;

function clearedByWriting({ access, resolved, use }: Touch, device: Device | undefined): FlagUse[] {
  const [place] = resolved.places;
  if (place === undefined || device === undefined) return [];
  const effects = sideEffects(place, { device: device.name });
  // Through a driver's function the value is its caller's: only flags that stand there by name are known to be meant.
  const namedOnly = resolved.how === 'type' || access.value?.includes('~') === true;
  const named = use.fields.filter(field => !namedOnly || access.value?.includes(field) === true);
  return named.flatMap(flag => {
    const effect = effects.find(({ modifiedWriteValues, fields }) => modifiedWriteValues !== undefined && /ToClear$/.test(modifiedWriteValues) && (fields?.includes(flag) ?? true));
    const inverted = access.value?.includes('~') === true;
    if (effect?.modifiedWriteValues === 'zeroToClear') return inverted || access.operator === '&=' ? [toFlag(use, flag, 'writing 0')] : [];
    if (effect?.modifiedWriteValues === 'oneToClear' || (effect === undefined && clearRegister.test(place.register.name))) return inverted ? [] : [toFlag(use, flag, 'writing 1')];
    return [];
  });
}

/** Flags that the chip clears when a second register is read after the first: tested here, with that read later in the tree. */
function clearedByReading(all: readonly Touch[], device: Device | undefined): FlagUse[] {
  if (device === undefined) return [];
  return all.filter(({ access }) => access.kind === 'read').flatMap(({ resolved, use }) => {
    const [place] = resolved.places;
    if (place === undefined) return [];
    return use.fields.flatMap(flag => {
      const reads = dataReadThatClears(place, flag, device);
      const reader = reads === undefined ? undefined : all.find(other => other.access.kind === 'read' && other.resolved.places[0]?.peripheral === place.peripheral && other.resolved.places[0].register.name === reads);
      return reader === undefined ? [] : [{ ...toFlag(use, flag, `reading ${place.register.name} then ${reads ?? ''}`), file: reader.use.file, line: reader.use.line }];
    });
  });
}

function dataReadThatClears(place: RegisterPlace, flag: string, device: Device): string | undefined {
  const field = place.register.fields.find(({ name }) => name === flag);
  if (field === undefined) return undefined;
  const text = sideEffects(place, { device: device.name, field }).map(effect => effect.text).join(' ');
  return /reading \w+ and then reading (\w+)/.exec(text)?.[1] ?? (/^US?ART/.test(place.peripheral.groupName ?? place.peripheral.name) && flag === 'RXNE' ? 'DR' : undefined);
}

function toFlag({ path, file, line }: RegisterUse, flag: string, how?: string): FlagUse {
  return { path, flag, file, line, ...(how !== undefined && { how }) };
}

function distinct(uses: readonly FlagUse[]): FlagUse[] {
  return [...new Map(uses.map(use => [`${use.path}.${use.flag} ${use.how ?? ''}`, use])).values()];
}
