import path from 'node:path';
import { Option, type Command } from 'commander';
import type { Answer, AnswerEvent, AskRequest, Evidence, Verdict } from '../../core/index.ts';
import { withContext, type Context } from '../context.ts';
import { CommandFailure, WrongUsage, printProblems, printReport } from '../output.ts';
import { plainText } from '../plainText.ts';

/** `ask` and `explain`: text streams as it comes; `--json` prints the checked answer at the end. */
export function addAnswerCommands(program: Command): void {
  program.command('ask').description('ask about the firmware or the chip').argument('<question...>')
    .addOption(new Option('--task <task>', 'words it as a task: the question is then a register, a function or a peripheral').choices(['explainRegister', 'reviewFunction', 'writeInit']))
    .action((words: string[], { task }: { readonly task?: AskRequest['task'] }, command: Command) => withContext(command, async context => {
      await printAnswer(context, context.engine.ask({ question: words.join(' '), ...(task !== undefined && { task }) }, context.signal));
    }));
  program.command('explain').description('explain the handler or code at a place').argument('<file:line>')
    .action((place: string, _options, command: Command) => withContext(command, async context => {
      const [, file, line] = /^(.+):(\d+)$/.exec(place) ?? [];
      if (file === undefined) throw new WrongUsage(`${place}: give a place as FILE:LINE, for example src/main.c:10.`);
      await printAnswer(context, context.engine.explain({ file, line: Number(line) }, context.signal));
    }));
  program.command('fault').description('decode a HardFault dump: CFSR, HFSR, MMFAR, BFAR, PC').argument('<dump...>', 'the text, for example CFSR=0x8200 BFAR=0x40004408')
    .option('--map <file>', 'the linker\'s map, to name the function')
    .action((words: string[], options: { readonly map?: string }, command: Command) => withContext(command, async ({ engine, output }) => {
      const answer = await engine.fault({ text: words.join(' '), ...(options.map !== undefined && { map: path.resolve(options.map) }) });
      printReport(output, answer, ({ markdown }) => plainText(markdown));
      if (answer.report === undefined) throw new CommandFailure(output.json || output.quiet ? answer.problems.map(({ message }) => message).join(' ') : '');
    }));
}

export async function printAnswer(context: Context, events: AsyncIterable<AnswerEvent>): Promise<Answer> {
  let answer: Answer | undefined;
  let quoted: readonly Evidence[] = [];
  for await (const event of events) {
    if (event.type === 'answer') answer = event.answer;
    else if (event.type === 'evidence') quoted = event.quoted;
    else if (context.output.json) continue;
    else if (event.type === 'text') process.stdout.write(event.text);
    else if (event.type === 'thinking') continue;
    else if (event.type === 'repair') process.stdout.write('\n\n(Wrong claims: written again with the facts.)\n');
    else process.stdout.write(`${plainText(event.type === 'facts' ? event.facts.markdown : event.markdown)}\n\n`);
  }
  if (answer === undefined) throw new CommandFailure('no answer came back.');
  if (context.output.json) printReport(context.output, toJson(answer), () => '');
  else process.stdout.write(`\n\n${renderEvidence(answer, quoted)}\n`);
  printProblems(context.output, answer.problems);
  if (answer.stopReason === 'cancelled') throw new CommandFailure('stopped: the answer is as far as it got.');
  if (answer.text === '' && answer.problems.length > 0) throw new CommandFailure(context.output.quiet || context.output.json ? answer.problems.map(({ message }) => message).join('\n') : '');
  return answer;
}

/** The contract's document: the text is called `answer`. */
function toJson({ text, ...rest }: Answer): Omit<Answer, 'text'> & { answer: string } {
  return { answer: text, ...rest };
}

/** What the answer was given, an arrow before what it cites, and what the check of its claims found. */
function renderEvidence(answer: Answer, quoted: readonly Evidence[]): string {
  const marks: Record<Verdict, string> = { supported: '✓', contradicted: '✗', unknown: '?' };
  const cited = new Set(answer.citations.map(({ id }) => id));
  const citations = quoted.map(({ id, title, file, line }) => `${cited.has(id) ? '→' : ' '} [${id}] ${title}${file === undefined ? '' : `  ${file}${line === undefined ? '' : `:${line}`}`}`);
  const corrections = answer.corrections.map(({ claims, fact }) => `  ✗ ${claims.join('; ')} → ${fact}`);
  const findings = answer.findings.map(({ claim, verdict, evidence }) => `  ${marks[verdict]} ${claim} — ${verdict}: ${evidence}`);
  const { timing } = answer;
  return [
    ...(citations.length > 0 ? ['evidence', ...citations] : []),
    ...(corrections.length > 0 ? ['corrections by Halcyon', ...corrections] : []),
    ...(findings.length > 0 ? ['checked', ...findings] : []),
    `(${timing.promptTokens} prompt tokens, ${timing.cachedTokens} from cache; ${timing.outputTokens} written; first token after ${Math.round(timing.firstTokenMs)} ms; ${answer.prompt.quoted} passages quoted, ${answer.prompt.dropped} left out)`,
  ].join('\n');
}
