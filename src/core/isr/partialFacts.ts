import { listed } from '../text/listed.ts';
import type { Problem } from '../text/problem.ts';
import type { CallTree } from './callTree.ts';
import type { Callee } from './dossier.ts';
import type { Handler } from './handlers.ts';
import { mostNames } from './hazards.ts';
import { goesThroughPointer } from './knownCalls.ts';
import { mostTouches } from './touched.ts';

/** Why these facts may not be all. */
export function partialFacts({ file, mayBe, function: { name, startLine: line, isUnclosed } }: Handler, tree: CallTree, hasMore: boolean): Problem[] {
  return [
    ...(mayBe === undefined ? [] : [{ file, line, message: mayBe.length > 1 ? `${name} is a macro for ${listed(mayBe, mostNames)}, whichever the build chooses: which interrupt it serves is not known.` : `${name} is a macro that cannot be resolved here: which interrupt it serves is not known.` }]),
    ...(hasMore ? [{ file, line, message: `${name} touches registers in more than ${mostTouches} places: only the first ones are in these facts.` }] : []),
    ...(tree.isCut ? [{ file, line, message: `${name} calls deeper than is followed here: what lies below is not in these facts.` }] : []),
    ...(isUnclosed === true ? [{ file, line, message: `${name} has no closing brace yet, so these facts may lack something or hold too much.` }] : []),
    ...notFollowed(tree.callees).map(message => ({ file, line, message: `${name} ${message}` })),
    ...tree.callees.filter(({ through }) => through !== undefined).slice(0, 4).map(({ name: callee, through = '', line: at, caller }) => ({ file, line: at, message: `${caller ?? name} calls ${through}: taken to be ${callee}, as that is put there.` })),
  ];
}

/** Calls whose doing is not in the facts, and why. */
function notFollowed(callees: readonly Callee[]): string[] {
  const names = (all: readonly Callee[]): string => listed([...new Set(all.map(({ name }) => `${name}()`))], mostNames);
  const open = callees.filter(({ isOpen }) => isOpen === true);
  const macros = open.filter(({ macro }) => macro !== undefined);
  const pointers = open.filter(callee => callee.macro === undefined && goesThroughPointer(callee));
  const unknown = open.filter(each => !macros.includes(each) && !pointers.includes(each));
  return [
    ...(unknown.length > 0 ? [`calls ${names(unknown)}, not defined in the indexed sources: what is done there is not in these facts.`] : []),
    ...(pointers.length > 0 ? [`calls ${names(pointers)} through a pointer: where that leads is not known, and what is done there is not in these facts.`] : []),
    ...(macros.length > 0 ? [`uses ${names(macros)}: what these macros do by themselves is not in these facts.`] : []),
  ];
}
