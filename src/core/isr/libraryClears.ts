import type { Device, Peripheral } from '../device/device.ts';
import { findPeripherals } from '../device/findPeripherals.ts';
import type { Graph } from '../graph/graph.ts';
import { instanceOf } from '../graph/instanceOf.ts';
import type { CallFact } from '../parse/facts.ts';
import type { CallTree, TreeFunction } from './callTree.ts';
import type { FlagUse } from './dossier.ts';
import { flagName, flagsOfWord, interruptFields } from './enableFields.ts';
import type { NamedFlag } from './flagNames.ts';
import { isHarmlessCall } from './knownCalls.ts';

/** What calls of vendors' libraries clear, whether or not their bodies are indexed. */
export interface LibraryClears {
  readonly cleared: readonly FlagUse[];
  /** Flags of a peripheral that is handed to a call which may clear any of them. */
  readonly open: readonly NamedFlag[];
}

/**
 * Names of calls that clear flags, by where they are from: ST's HAL, its low-level driver and its older library (which GigaDevice's, WCH's and
 * Artery's follow), libopencm3, Nordic's. What stands behind a low-level driver's `ClearFlag_` is the flag.
 */
const clearingCalls = [
  /^__HAL_\w+_CLEAR_(?:\w*FLAG\w*|IT\w*)$/, /^LL_[A-Z]\w*_ClearFlag_(\w+)$/, /^[A-Z]\w*_Clear(?:ITPendingBit|Flag|IntPendingBit)$/,
  /^[a-z]\w*_(?:interrupt_)?flag_clear$/, /^[a-z]\w*_clear_(?:flag|interrupt_flags?|it_pending_bit)$/, /^exti_reset_request$/, /^nrf_\w+_event_clear$/,
];

/** Whether a call is known to clear flags and to do nothing else with them. */
export function isClearingCall(name: string): boolean {
  return clearingCalls.some(pattern => pattern.test(name));
}

/** The flags that calls in the tree clear, by their names and arguments. */
export async function libraryClears(tree: CallTree, { graph, device }: { readonly graph: Graph; readonly device: Device | undefined }): Promise<LibraryClears> {
  const cleared: FlagUse[] = [];
  const open: NamedFlag[] = [];
  if (device === undefined) return { cleared, open };
  const unknown = new Set(tree.callees.filter(({ definition, macro, name }) => definition === undefined && macro === undefined && !isHarmlessCall(name)).map(({ name }) => name));
  for (const inside of tree.functions) {
    for (const call of inside.function.calls) {
      if (!isClearingCall(call.name) && !unknown.has(call.name)) continue;
      const blocks = await blocksOf(call, inside, { graph, device });
      const words = isClearingCall(call.name) ? wordsOf(call) : [];
      for (const block of blocks) {
        const { flags } = interruptFields(block);
        const meant = words.flatMap(word => flagsOfWord(word, flags));
        cleared.push(...meant.map(flag => ({ path: flag.place.path, flag: flagName(flag), file: inside.file, line: call.line, how: `calling ${call.name}` })));
        // A variable, or a constant of a name that says nothing, may mean any of them.
        if (meant.length === 0) open.push(...flags.map(flag => ({ path: flag.place.path, flag: flagName(flag) })));
      }
    }
  }
  return { cleared, open };
}

/** The peripherals that a call is handed, by name or in a handle; those that its own name tells where it is handed none, such as `EXTI_ClearITPendingBit`. */
async function blocksOf({ name, arguments: given }: CallFact, { facts, file }: TreeFunction, { graph, device }: { readonly graph: Graph; readonly device: Device }): Promise<Peripheral[]> {
  const found: Peripheral[] = [];
  for (const argument of given) {
    const instance = /[a-z]/i.test(argument) ? await instanceOf(argument, { device, graph, facts, file }) : undefined;
    if (instance !== undefined) found.push(instance.peripheral);
  }
  if (found.length > 0 || !isClearingCall(name)) return found;
  const family = /^(?:__HAL_|LL_)?([A-Za-z]+\d*)_/.exec(name)?.[1]?.toUpperCase().replace('GPIO', 'EXTI') ?? '';
  // A DMA's constants have its number: `DMA1_IT_TC1`.
  const numbered = given.map(argument => /^\(?\s*([A-Z]+\d+)_(?:IT|FLAG|INT)_/.exec(argument.trim())?.[1]).find(each => each !== undefined);
  return findPeripherals(device, numbered ?? family);
}

/** The flags in the manual's words: `UIF`, `TC1`, `PR3`. */
function wordsOf({ name, arguments: given }: CallFact): string[] {
  const suffix = /^LL_[A-Z]\w*_ClearFlag_([A-Z]\w*)$/.exec(name)?.[1] ?? /^__HAL_\w+_CLEAR_(\w+?)FLAG$/.exec(name)?.[1];
  const constants = given.flatMap(argument => [...argument.matchAll(/\b[A-Z]\w*?_(?:INT_FLAG|IT|FLAG|INT|SR|ISR|EVENT|CLEAR)_(\w+)/g)].map(match => match[1] ?? ''));
  const lines = /exti/i.test(name) ? given.flatMap(argument => [...argument.matchAll(/\b(?:GPIO_PIN_|LL_EXTI_LINE_|EXTI_Line|EXTI_?|GPIO_Pin_)(\d+)\b/g)].map(match => `line ${match[1] ?? ''}`)) : [];
  return [...suffix === undefined || /^\d|^$/.test(suffix) ? [] : [suffix], ...constants, ...lines];
}
