import type { Device, Field, RegisterPlace } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import { sideEffects, type SideEffect } from '../manual/sideEffects.ts';
import { registerReads } from '../graph/bareReads.ts';
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

/** Accesses that are joined to the chip; generated code has tens of thousands, and no reader. */
export const mostTouches = 3000;

/** Every register access of the tree, in call order, up to a number that no handler written by hand reaches. */
export async function touches(tree: CallTree, graph: Graph, device: Device | undefined): Promise<Touch[]> {
  const found: Touch[] = [];
  for (const { file, facts, function: { name, startLine, endLine } } of tree.functions) {
    for (const access of facts.accesses) {
      if (access.function !== name || access.line < startLine || access.line > endLine || access.operator === '&') continue;
      if (found.length >= mostTouches) return found;
      const resolved = await resolveAccess(access, { device, graph, facts });
      found.push({ access, resolved, use: toUse(access, resolved, { file, name }) });
    }
    const reads = await registerReads({ device, graph, facts }, read => read.function === name && read.line >= startLine && read.line <= endLine);
    for (const { access, resolved } of reads) found.push({ access, resolved, use: toUse(access, resolved, { file, name }) });
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
  const tested = all.filter(({ access, use }) => access.kind === 'read' && use.fields.length > 0).flatMap(({ resolved, use }) => use.fields.filter(flag => isFlag(resolved, flag)).map(flag => toFlag(use, flag)));
  const written = all.filter(({ access }) => access.kind !== 'read').flatMap(touch => clearedByWriting(touch, device));
  const read = device === undefined ? [] : [...clearedByReading(all, device), ...clearedByAccess(all, device)];
  return { tested: distinct(tested), cleared: distinct([...written, ...read]) };
}

/** A wider field is a value, and an enable bit of a control register is what the program chose: no flags. */
function isFlag({ places: [place] }: ResolvedAccess, name: string): boolean {
  if ((place?.register.fields.find(field => field.name === name)?.bitWidth ?? 1) !== 1) return false;
  return place === undefined || !/(^|_)(CR\d*|CTL\d*|CTRL\w*|CTLR\d*|CFG\w*|CONFIG|CCR\d*|S\d+CR|DIER|IER|IMR|INTEN\w*|ENABLE)$/.test(place.register.name) || !/(IE|EN|E|ENABLE)\d*$/.test(name);
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

/** Flags that the chip clears when a second register is read or written after the first: tested here, with that access in the tree. */
function clearedByReading(all: readonly Touch[], device: Device): FlagUse[] {
  return all.filter(({ access }) => access.kind === 'read').flatMap(({ resolved: { places: [place] }, use }) => {
    if (place === undefined) return [];
    return use.fields.flatMap(flag => {
      const second = secondAccess(place, flag, device);
      const found = second === undefined ? undefined : all.find(({ access: { kind, through }, resolved: { places: [other] } }) =>
        (second.kind === 'read' ? kind !== 'write' : kind !== 'read') && through === undefined && other?.peripheral === place.peripheral && other.register.name === second.register);
      return found === undefined ? [] : [{ ...toFlag(use, flag, `reading ${place.register.name} then ${second?.kind === 'write' ? 'writing ' : ''}${second?.register ?? ''}`), file: found.use.file, line: found.use.line }];
    });
  });
}

/** Flags that go by themselves: with the read that tests them, or when the data register is served. */
function clearedByAccess(all: readonly Touch[], device: Device): FlagUse[] {
  return all.filter(({ access }) => access.kind === 'read').flatMap(({ resolved: { places: [place] }, use }) => {
    if (place === undefined) return [];
    return use.fields.flatMap(flag => {
      const field = place.register.fields.find(({ name }) => name === flag);
      const effects = field === undefined ? [] : sideEffects(place, { device: device.name, field });
      if (effects.some(({ readAction }) => readAction === 'clear')) return [toFlag(use, flag, `reading ${place.register.name}`)];
      const served = servedBy(place, flag, all);
      return served === undefined ? [] : [{ ...toFlag(use, flag, served.how), file: served.use.file, line: served.use.line }];
    });
  });
}

/** `TXE` goes when the data register is written, `RXNE` when it is read: so on every part that has flags of these names. */
function servedBy({ peripheral }: RegisterPlace, flag: string, all: readonly Touch[]): { readonly use: RegisterUse; readonly how: string } | undefined {
  const kind = /^(TXE|TXFNF|TXE_TXFNF|TXIS)$/i.test(flag) ? 'write' : /^(RXNE|RXFNE|RXNE_RXFNE)$/i.test(flag) ? 'read' : undefined;
  if (kind === undefined) return undefined;
  const names = kind === 'write' ? /^(DR|TDR|TXDR|DATA)$/ : /^(DR|RDR|RXDR|DATA)$/;
  const found = all.find(({ access, resolved: { places: [place] } }) => access.kind === kind && access.through === undefined && place?.peripheral === peripheral && names.test(place.register.name));
  return found === undefined ? undefined : { use: found.use, how: `${kind === 'write' ? 'writing' : 'reading'} ${found.resolved.places[0]?.register.name ?? 'DR'}` };
}

function secondAccess(place: RegisterPlace, flag: string, device: Device): { readonly kind: 'read' | 'write'; readonly register: string } | undefined {
  const field = place.register.fields.find(({ name }) => name === flag);
  if (field === undefined) return undefined;
  const text = sideEffects(place, { device: device.name, field }).map(effect => effect.text).join(' ');
  const [, kind, register] = /reading \w+ and then (reading|writing) (\w+)/.exec(text) ?? [];
  return register === undefined ? undefined : { kind: kind === 'writing' ? 'write' : 'read', register };
}

/** How writing clears a flag, where that is known. */
export function clearingEffect(place: RegisterPlace, field: Field, { name }: Device): SideEffect | undefined {
  return sideEffects(place, { device: name, field }).find(({ modifiedWriteValues }) => /ToClear$/.test(modifiedWriteValues ?? ''));
}

function toFlag({ path, file, line }: RegisterUse, flag: string, how?: string): FlagUse {
  return { path, flag, file, line, ...(how !== undefined && { how }) };
}

function distinct(uses: readonly FlagUse[]): FlagUse[] {
  return [...new Map(uses.map(use => [`${use.path}.${use.flag} ${use.how ?? ''}`, use])).values()];
}
