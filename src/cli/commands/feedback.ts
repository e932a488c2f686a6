import fs from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { analyseFeedback, annotate, joinedFeedback, readFeedback, type ExampleLabels, type FeedbackAnalysis, type FeedbackRecord, type Problem } from '../../core/index.ts';
import { outputOf, withContext } from '../context.ts';
import { textOf, writeWhole } from '../files.ts';
import { CommandFailure, printReport, WrongUsage } from '../output.ts';

/** `feedback show|analyse|export|erase`: what users said of answers, in a file that nothing sends anywhere. */
export function addFeedbackCommands(program: Command): void {
  const feedback = program.command('feedback').description('ratings and corrections: what they say is wrong, why, and what to do next')
    .action(() => { throw new CommandFailure('feedback: name what to do: halcyon feedback show, analyse, export or erase, each with the file feedback.jsonl.'); });
  feedback.command('show <file>').description('what was said of each answer').exitOverride().action(async (file: string, _options: unknown, command: Command) => {
    const { records, problems } = await recordsOf(file);
    printReport(outputOf(command.optsWithGlobals()), { answers: joinedFeedback(records), problems }, ({ answers }) => answers.map(shown).join('\n') || 'no feedback');
  });
  feedback.command('analyse <file>').description('failures by kind of question, peripheral and cause, and the next step for each cause').exitOverride()
    .action((file: string, _options: unknown, command: Command) => withContext(command, async ({ engine, output, signal }) => {
      const { records, problems } = await recordsOf(file);
      const analysis = await analyseFeedback(records, {
        search: async (text, limit) => (await engine.search(text, { limit }, signal)).hits,
        questionType: record => annotationOf(record).questionType, peripherals: record => annotationOf(record).entities.peripheral,
      });
      printReport(output, { ...analysis, problems }, renderAnalysis);
    }));
  feedback.command('export <file>').description('a copy of what was said, one JSON document an answer').exitOverride().requiredOption('--out <file>', 'where to')
    .action(async (file: string, { out }: { readonly out: string }, command: Command) => {
      const { records, problems } = await recordsOf(file);
      if (path.resolve(out) === path.resolve(file)) throw new WrongUsage('--out: name another file than the one that is exported.');
      const answers = joinedFeedback(records);
      await writeWhole(path.resolve(out), answers.map(record => `${JSON.stringify(record)}\n`).join(''));
      printReport(outputOf(command.optsWithGlobals()), { answers: answers.length, file: path.resolve(out), problems }, report => `${report.answers} answers: ${report.file}`);
    });
  feedback.command('erase <file>').description('forgets all of it, or what was said of one answer').exitOverride()
    .option('--answer <id>', 'only of this answer').option('--all', 'of every answer')
    .action(async (file: string, options: { readonly answer?: string; readonly all?: true }, command: Command) => {
      if ((options.answer === undefined) === (options.all === undefined)) throw new WrongUsage('feedback erase: give either --all or --answer ID, as halcyon feedback show prints it.');
      const report = options.answer === undefined ? await eraseAll(file) : await eraseAnswer(file, options.answer);
      printReport(outputOf(command.optsWithGlobals()), { ...report, problems: [] }, ({ erased }) => `${erased} lines erased`);
    });
}

async function recordsOf(file: string): Promise<{ readonly records: readonly FeedbackRecord[]; readonly problems: readonly Problem[] }> {
  return readFeedback(await textOf(file), file);
}

/** Only a file of feedback is deleted: whoever mistypes a name loses nothing. */
async function eraseAll(file: string): Promise<{ readonly erased: number }> {
  const { records, problems } = await recordsOf(file);
  if (problems.length > 0) throw new CommandFailure(`${file}: ${problems.length} lines are no feedback, so the file was left as it is; delete it yourself if it is what you mean.`);
  await fs.rm(file);
  return { erased: records.length };
}

/** Lines of other answers, and those that cannot be read, stay as they are. */
async function eraseAnswer(file: string, id: string): Promise<{ readonly erased: number }> {
  const lines = (await textOf(file)).split('\n').filter(line => line.trim() !== '');
  const kept = lines.filter(line => readFeedback(line, file).records[0]?.answerId !== id);
  if (kept.length === lines.length) throw new CommandFailure(`${id}: ${file} holds nothing of this answer.`);
  await writeWhole(file, kept.map(line => `${line}\n`).join(''));
  return { erased: lines.length - kept.length };
}

function annotationOf({ question, answer, correction, device }: FeedbackRecord): ExampleLabels {
  return annotate({ source: 'feedback', question, answer: correction ?? answer, provenance: { files: [], licence: 'unstated', ...device !== undefined && { chip: device } } });
}

function shown({ answerId, question, rating, correction, wrongCitations = [], signal }: FeedbackRecord): string {
  const said = [rating, signal, ...wrongCitations.map(number => `[${number}] is wrong`)].filter(part => part !== undefined).join(', ');
  return `${answerId}  ${said}\n  ${question}${correction === undefined ? '' : `\n  corrected: ${correction}`}`;
}

function renderAnalysis({ answers, up, failures, byType, byPeripheral, proposals }: FeedbackAnalysis): string {
  const listed = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ') || '-';
  return [
    `${answers} answers with feedback: ${up} rated right, ${failures.length} rated or corrected as wrong`,
    `by kind of question: ${listed(byType)}`, `by peripheral: ${listed(byPeripheral)}`,
    ...proposals.flatMap(({ cause, failures: count, step }) => ['', `${cause}: ${count}`, `  ${step}`, ...failures.filter(failure => failure.cause === cause).slice(0, 10).map(({ question, needed }) => `  - ${question}${needed === undefined ? '' : ` (needed: ${needed})`}`)]),
  ].join('\n');
}
