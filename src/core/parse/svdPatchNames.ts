import { matchesPattern } from './svdPatchMatch.ts';
import { namesIn } from './svdPatchLog.ts';
import type { PatchNode } from './svdPatchYaml.ts';

/** Names that verbs for a whole block change together. */
export interface Renamed {
  name: string | undefined;
  displayName?: string | undefined;
  alternateRegister?: string | undefined;
  alternateCluster?: string | undefined;
  headerStructName?: string | undefined;
}

export type RenamingVerb = '_strip' | '_strip_end' | '_prefix' | '_suffix';

/** Takes a beginning or an end off the names that have it, or puts one before or behind all; what refers to them by name follows. */
export function rename(elements: readonly Renamed[], verb: RenamingVerb, value: PatchNode): void {
  for (const { name: affix } of namesIn(value)) {
    for (const element of elements) {
      for (const key of ['name', 'displayName', 'alternateRegister', 'alternateCluster', 'headerStructName'] as const) {
        const text = element[key];
        if (text !== undefined) element[key] = renamed(text, verb, affix);
      }
    }
  }
}

/** An affix may hold wildcards; its own length is what is taken off. */
function renamed(name: string, verb: RenamingVerb, affix: string): string {
  switch (verb) {
    case '_prefix': return affix + name;
    case '_suffix': return name + affix;
    case '_strip': return name.length > affix.length && matchesPattern(`${affix}*`, name) ? name.slice(affix.length) : name;
    case '_strip_end': return name.length > affix.length && matchesPattern(`*${affix}`, name) ? name.slice(0, -affix.length) : name;
  }
}
