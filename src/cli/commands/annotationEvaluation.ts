import type { Command } from 'commander';
import { annotate, labelAgreement, readLabelled, type LabelAgreement } from '../../core/index.ts';
import { outputOf } from '../context.ts';
import { textOf } from '../files.ts';
import { CommandFailure, printReport, type Report } from '../output.ts';

/** `eval annotation FILE`: the labels of training data against a person's. */
export function addAnnotationEvaluation(evaluation: Command): void {
  evaluation.command('annotation <file>').description('precision, recall and F1 of the labels of training data, against examples that a person has labelled').exitOverride()
    .action(async (file: string, _options: unknown, command: Command) => {
      const text = await textOf(file);
      const { labelled, problems } = readLabelled(text, file);
      if (labelled.length === 0) throw new CommandFailure(`eval annotation: ${file} holds no labelled example. ${problems[0]?.message ?? ''}`);
      const report = { ...labelAgreement(labelled.map(({ draft, gold }) => ({ gold, given: annotate(draft) }))), problems };
      printReport(outputOf(command.optsWithGlobals()), report, render);
    });
}

function render({ examples, scores, accuracy, macroF1 }: LabelAgreement & Report): string {
  const row = (cells: readonly string[]): string => cells.map((cell, column) => (column < 2 ? cell.padEnd(18) : cell.padStart(10))).join('').trimEnd();
  return [
    `${examples} labelled examples`, row(['label', '', 'wanted', 'given', 'precision', 'recall', 'F1']),
    ...scores.map(({ kind, label, wanted, given, precision, recall, f1 }) => row([kind, label, String(wanted), String(given), ...[precision, recall, f1].map(figure => figure.toFixed(3))])),
    '', ...(['questionType', 'difficulty', 'answerKind'] as const).map(kind => `${kind.padEnd(14)} right ${accuracy[kind].toFixed(3)}, mean F1 ${macroF1[kind].toFixed(3)}`),
  ].join('\n');
}
