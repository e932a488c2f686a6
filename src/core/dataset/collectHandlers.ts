import { oneOf, shuffled } from '../eval/seededSample.ts';
import type { CodePlace, IsrDossier } from '../isr/dossier.ts';
import { dossierPromptText } from '../isr/dossierText.ts';
import { listed } from '../text/listed.ts';
import { chipFamily } from './chipFamily.ts';
import { mostOf, type CollectOptions, type DatasetSource } from './datasetSource.ts';
import type { Draft } from './example.ts';
import { sentence } from './normaliseText.ts';
import { placedCode } from './sourceLines.ts';

/** Lines of a handler that are shown with a question about it. */
const mostLines = 60;

/** Interrupt handlers: what each does, clears and shares, and what can go wrong in it, as computed. */
export async function* collectHandlers(source: Pick<DatasetSource, 'handlers' | 'device' | 'text' | 'rest'>, options: CollectOptions): AsyncGenerator<Draft> {
  let made = 0;
  for (const isr of shuffled(await source.handlers(), options.random)) {
    if (options.signal?.aborted === true) return;
    const text = await source.text(isr.file);
    if (text === undefined) continue;
    const drafts = draftsOf(isr, text.split('\n'), options);
    if (drafts.length === 0) options.drop({ source: 'handler', reason: 'the handler does nothing that is known', question: isr.name, file: isr.file });
    const licence = await options.licenceOf(isr.file);
    for (const draft of drafts) {
      if (made >= mostOf(options, 'handler')) return;
      made += 1;
      yield { ...draft, source: 'handler', provenance: { files: [isr.file], line: isr.line, endLine: isr.endLine, licence, ...(source.device !== undefined && { chip: source.device.name, family: chipFamily(source.device) }) } };
    }
    await source.rest();
  }
}

type Asked = Pick<Draft, 'question' | 'context' | 'answer'>;

function draftsOf(isr: IsrDossier, lines: readonly string[], { random }: CollectOptions): Asked[] {
  const ask = (askings: readonly string[]): string => (oneOf(askings, random) ?? '@').replace('@', () => `\`${isr.name}\``);
  // The code alone does not tell what the functions do that it calls.
  const facts = dossierPromptText(isr);
  const both = `${facts}\n\n${placedCode(isr.file, lines, { start: isr.line, end: Math.min(isr.endLine, isr.line + mostLines) })}`;
  const [does, clears, shares, hazards] = [whatItDoes(isr), whatItClears(isr), whatItShares(isr), whatCanGoWrong(isr)];
  return [
    ...does === undefined ? [] : [{ question: ask(['Explain the interrupt handler @.', 'What does @ do?']), context: random() < 0.5 ? facts : both, answer: does }],
    ...clears === undefined ? [] : [{ question: ask(['Which flags does @ clear, and how?', 'How does @ acknowledge its interrupt?']), context: both, answer: clears }],
    ...shares === undefined ? [] : [{ question: ask(['Which variables does @ share with other code?', 'What data does @ exchange with the rest of the firmware?']), context: facts, answer: shares }],
    ...hazards === undefined ? [] : [{ question: ask(['What can go wrong in @?', 'Review the interrupt handler @ for hazards.', 'Is anything wrong with @?']), context: facts, answer: hazards }],
  ];
}

/** A handler of which nothing but its name is known teaches nothing. */
function whatItDoes(isr: IsrDossier): string | undefined {
  const clears = flagText(isr);
  const reads = listed(resolved(isr.registersRead).map(path => `\`${path}\``));
  const writes = listed(resolved(isr.registersWritten).map(path => `\`${path}\``));
  const calls = listed(isr.callees.filter(({ depth }) => depth === 1).map(({ name }) => `\`${name}()\``));
  const shared = listed(isr.sharedVariables.map(({ name }) => `\`${name}\``));
  const said = [
    clears === '' ? '' : `It clears ${clears}.`, writes === '' ? '' : `It writes ${writes}.`, reads === '' ? '' : `It reads ${reads}.`,
    calls === '' ? '' : `It calls ${calls}.`, shared === '' ? '' : `It shares ${shared} with other code.`,
  ].filter(text => text !== '');
  if (said.length < 2) return undefined;
  return [headline(isr), ...said, ...isr.hazards.slice(0, 2).map(hazard => sentence(hazard.message))].join(' ');
}

function headline({ name, file, line, irq, peripheral, priority }: IsrDossier): string {
  const serves = peripheral === undefined ? irq === undefined ? 'is an interrupt handler' : `handles IRQ ${irq}` : irq === undefined ? `handles the interrupt of ${peripheral}` : irq < 0 ? `handles a core exception of ${peripheral}` : `handles IRQ ${irq} of ${peripheral}`;
  return `\`${name}\` (${file}:${line}) ${serves}${priority === undefined ? '' : `, at priority ${priority.level ?? `\`${priority.value}\``}`}.`;
}

function flagText({ flagsCleared }: IsrDossier): string {
  const texts = flagsCleared.map(({ path, flag, how }) => `\`${path}.${flag}\`${how === undefined ? '' : ` by ${how}`}`);
  return listed(texts);
}

function whatItClears(isr: IsrDossier): string | undefined {
  if (isr.flagsCleared.length === 0 || isr.flagsCleared.length > 10) return undefined;
  return `\`${isr.name}\` clears ${isr.flagsCleared.length === 1 ? 'one flag' : 'these flags'}:\n${[...new Set(isr.flagsCleared.map(use => `- \`${use.path}.${use.flag}\`${use.how === undefined ? '' : ` by ${use.how}`} (${at(use)})`))].join('\n')}`;
}

function whatItShares({ name, sharedVariables }: IsrDossier): string | undefined {
  if (sharedVariables.length === 0 || sharedVariables.length > 12) return undefined;
  const lines = sharedVariables.map(variable => {
    const users = listed(variable.elsewhere.map(use => `\`${use.function}\``), 4);
    const kinds = [...new Set(variable.inIsr.map(({ kind }) => kind))].join('/');
    const guard = variable.isAtomic === true ? ', atomic' : variable.isVolatile ? ', volatile' : ', not volatile';
    return `- \`${variable.name}\` (\`${variable.type}\`${guard}): ${kinds} here, used in ${users}${variable.pattern === undefined ? '' : '; part of a ring buffer with one writer on each side'}`;
  });
  return `\`${name}\` shares ${sharedVariables.length === 1 ? 'one variable' : `${sharedVariables.length} variables`} with other code:\n${lines.join('\n')}`;
}

function whatCanGoWrong({ hazards }: IsrDossier): string | undefined {
  if (hazards.length === 0) return undefined;
  return hazards.slice(0, 8).map(hazard => `${hazards.length > 1 ? '- ' : ''}${sentence(hazard.message)} (${at(hazard)}${hazard.certainty === 'likely' ? ', likely, not certain' : ''})`).join('\n');
}

function resolved(uses: readonly { readonly path: string; readonly resolved: boolean }[]): string[] {
  return [...new Set(uses.filter(use => use.resolved && !use.path.startsWith('any ')).map(({ path }) => path))];
}

function at({ file, line }: CodePlace): string {
  return `${file}:${line}`;
}
