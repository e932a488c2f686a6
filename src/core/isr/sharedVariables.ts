import type { FactSource } from '../graph/factSource.ts';
import type { UseFact, VariableFact } from '../parse/facts.ts';
import type { CallTree } from './callTree.ts';
import type { SharedVariable } from './dossier.ts';

/** A global, with where it is declared. */
interface Declared {
  readonly variable: VariableFact;
  readonly file: string;
}

/** Places listed for one variable; a counter used everywhere would fill the dossier. */
const mostPlaces = 12;

/** A type whose `volatile` stands on the variable itself; members of a struct may be volatile each by itself. */
export function isScalarType(type: string): boolean {
  return /^(volatile |static |register |signed |unsigned )*(u?int\d*(_fast\d+|_least\d+)?(_t)?|char|short|long|bool|_Bool|size_t|float|double|signed|unsigned)\b[\w ]*(\[.*\])*$/.test(type);
}

/** Globals that the handler's call tree and other code both use, and that somebody writes. */
export async function sharedVariables(source: FactSource, tree: CallTree): Promise<SharedVariable[]> {
  const inTree = new Set(tree.functions.map(({ file, function: { name } }) => `${file}\n${name}`));
  const names = new Map<string, { file: string; uses: (UseFact & { file: string })[] }>();
  for (const { file, facts, function: { name, startLine, endLine } } of tree.functions) {
    for (const use of facts.uses) {
      if (use.function !== name || use.line < startLine || use.line > endLine) continue;
      const entry = names.get(use.name) ?? { file, uses: [] };
      entry.uses.push({ ...use, file });
      names.set(use.name, entry);
    }
  }
  const shared: SharedVariable[] = [];
  for (const [name, { file, uses }] of names) {
    const declared = await declarationOf(source, name, file);
    if (declared === undefined || declared.variable.isConst) continue;
    const elsewhere = await usesElsewhere(source, declared, inTree);
    if (elsewhere.length > 0 && [...uses, ...elsewhere].some(use => kindOf(use) !== 'read')) shared.push(describe(declared, uses, elsewhere));
  }
  return shared;
}

function describe({ variable, file }: Declared, uses: readonly (UseFact & { file: string })[], elsewhere: readonly (UseFact & { file: string })[]): SharedVariable {
  return {
    name: variable.name, type: variable.type, isVolatile: variable.isVolatile, declared: { file, line: variable.line },
    inIsr: uses.slice(0, mostPlaces).map(use => ({ file: use.file, line: use.line, kind: kindOf(use) })),
    elsewhere: elsewhere.slice(0, mostPlaces).map(use => ({ file: use.file, line: use.line, kind: kindOf(use), function: use.function })),
  };
}

/** What is handed over by its address may be changed there. */
function kindOf({ kind, addressTaken }: UseFact): UseFact['kind'] {
  return addressTaken === true ? 'modify' : kind;
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

async function usesElsewhere(source: FactSource, { variable, file }: Declared, inTree: ReadonlySet<string>): Promise<(UseFact & { file: string })[]> {
  const files = variable.isStatic ? [file] : await source.mentions(variable.name);
  const uses = await Promise.all(files.map(async user => ((await source.facts(user))?.uses ?? []).map(use => ({ ...use, file: user }))));
  return uses.flat().filter(use => use.name === variable.name && !inTree.has(`${use.file}\n${use.function}`));
}
