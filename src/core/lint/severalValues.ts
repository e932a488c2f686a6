import { chipAgreement } from '../graph/chipAgreement.ts';
import type { Graph } from '../graph/graph.ts';
import { cTokens } from '../graph/macroTokens.ts';
import { isVendorFile } from './vendorFiles.ts';

/** Macros within macros that are followed. */
const deepest = 4;

/** What is known of names, as long as the graph is. */
const knownNames = new WeakMap<Graph, Map<string, Promise<boolean>>>();

/** Whether the project's own files give some macro of the text several values, of which only its build knows the one: `#define LED_TIMER` of each board. */
export async function hasSeveralValues(text: string, graph: Graph, chip: string | undefined): Promise<boolean> {
  return anyHasSeveral(text, { graph, chip, depth: 0 });
}

interface Search {
  readonly graph: Graph;
  readonly chip: string | undefined;
  readonly depth: number;
}

async function anyHasSeveral(text: string, search: Search): Promise<boolean> {
  for (const name of new Set(cTokens(text).filter(token => /^[A-Za-z_]/.test(token)))) if (await nameHasSeveral(name, search)) return true;
  return false;
}

async function nameHasSeveral(name: string, search: Search): Promise<boolean> {
  const known = knownNames.get(search.graph) ?? new Map<string, Promise<boolean>>();
  knownNames.set(search.graph, known);
  const answer = known.get(name) ?? compareBodies(name, search);
  known.set(name, answer);
  return answer;
}

async function compareBodies(name: string, search: Search): Promise<boolean> {
  const bodies = new Set<string>();
  for (const { kind, file } of await search.graph.source.definitions(name)) {
    // Vendors' headers for several chips spell one value in several ways.
    if (kind !== 'macro' || isVendorFile(file) || chipAgreement(file, search.chip) === 'other') continue;
    for (const macro of (await search.graph.source.facts(file))?.macros ?? []) if (macro.name === name) bodies.add(macro.body.replace(/\s+/g, ''));
  }
  if (bodies.size > 1) return true;
  const [body] = bodies;
  return body !== undefined && search.depth < deepest && anyHasSeveral(body, { ...search, depth: search.depth + 1 });
}
