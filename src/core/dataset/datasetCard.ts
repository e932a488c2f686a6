import type { Counts, DatasetStats, DropCount } from './datasetStats.ts';
import type { ExportedFile } from './exportDataset.ts';

export interface CardParts {
  readonly name: string;
  readonly stats: DatasetStats;
  readonly dropped: readonly DropCount[];
  readonly policy: string;
  readonly seed: number;
  readonly files: readonly (Pick<ExportedFile, 'name' | 'format' | 'split' | 'count'> & { readonly sha256: string })[];
}

/** What whoever gets the data should know of it, as markdown. */
export function datasetCard({ name, stats, dropped, policy, seed, files }: CardParts): string {
  return [
    `# Training data from ${name}`,
    `${stats.examples} questions with answers about embedded code and hardware, collected on one machine by Halcyon. ${stats.preferencePairs} have a worse answer beside the right one; ${stats.reviewed} were looked at by a person. Register facts and the answers to questions in vain were held against the chip's description; comments, documents and commit messages were taken as their authors wrote them.`,
    `Licence policy: \`${policy}\`. Every example carries its files, its commit where there is one, and the licence that was found for them. Seed: ${seed}: the same sources and the same seed give the same data.`,
    '## Files', table(['file', 'format', 'split', 'rows', 'SHA-256'], files.map(file => [file.name, file.format, file.split, String(file.count), `\`${file.sha256}\``])),
    '## Contents', ...([['Source', stats.sources], ['Split', stats.splits], ['Question', stats.questionTypes], ['Difficulty', stats.difficulties], ['Answer', stats.answerKinds], ['Licence', stats.licences], ['Chip family', stats.families], ['Made of other examples by', stats.augmentations]] as const).flatMap(([title, counts]) => countTable(title, counts)),
    '## Splits', 'No chip family, file or commit is in two splits, and no text is nearly equal to one in another. Questions and facts of the evaluation sets that were named are left out.',
    '## Left out', dropped.length === 0 ? 'Nothing.' : table(['reason', 'examples'], dropped.map(({ reason, count }) => [reason, String(count)])),
    '## Limits', 'The answers about code say what its comments say. Labels are given by rules. Personal data and secrets are taken out by rules, which find known forms only. Look at a sample (`halcyon dataset review`) before you train.',
  ].join('\n\n').concat('\n');
}

function countTable(title: string, counts: Counts): string[] {
  const rows = Object.entries(counts);
  return rows.length === 0 ? [] : [table([title, 'examples'], rows.map(([name, count]) => [name, String(count)]))];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
