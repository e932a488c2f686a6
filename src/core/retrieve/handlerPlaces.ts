import { findPeripherals } from '../device/findPeripherals.ts';
import type { Device } from '../device/device.ts';
import { tokenize } from '../text/words.ts';
import type { RetrieverParts } from './createRetriever.ts';
import { namedIdeas } from './glossary.ts';
import type { NamedPlace } from './namedPlaces.ts';

/** How vendors name the function that serves an interrupt. */
const patterns = ['@_IRQHandler', '@_Handler', '@_isr', '@_IRQ_Handler', '@_irq_handler', 'isr_@', 'irq_@', '@_Interrupt', '@_IRQ', '@_vect', '@Handler', '@_handler', '@IntHandler', '@_IntHandler'];
const mostNames = 16;

/** Handlers of what a question about interrupts names: `the TIM2 interrupt` is served by `TIM2_IRQHandler`. */
export async function handlerPlaces(question: string, parts: Pick<RetrieverParts, 'catalog' | 'textStore' | 'device'>): Promise<readonly NamedPlace[]> {
  const { catalog, device } = parts;
  const asksForHandler = namedIdeas(question, tokenize(question)).some(({ idea }) => ['interrupt', 'handler', 'exception', 'vector table'].includes(idea.name));
  if (!asksForHandler) return [];
  const found: NamedPlace[] = [];
  for (const name of interruptNames(question, device)) {
    for (const pattern of patterns) {
      const chunks = (await catalog.chunksOfSymbol(pattern.replace('@', name), 6)).filter(({ kind }) => kind === 'function' || kind === 'text');
      found.push(...chunks.map(chunk => ({ chunk, why: `${chunk.symbol ?? name} serves the ${name} interrupt` })));
    }
    if (/^[A-Z][A-Z\d_]*\d*\w*$/.test(name)) found.unshift(...await renamed(`${name}_IRQHandler`, name, parts));
  }
  return found;
}

/** A driver may give its handler a name of its own: `#define TX_DMA_IRQHandler DMA1_Stream4_IRQHandler`. */
async function renamed(handler: string, name: string, { catalog, textStore }: Pick<RetrieverParts, 'catalog' | 'textStore'>): Promise<NamedPlace[]> {
  const holding = await catalog.chunks((await textStore.searchWords([handler.toLowerCase()], 12)).map(({ id }) => id));
  const others = new Set(holding.flatMap(({ text }) => [...text.matchAll(/#\s*define\s+(\w+)\s+(\w+)/g)].flatMap(([, other = '', meant]) => meant === handler ? [other] : [])));
  const found: NamedPlace[] = [];
  for (const other of [...others].slice(0, 4)) found.push(...(await catalog.chunksOfSymbol(other, 3)).filter(({ kind }) => kind === 'function').map(chunk => ({ chunk, why: `${other} is ${handler} and serves the ${name} interrupt` })));
  return found;
}

/** Names in the question, and the interrupts of the peripherals they name. */
function interruptNames(question: string, device: Device | undefined): string[] {
  const words = [...new Set(question.match(/[A-Za-z]\w+/g) ?? [])].filter(word => word.length > 1).slice(0, mostNames);
  const ofPeripherals = device === undefined ? [] : words.filter(word => /\d|^[A-Z]{2,}$/.test(word)).flatMap(word => findPeripherals(device, word)).slice(0, 4).flatMap(({ interrupts }) => interrupts.map(({ name }) => name));
  return [...new Set([...words, ...ofPeripherals])].slice(0, mostNames * 2);
}
