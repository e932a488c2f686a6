import { codeText, plainText } from '../card/markdown.ts';
import type { Callee, CodePlace, DevicetreeIrq, FlagUse, IsrDossier, RaisingFlag, RegisterUse, SharedVariable, StackUse } from './dossier.ts';
import { goesThroughPointer } from './knownCalls.ts';
import { isScalarType } from './sharedVariables.ts';

/** The dossier for people, as markdown; text from sources is inert. */
export function dossierMarkdown(isr: IsrDossier): string {
  return dossierSections(isr).map(({ title, lines }) => (title === '' ? lines.join('\n') : `**${title}**\n${lines.map(line => `- ${line}`).join('\n')}`)).join('\n\n');
}

/** About 900 tokens by the usual 3.5 characters each. */
const mostPromptCharacters = 3200;
const leftOut = '(more facts were left out)';

/** The same facts for a model, most important first, cut at whole lines. */
export function dossierPromptText(isr: IsrDossier): string {
  const lines = dossierSections(isr).flatMap(({ title, lines: facts }) => (title === '' ? facts : [`${title}:`, ...facts.map(fact => `- ${fact}`)])).map(unmark);
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 > mostPromptCharacters - leftOut.length) return text + leftOut;
    text += `${line}\n`;
  }
  return text.trimEnd();
}

/** Takes markdown's marks off again: a model reads them as text. */
function unmark(line: string): string {
  return line.replace(/`|\*\*/g, '').replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/\\(\W)/g, '$1');
}

/** One part of the dossier; the first, without a title, says which handler it is. */
export interface DossierSection {
  readonly title: string;
  /** Markdown within one line each; places are written `file:line`. */
  readonly lines: readonly string[];
}

/** The dossier's parts that have something to say, most important first. */
export function dossierSections(isr: IsrDossier): DossierSection[] {
  const { hazards, sharedVariables, callees } = isr;
  return [
    { title: '', lines: [headline(isr)] },
    { title: 'Hazards', lines: hazards.map(hazard => `⚠ ${plainText(hazard.message)} (${at(hazard)}${hazard.certainty === 'likely' ? ', likely' : ''})`) },
    { title: 'Not certain', lines: isr.problems.map(({ message }) => plainText(message)) },
    { title: 'Urgency', lines: urgencyLines(isr) },
    { title: 'Flags tested', lines: flagLines(isr.flagsTested) },
    { title: 'Flags cleared', lines: flagLines(isr.flagsCleared) },
    { title: 'Can be raised by', lines: cut((isr.raisedBy ?? []).map(raisingLine), mostLines) },
    { title: 'Registers written', lines: registerLines(isr.registersWritten) },
    { title: 'Registers read', lines: registerLines(isr.registersRead) },
    { title: 'Shared with other code', lines: cut(sharedVariables.map(sharedLine), mostLines) },
    { title: 'Work', lines: workLines(isr) },
    { title: 'Calls', lines: cut(callees.map(callLine), mostLines) },
  ].filter(({ lines }) => lines.length > 0);
}

function headline(isr: IsrDossier): string {
  const core = isr.irq !== undefined && isr.irq < 0;
  const facts = [
    `${codeText(isr.name)} at ${at(isr)}`,
    isr.irq === undefined ? undefined : core ? 'core exception' : `IRQ ${isr.irq}`,
    isr.vector === undefined ? undefined : `vector ${isr.vector}${isr.vectorPlace === undefined ? '' : ` (${at(isr.vectorPlace)})`}`,
    isr.registered === undefined ? undefined : registrationText(isr.registered),
    isr.peripheral === undefined ? undefined : `peripheral ${codeText(isr.peripheral)}`,
    isr.priority === undefined ? undefined : `priority ${codeText(isr.priority.value)}${isr.priority.level === undefined || String(isr.priority.level) === isr.priority.value ? '' : ` = ${isr.priority.level}`} (${at(isr.priority)})`,
    isr.description === undefined ? undefined : plainText(isr.description),
  ];
  return facts.filter(fact => fact !== undefined).join(' · ');
}

function registrationText({ by, interrupt, source, devicetree = [], more, ...place }: NonNullable<IsrDossier['registered']>): string {
  const what = interrupt ?? source;
  return `registered by ${codeText(by)}${what === undefined ? '' : ` for ${codeText(what)}`} (${at(place)})${devicetree.length === 0 ? '' : `, which the devicetree says is ${devicetree.map(irqText).join(' or ')}`}${more === undefined ? '' : ` and ${more} more`}`;
}

/** `usart2: IRQ 38, priority 5 (zephyr.dts:120)`. */
function irqText({ node, irq, priority, ...place }: DevicetreeIrq): string {
  return `${codeText(node)}: IRQ ${irq}${priority === undefined ? '' : `, priority ${priority}`} (${at(place)})`;
}

function urgencyLines({ enabled, preemption }: IsrDossier): string[] {
  const names = (all: readonly string[]): string => `${all.slice(0, 6).map(name => codeText(name)).join(', ')}${all.length > 6 ? ` and ${all.length - 6} more` : ''}`;
  return [
    ...(enabled === undefined ? [] : [`enabled at ${at(enabled)}`]),
    ...(preemption === undefined || preemption.under.length === 0 ? [] : [`interrupted by ${names(preemption.under)}`]),
    ...(preemption === undefined || preemption.over.length === 0 ? [] : [`interrupts ${names(preemption.over)}`]),
    ...(preemption === undefined || preemption.same.length === 0 ? [] : [`of one priority with ${names(preemption.same)}`]),
  ];
}

function workLines({ callDepth = 0, recursive = [], floatingPoint, openLoops = [], stack }: IsrDossier): string[] {
  return [
    ...(callDepth > 0 ? [`calls ${callDepth} ${callDepth === 1 ? 'level' : 'levels'} deep${recursive.length > 0 ? `, with recursion in ${recursive.slice(0, 4).map(name => codeText(name)).join(', ')}` : ''}`] : []),
    ...(stack === undefined ? [] : [stackLine(stack)]),
    ...openLoops.slice(0, 4).map(loop => `${codeText(loop.function)} loops while ${codeText(loop.condition)} (${at(loop)}): how often depends on data`),
    ...(openLoops.length > 4 ? [`and ${openLoops.length - 4} more such loops`] : []),
    ...(floatingPoint === undefined ? [] : [`${codeText(floatingPoint.function)} computes with floating point (${at(floatingPoint)})`]),
  ];
}

/** `stack: at least 152 bytes (USART2_IRQHandler 24, ring_put 128), as nothing is known of printf; to it comes 32 bytes for the core's frame`. */
function stackLine({ bytes, isAtLeast, path, open = [], frame }: StackUse): string {
  const way = path.slice(0, mostLines).map(({ name, bytes: own, kind }) => `${codeText(name)} ${own}${kind === 'dynamic' ? ' and more' : ''}`).join(', ');
  return `stack: ${isAtLeast ? 'at least ' : ''}${bytes} bytes${path.length > 0 ? ` (${way})` : ''}${open.length > 0 ? `, as ${open.map(reason => plainText(reason)).join('; ')}` : ''}${frame === undefined ? '' : `; to it comes ${plainText(frame)}`}`;
}

/** Lines of one section; a driver library touches everything through one function. */
const mostLines = 12;
const mostRegisters = 20;

function flagLines(uses: readonly FlagUse[]): readonly string[] {
  const lines = uses.map(use => `${codeText(`${use.path}.${use.flag}`)}${use.how === undefined ? '' : ` by ${use.how}`} (${at(use)})`);
  return cut(lines, mostLines);
}

function cut(lines: readonly string[], most: number): readonly string[] {
  return lines.length > most ? [...lines.slice(0, most), `and ${lines.length - most} more`] : lines;
}

/** One line a register: its fields together, and every line that touches it. */
function registerLines(uses: readonly RegisterUse[]): readonly string[] {
  const byPath = Map.groupBy(uses, ({ path }) => path);
  return cut([...byPath].map(([path, all]) => {
    const fields = [...new Set(all.flatMap(use => use.fields))];
    const [first] = all;
    const address = first?.address === undefined ? '' : ` ${first.address}`;
    const unresolved = first?.resolved === false ? ', not resolved' : '';
    const places = [...new Set(all.map(at))];
    return `${codeText(path)}${address}${unresolved}${fields.length > 0 ? `: ${fields.slice(0, 8).map(field => codeText(field)).join(', ')}` : ''} (${places.slice(0, 4).join(', ')}${places.length > 4 ? ` and ${places.length - 4} more` : ''})`;
  }), mostRegisters);
}

function raisingLine(raising: RaisingFlag): string {
  const clearing = raising.isCleared ? '' : raising.mayBeCleared === true ? ', perhaps cleared here: by a value that only the program knows' : ', not cleared here as far as is known';
  return `${codeText(`${raising.path}.${raising.flag}`)}: ${codeText(raising.enable)} is set${raising.by === undefined ? '' : ` by ${codeText(raising.by)}`} (${at(raising)})${clearing}`;
}

function callLine(callee: Callee): string {
  const { name, definition, depth, through, macro } = callee;
  const where = definition !== undefined ? ` ${at(definition)}` : macro !== undefined ? `, a macro ${at(macro)}` : goesThroughPointer(callee) ? ', called through a pointer' : ', not defined in the indexed sources';
  return `${codeText(`${name}()`)}${through === undefined ? '' : ` through ${codeText(through)}`}${depth > 1 ? ` (${depth} calls deep)` : ''}${where}`;
}

function sharedLine(variable: SharedVariable): string {
  const { name, type, elsewhere, inIsr } = variable;
  const kinds = (uses: readonly { readonly kind: string }[]): string => [...new Set(uses.map(({ kind }) => kind))].join('/');
  const users = [...new Map(elsewhere.map(use => [use.function, use])).values()].map(use => `${codeText(use.function)} (${at(use)}${use.isGuarded === true ? `, guarded${use.isAsCalled === true ? ' as called' : ''}` : ''})`);
  const [own] = inIsr;
  return `${codeText(name)} (${plainText(type)}${notes(variable)}): ${kinds(inIsr)} here${own === undefined ? '' : ` (${at(own)})`}, ${kinds(elsewhere)} in ${users.slice(0, 4).join(', ')}${users.length > 4 ? ` and ${users.length - 4} more` : ''}`;
}

function notes({ type, isVolatile, bits, isAtomic, pattern }: SharedVariable): string {
  return [
    bits === undefined || bits <= 32 ? '' : `, ${bits} bits`,
    isAtomic === true ? ', atomic' : isVolatile || !isScalarType(type) ? '' : ', not volatile',
    pattern === undefined ? '' : ', ring buffer with one writer on each side',
  ].join('');
}

function at({ file, line }: CodePlace): string {
  return `${file}:${line}`;
}
