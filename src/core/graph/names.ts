import type { Definition } from './factSource.ts';
import type { MacroFact, PartFact, SourceFacts } from '../parse/facts.ts';
import { registerMacro } from '../parse/cRegisterMacros.ts';
import { isHandlerName } from '../parse/handlerNames.ts';

/** Names a file defines: functions, file-scope variables, macros, types and enumerators; nodes, symbols, sections and settings. */
export function definedNames(facts: SourceFacts): Omit<Definition, 'file'>[] {
  return [
    ...facts.functions.map(({ name, startLine }) => ({ name, kind: 'function' as const, line: startLine })),
    ...facts.variables.filter(({ function: inside }) => inside === undefined).map(({ name, line }) => ({ name, kind: 'variable' as const, line })),
    ...facts.macros.map(({ name, line }) => ({ name, kind: 'macro' as const, line })),
    ...facts.types.flatMap(type => [
      { name: type.name, kind: 'type' as const, line: type.startLine },
      ...(type.kind === 'enum' ? type.members.map(({ name, line }) => ({ name, kind: 'enumerator' as const, line })) : []),
    ]),
    ...(facts.parts ?? []).flatMap(partNames),
  ].filter(({ name }) => name !== '');
}

/** A script's functions and variables are no functions and variables of the program. */
function partNames({ kind, name, aliases = [], line }: PartFact): Omit<Definition, 'file'>[] {
  if (kind === 'group') return [];
  const defined = kind === 'macro' ? 'label' : kind === 'function' || kind === 'class' || kind === 'variable' ? 'target' : kind;
  return [name, ...aliases].map(known => ({ name: known, kind: defined, line }));
}

/** Names a file calls, uses as variables, or accesses as the base or a member of a register. */
export function mentionedNames(facts: SourceFacts): Set<string> {
  const names = new Set<string>();
  for (const { calls } of facts.functions) for (const { name } of calls) names.add(name);
  for (const { name } of facts.uses) names.add(name);
  for (const { base, members } of facts.accesses) {
    for (const text of [base, ...members]) for (const name of text.match(/0x[\da-fA-F]+|[A-Za-z_]\w*/g) ?? []) names.add(name);
  }
  for (const { name } of facts.bareReads ?? []) names.add(name);
  for (const { handler } of facts.vectors) names.add(handler);
  for (const { member } of facts.pointers ?? []) names.add(member);
  for (const { name } of facts.prototypes ?? []) names.add(name);
  for (const { name } of facts.stacks ?? []) names.add(lastName(name));
  for (const macro of facts.macros) for (const name of namesInBody(macro)) names.add(name);
  return names;
}

/** `bar` of `Foo::bar`. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** Bodies that are looked into; what is longer is no macro that sets a register. */
const longestBody = 2000;

/** Names in the body of a macro that may touch a register: it goes through a pointer, assigns a name in upper case, or uses a macro that does. */
export function namesInBody({ body, parameters }: MacroFact): string[] {
  if (body.length > longestBody) return [];
  const calls = body.includes('(') ? [...body.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].map(match => match[1] ?? '') : [];
  const touches = body.includes('->') || /\b[A-Z]\w*(\[\w+\])?\s*([|&^+-]|<<|>>)?=(?!=)/.test(body) || calls.some(name => registerMacro(name) !== undefined);
  const isWrapper = !touches && (parameters !== undefined || /^\s*\w+\s*\([^]*\)\s*;?\s*$/.test(body)) && calls.some(name => /^(__HAL_|__LL_|LL_|HAL_)|_(ENABLE|DISABLE|SET|CLEAR|CLK\w*)$/.test(name));
  return touches || isWrapper ? [...new Set(body.match(/[A-Za-z_]\w*/g) ?? [])] : [];
}

/** True when a file may hold interrupt handlers: a vector table slot, or a function named or marked like one. */
export function holdsHandlers(facts: SourceFacts): boolean {
  return facts.vectors.length > 0 || facts.functions.some(({ name, attributes }) => isHandlerName(name) || attributes.some(attribute => handlerMark.test(attribute)));
}

/** `_` belongs to words: `__interrupt`, `__ISR(_UART_1_VECTOR)`. */
const handlerMark = /(?<![A-Za-z0-9])(interrupt|signal|IRAM_ATTR|isr|irq|vector)(?![A-Za-z0-9])/i;
