import path from 'node:path';
import type { Command } from 'commander';
import type { IsrDossier } from '../../core/index.ts';
import { withContext, type Context } from '../context.ts';
import { printProblems } from '../output.ts';
import { plainText } from '../plainText.ts';
import { printAnswer } from './answer.ts';
import { renderDevice } from './hardware.ts';
import { indexText } from '../indexText.ts';
import { runIndex } from './indexing.ts';
import { renderIsrs } from './isr.ts';

/** `demo`: the whole product once, in the terminal, on whichever workspace is named. */
export function addDemoCommand(program: Command): void {
  program.command('demo').description('device, index, a register card, an interrupt handler and an explained answer, one after the other')
    .action((_options, command: Command) => withContext(command, async context => {
      await showDevice(context);
      await showIndex(context);
      const isr = await showHandler(context);
      await showRegister(context, isr);
      await showAnswer(context, isr);
      process.stdout.write(`\nThe same in VS Code: npm run package, then "Extensions: Install from VSIX…", and open ${path.relative('', context.workspace) || '.'}\n`);
    }));
}

async function showDevice({ engine, output }: Context): Promise<void> {
  heading('Which chip');
  const report = await engine.device();
  print(renderDevice(report));
  printProblems(output, report.problems.slice(0, 5));
}

/** Chunks embedded while somebody waits: a minute's work on one core. */
const mostEmbedded = 2000;

/** Words and symbols come first and are enough to go on; on a large tree the vectors are left for `halcyon index`. */
async function showIndex(context: Context): Promise<void> {
  heading('Index');
  const words = await runIndex(context, { embed: false });
  const whole = words.pending > 0 && words.pending <= mostEmbedded ? await runIndex(context, {}) : words;
  print(indexText({ ...whole, seconds: { ...words.seconds, ...(whole !== words && { embed: whole.seconds['embed'] ?? 0 }) } }, context.workspace));
  if (whole.pending > mostEmbedded) print('Words, symbols and registers answer now; `halcyon index`, or VS Code in the background, adds the vectors.');
}

/** The handler that touches most: the one worth showing. A core exception's, which reports a fault, only where there is no other. */
async function showHandler({ engine }: Context): Promise<IsrDossier | undefined> {
  const { isrs } = await engine.isr();
  const weight = (isr: IsrDossier): number => isr.registersRead.length + isr.registersWritten.length + 2 * isr.sharedVariables.length;
  const isException = ({ irq = 0 }: IsrDossier): number => Number(irq < 0);
  const isr = isrs.toSorted((a, b) => isException(a) - isException(b) || weight(b) - weight(a))[0];
  heading(`Interrupt handler${isr === undefined ? '' : ` ${isr.name} (of ${isrs.length})`}`);
  print(renderIsrs({ isrs: isr === undefined ? [] : [isr], problems: [] }));
  return isr;
}

async function showRegister({ engine }: Context, isr: IsrDossier | undefined): Promise<void> {
  const used = [...(isr?.registersWritten ?? []), ...(isr?.registersRead ?? [])].find(({ resolved, address }) => resolved && address !== undefined);
  if (used === undefined) return;
  const { matches } = await engine.register(used.path);
  heading('Register card');
  print(matches.slice(0, 1).map(({ markdown }) => plainText(markdown)).join('\n'));
}

async function showAnswer(context: Context, isr: IsrDossier | undefined): Promise<void> {
  const { engine, output, signal } = context;
  const question = isr === undefined ? 'What does this project do?' : `What does ${isr.name} do, and which flags does it clear?`;
  heading(`Question: ${question}`);
  await printAnswer({ ...context, output: { ...output, json: false } }, engine.ask({ question, maxTokens: 160 }, signal));
}

function heading(text: string): void {
  print(`\n── ${text} ${'─'.repeat(Math.max(3, 76 - text.length))}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
