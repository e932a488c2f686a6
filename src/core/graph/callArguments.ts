import type { AccessFact, CallFact, FunctionFact, SourceFacts } from '../parse/facts.ts';

/** What a call hands to a function's parameters, each with the place in which its text means something. */
export interface CallArguments {
  readonly values: ReadonlyMap<string, Given>;
}

interface Given {
  readonly text: string;
  readonly facts: SourceFacts;
  readonly function: string | undefined;
}

/** Where a call stands, and what that function itself was given. */
export interface CallPlace {
  readonly facts: SourceFacts;
  readonly function: string;
  readonly given?: CallArguments;
}

/** The arguments of a call by the parameters' names; a parameter that is handed on is what it was given. */
export function argumentsOf({ parameters }: FunctionFact, call: CallFact, { facts, function: caller, given }: CallPlace): CallArguments {
  const values = new Map<string, Given>();
  parameters.forEach(({ name }, index) => {
    const text = call.arguments[index]?.trim();
    if (name === '' || text === undefined) return;
    const own = given?.values.get(text);
    values.set(name, own ?? { text, facts, function: caller });
  });
  return { values };
}

/** The access with the argument in place of the parameter that its base begins with, and the file in which that means something; undefined when it begins with none. */
export function substituted(access: AccessFact, given: CallArguments | undefined): { readonly access: AccessFact; readonly facts: SourceFacts } | undefined {
  const [, root = '', rest = ''] = /^(\w+)((?:(?:->|\.).*)?)$/.exec(access.base) ?? [];
  const argument = given?.values.get(root);
  if (argument === undefined) return undefined;
  const member = /^(?:->|\.)(\w+)$/.exec(rest)?.[1];
  const base = rest === '' ? argument.text : member === undefined ? `${argument.text}${rest}` : peripheralOf(argument, member) ?? `${argument.text}${rest}`;
  return { access: { ...access, base, function: argument.function ?? '' }, facts: argument.facts };
}

/** A call as it is written, as long as an access' expression may be. */
export function callText({ name, arguments: given }: CallFact): string {
  return `${name}(${given.join(', ')})`.slice(0, 200);
}

/** A text with the arguments in place of the parameters it names, those that bind loosely in parentheses. */
export function withArguments(text: string, given: CallArguments | undefined): string {
  if (given === undefined || given.values.size === 0) return text;
  return text.replace(/(?<![\w.]|->)[A-Za-z_]\w*/g, name => {
    const argument = given.values.get(name)?.text;
    return argument === undefined ? name : /^\w+$/.test(argument) ? argument : `(${argument})`;
  });
}

/** `USART2` for the `Instance` of `&huart2` after `huart2.Instance = USART2`. */
function peripheralOf({ text, facts }: Given, member: string): string | undefined {
  const struct = text.replace(/^&/, '');
  return facts.pointers?.find(pointer => pointer.member === member && pointer.base === struct)?.value;
}
