import fs from 'node:fs/promises';
import path from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { Option, type Command } from 'commander';
import type { Answer, AnswerEvent, AskRequest, AskTask, Attached, Evidence, Verdict } from '../../core/index.ts';
import { gitDiff } from '../../node/gitDiff.ts';
import { withContext, type Context } from '../context.ts';
import { CommandFailure, WrongUsage, printProblems, printReport } from '../output.ts';
import { plainText } from '../plainText.ts';

/** `ask` and `explain`: text streams as it comes; `--json` prints the checked answer at the end. */
export function addAnswerCommands(program: Command): void {
  program.command('ask').description('ask about the firmware or the chip').argument('[question...]')
    .addOption(new Option('--task <task>', 'words it as a task: the question is then a register, a function, a peripheral, a finding or a dump').choices(tasks))
    .option('--at <place>', 'code that it is about, as FILE:LINE or FILE:LINE-LINE')
    .option('--map <file>', 'the linker\'s map, to name the functions of a fault')
    .option('--diff <file>', 'for commitSummary: a diff, - for standard input; without it, what git has staged, else what changed')
    .action((words: string[], options: AskOptions, command: Command) => withContext(command, async context => {
      await printAnswer(context, context.engine.ask(await askRequest(words.join(' '), options, command.optsWithGlobals<{ readonly workspace: string }>().workspace), context.signal));
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

const tasks: AskTask[] = ['explainRegister', 'explainWrite', 'reviewFunction', 'fixFinding', 'writeInit', 'explainFault', 'commitSummary'];

interface AskOptions {
  readonly task?: AskTask;
  readonly at?: string;
  readonly map?: string;
  readonly diff?: string;
}

async function askRequest(question: string, { task, at, map, diff }: AskOptions, workspace: string): Promise<AskRequest> {
  const [, file, line, endLine] = at === undefined ? [] : /^(.+):(\d+)(?:-(\d+))?$/.exec(at) ?? [];
  if (at !== undefined && file === undefined) throw new WrongUsage(`${at}: give a place as FILE:LINE or FILE:LINE-LINE, for example src/main.c:10-14.`);
  if (question === '' && at === undefined && task !== 'commitSummary') throw new WrongUsage('ask needs a question, or --at FILE:LINE.');
  const code: Attached[] = file === undefined ? [] : [{ kind: 'file', file, line: Number(line), ...(endLine === undefined ? { wholeFunction: true } : { endLine: Number(endLine) }) }];
  const change: Attached[] = task === 'commitSummary' ? [{ kind: 'change', text: await changeText(diff, workspace) }] : [];
  return {
    question: question === '' ? task === 'commitSummary' ? 'The change is quoted above.' : `the code of ${at ?? ''}` : question,
    ...(task !== undefined && { task }), ...(code.length + change.length > 0 && { attached: [...code, ...change] }), ...(map !== undefined && { map: path.resolve(map) }),
  };
}

async function changeText(file: string | undefined, workspace: string): Promise<string> {
  if (file === undefined) return gitDiff(path.resolve(workspace));
  return file === '-' ? readText(process.stdin) : fs.readFile(path.resolve(file), 'utf8');
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
