import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { findAccesses } from '../graph/findAccesses.ts';
import type { CodePlace, IsrDossier } from '../isr/dossier.ts';
import type { AskedRegister } from './askedTopics.ts';
import type { DeviceFact } from './deviceFacts.ts';
import type { Say } from './factWords.ts';

const mostPlaces = 6;
/** Files looked into before a first answer is shown. */
const mostFiles = 200;

/** Where the sources set or read a register or its field. */
export async function placeFacts(asked: AskedRegister, { device, facts, say }: { readonly device: Device; readonly facts: FactSource; readonly say: Say }): Promise<DeviceFact[]> {
  const [field] = asked.fields;
  const path = field === undefined ? asked.place.path : `${asked.place.path}.${field.name}`;
  const { accesses } = await findAccesses(facts, device, path, { mostFiles });
  const writes = accesses.filter(({ kind }) => kind === 'write' || kind === 'modify');
  const shown = writes.length > 0 ? writes : accesses;
  if (shown.length === 0) return [{ kind: 'place', path: asked.place.path, text: say(`No indexed source touches ${path}.`, `已索引的源码中没有访问 ${path} 的代码。`) }];
  const places = shown.slice(0, mostPlaces).map(({ file, line, function: inside }) => `${file}:${line}${inside === undefined ? '' : ` (${inside})`}`).join(', ');
  const more = shown.length > mostPlaces ? say(` and ${shown.length - mostPlaces} more`, ` 等 ${shown.length} 处`) : '';
  return [{ kind: 'place', path: asked.place.path, value: places, text: writes.length > 0 ? say(`${path} is written at ${places}${more}.`, `${path} 在 ${places}${more} 被写入。`) : shown.some(({ kind }) => kind === 'address')
    ? say(`${path} is read, or handed on by its address, at ${places}${more}.`, `${path} 在 ${places}${more} 被读取，或其地址被传递。`)
    : say(`${path} is only read, at ${places}${more}.`, `${path} 只在 ${places}${more} 被读取。`) }];
}

/** A handler's facts in one sentence each. */
export function handlerFacts(dossier: IsrDossier, say: Say): DeviceFact[] {
  const { name, irq, flagsCleared, flagsTested, sharedVariables, registersWritten, hazards } = dossier;
  const sentences: readonly (string | undefined)[] = [
    say(`${name} stands at ${at(dossier)}${irq === undefined ? '' : ` and serves IRQ ${irq}`}${dossier.peripheral === undefined ? '' : ` of ${dossier.peripheral}`}.`, `${name} 位于 ${at(dossier)}${irq === undefined ? '' : `，对应 IRQ ${irq}`}。`),
    listed(flagsTested.map(({ path, flag }) => `${path}.${flag}`), names => say(`It tests ${names}.`, `它检查 ${names}。`)),
    flagsCleared.length === 0 ? say('It clears no flag that is known.', '它没有清除已知的标志。') : listed(flagsCleared.map(({ path, flag, how }) => `${path}.${flag}${how === undefined ? '' : ` by ${how}`}`), names => say(`It clears ${names}.`, `它清除 ${names}。`)),
    listed(registersWritten.map(({ path }) => path), names => say(`It writes ${names}.`, `它写 ${names}。`)),
    sharedVariables.length === 0 ? say('It shares no variable with other code.', '它不与其他代码共享变量。') : listed(sharedVariables.map(variable => variable.name), names => say(`It shares ${names} with other code.`, `它与其他代码共享 ${names}。`)),
    listed(hazards.map(({ message, ...place }) => `${message.replace(/\.$/, '')} (${at(place)})`), texts => say(`Hazards: ${texts}.`, `隐患：${texts}。`)),
  ];
  return sentences.filter(text => text !== undefined).map((text): DeviceFact => ({ kind: 'handler', text }));
}

function listed(items: readonly string[], sentence: (names: string) => string): string | undefined {
  const distinct = [...new Set(items)];
  return distinct.length === 0 ? undefined : sentence(`${distinct.slice(0, 8).join(', ')}${distinct.length > 8 ? `, … (${distinct.length})` : ''}`);
}

function at({ file, line }: CodePlace): string {
  return `${file}:${line}`;
}
