import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { FunctionFact, UseFact, VariableFact } from '../parse/facts.ts';
import { atomicKind, isAtomicType } from './atomicAccess.ts';
import type { CallTree } from './callTree.ts';
import type { SharedVariable } from './dossier.ts';
import { isCalledGuarded, keepsAway } from './interruptsOff.ts';
import { ringBufferParts } from './ringBuffers.ts';
import { typeBits } from './typeBits.ts';

/** A global, with where it is declared. */
interface Declared {
  readonly variable: VariableFact;
  readonly file: string;
}

/** A use with its file, and what guards it. */
export interface PlacedUse extends UseFact {
  readonly file: string;
  /** Through an atomic built-in. */
  readonly isAtomic?: true;
  /** Interrupts are off there. */
  readonly isGuarded?: true;
  /** They are off at every call of the function that is seen. */
  readonly isAsCalled?: true;
}

/** Places listed for one variable; a counter used everywhere would fill the dossier. */
const mostPlaces = 12;

/** A type whose `volatile` stands on the variable itself; members of a struct may be volatile each by itself. */
export function isScalarType(type: string): boolean {
  return /^(volatile |static |register |signed |unsigned )*(u?int\d*(_fast\d+|_least\d+)?(_t)?|char|short|long|bool|_Bool|size_t|float|double|signed|unsigned)\b[\w ]*(\[.*\])*$/.test(type);
}

/** Globals that the handler's call tree and other code both use, and that somebody writes. */
export async function sharedVariables(source: FactSource, tree: CallTree, device?: Device): Promise<SharedVariable[]> {
  const inTree = new Set(tree.functions.map(({ file, function: { name } }) => `${file}\n${name}`));
  const handlerName = tree.functions[0]?.function.name ?? '';
  const names = new Map<string, { file: string; uses: PlacedUse[] }>();
  for (const { file, facts, function: inside } of tree.functions) {
    for (const use of facts.uses) {
      if (use.function !== inside.name || use.line < inside.startLine || use.line > inside.endLine) continue;
      const entry = names.get(use.name) ?? { file, uses: [] };
      entry.uses.push(placed(use, file, { inside, handlerName }));
      names.set(use.name, entry);
    }
  }
  const shared: Shared[] = [];
  for (const [name, { file, uses }] of names) {
    const declared = await declarationOf(source, name, file);
    if (declared === undefined || declared.variable.isConst) continue;
    const elsewhere = await usesElsewhere(source, declared, { inTree, handlerName });
    if (elsewhere.length > 0 && [...uses, ...elsewhere].some(use => kindOf(use) !== 'read')) shared.push({ declared, uses, elsewhere });
  }
  const rings = ringBufferParts(shared.map(({ declared: { variable: { name, type } }, uses, elsewhere }) => ({ name, type, inIsr: uses, elsewhere })));
  return Promise.all(shared.map(async each => describe(each, { isRing: rings.has(each.declared.variable.name), bits: await typeBits(source, each.declared.variable.type, device) })));
}

interface Shared {
  readonly declared: Declared;
  readonly uses: readonly PlacedUse[];
  readonly elsewhere: readonly PlacedUse[];
}

function describe({ declared: { variable, file }, uses, elsewhere }: Shared, { isRing, bits }: { readonly isRing: boolean; readonly bits: number | undefined }): SharedVariable {
  const isAtomic = isAtomicType(variable.type) || [...uses, ...elsewhere].every(use => use.isAtomic === true);
  // What is written and unguarded is what a reader has to see.
  const sorted = elsewhere.toSorted((one, other) => weight(other) - weight(one));
  return {
    name: variable.name, type: variable.type, isVolatile: variable.isVolatile, declared: { file, line: variable.line },
    ...(bits !== undefined && { bits }), ...(isAtomic && { isAtomic }), ...(isRing && { pattern: 'ring-buffer' as const }),
    inIsr: uses.slice(0, mostPlaces).map(use => ({ file: use.file, line: use.line, kind: kindOf(use) })),
    elsewhere: sorted.slice(0, mostPlaces).map(use => ({ file: use.file, line: use.line, kind: kindOf(use), function: use.function, ...((use.isGuarded === true || use.isAtomic === true) && { isGuarded: true as const }), ...(use.isAsCalled === true && { isAsCalled: true as const }) })),
  };
}

function weight(use: PlacedUse): number {
  return (use.isGuarded === true || use.isAtomic === true ? 0 : 2) + (kindOf(use) === 'read' ? 0 : 1);
}

/** What is handed over by its address may be changed there. */
export function kindOf({ kind, addressTaken }: UseFact): UseFact['kind'] {
  return addressTaken === true ? 'modify' : kind;
}

interface UsePlace {
  /** The function that the use stands in, where its definition is known. */
  readonly inside: FunctionFact | undefined;
  readonly handlerName: string;
}

function placed(use: UseFact, file: string, { inside, handlerName }: UsePlace): PlacedUse {
  const atomic = inside === undefined ? undefined : atomicKind(use, inside);
  const isGuarded = keepsAway(use.guard, handlerName);
  const { addressTaken, ...plain } = use;
  return { ...(atomic === undefined ? { ...plain, ...(addressTaken !== undefined && { addressTaken }) } : { ...plain, kind: atomic, isAtomic: true as const }), file, ...(isGuarded && { isGuarded }) };
}

/** The file's own variable comes first, then a definition elsewhere, then a mere `extern`. */
async function declarationOf(source: FactSource, name: string, file: string): Promise<Declared | undefined> {
  const found: Declared[] = [];
  const files = [file, ...(await source.definitions(name)).filter(({ kind }) => kind === 'variable').map(definition => definition.file)];
  for (const candidate of new Set(files)) {
    const facts = await source.facts(candidate);
    for (const variable of facts?.variables ?? []) {
      if (variable.name === name && variable.function === undefined && (candidate === file || !variable.isStatic)) found.push({ variable, file: candidate });
    }
  }
  return found.find(({ variable }) => !variable.isExtern) ?? found[0];
}

async function usesElsewhere(source: FactSource, { variable, file }: Declared, { inTree, handlerName }: { readonly inTree: ReadonlySet<string>; readonly handlerName: string }): Promise<PlacedUse[]> {
  const files = variable.isStatic ? [file] : await source.mentions(variable.name);
  const found: PlacedUse[] = [];
  const asCalled = new Map<string, boolean>();
  for (const user of files) {
    const facts = await source.facts(user);
    for (const use of facts?.uses ?? []) {
      const key = `${user}\n${use.function}`;
      if (use.name !== variable.name || inTree.has(key)) continue;
      const inside = facts?.functions.find(({ name }) => name === use.function);
      const plain = placed(use, user, { inside, handlerName });
      if (plain.isGuarded !== true && inside !== undefined && !asCalled.has(key)) asCalled.set(key, await isCalledGuarded(source, { file: user, function: inside, handlerName }));
      found.push(plain.isGuarded !== true && asCalled.get(key) === true ? { ...plain, isGuarded: true, isAsCalled: true } : plain);
    }
  }
  return found;
}
