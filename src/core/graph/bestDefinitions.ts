import { chipAgreement } from './chipAgreement.ts';
import type { Definition, DefinitionKind } from './factSource.ts';
import { folderDistance } from './folderDistance.ts';
import type { Graph } from './graph.ts';

/** Definitions compared; a name defined more often is a build system's. */
const mostDefinitions = 24;

/**
 * The definitions of a name, the one that a file most likely sees first: its own, then those in headers of this chip,
 * those that the file includes by name, those beside it in the tree; those of other chips last.
 */
export async function bestDefinitions(graph: Graph, name: string, file: string, kinds: readonly DefinitionKind[]): Promise<readonly Definition[]> {
  const found = (await graph.source.definitions(name)).filter(({ kind }) => kinds.includes(kind)).slice(0, mostDefinitions);
  if (found.length < 2) return found;
  const included = new Set((await graph.source.facts(file))?.includes.map(({ path }) => baseName(path)));
  const cost = (definition: Definition) => {
    if (definition.file === file) return -1;
    const chip = { same: 0, unknown: 1, other: 100 }[chipAgreement(definition.file, graph.chip)];
    return chip * 4 + (included.has(baseName(definition.file)) ? 0 : 2);
  };
  return found.toSorted((left, right) => cost(left) - cost(right) || folderDistance(file, left.file) - folderDistance(file, right.file));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
