import type { FactSource } from '../graph/factSource.ts';
import type { CallFact, SourceFacts } from '../parse/facts.ts';

/** Whether a call stands in code that may run: headers bring inline functions along, such as CMSIS's `SysTick_Config`, which do nothing until they are called. */
export async function mayRun(source: FactSource, facts: SourceFacts, call: CallFact): Promise<boolean> {
  const inside = facts.functions.find(({ calls }) => calls.includes(call));
  if (inside === undefined || !(/inline/i.test(inside.signature) || inside.attributes.some(attribute => /inline/i.test(attribute)))) return true;
  for (const file of await source.mentions(inside.name)) {
    const user = await source.facts(file);
    const isUsed = user?.functions.some(({ name, calls }) => name !== inside.name && calls.some(other => other.name === inside.name)) === true;
    if (isUsed || user?.uses.some(({ name }) => name === inside.name) === true || user?.pointers?.some(({ value }) => value === inside.name) === true) return true;
  }
  return false;
}
