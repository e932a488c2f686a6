import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { datasetCard, datasetStats, exportDataset, exportFormats, datasetSplits, seededRandom, type ExportedFile, type ExportFormat, type Problem } from '../core/index.ts';
import { readBuild, replaceFolder } from './datasetFolder.ts';

export interface ExportOptions {
  readonly to: string;
  readonly formats: readonly ExportFormat[];
}

export interface ExportReport {
  readonly folder: string;
  readonly files: readonly (Omit<ExportedFile, 'text'> & { readonly sha256: string })[];
  readonly problems: readonly Problem[];
}

/** Writes the last build in the formats that trainers read, with a card and checksums; all files or none. */
export async function writeExport(folder: string, { to, formats }: ExportOptions): Promise<ExportReport> {
  const { examples, report, problems } = await readBuild(folder);
  await refuseForeign(to);
  const exported = exportDataset(examples, formats, seededRandom(report.seed));
  const files = exported.map(({ text, ...file }) => ({ ...file, sha256: createHash('sha256').update(text).digest('hex') }));
  const card = datasetCard({ name: path.basename(report.workspace), stats: datasetStats(examples), dropped: report.dropped, policy: report.policy, seed: report.seed, files });
  await replaceFolder(to, [
    ...exported,
    { name: 'README.md', text: card },
    { name: 'SHA256SUMS', text: files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('') },
  ]);
  const missing = formats.filter(format => !files.some(file => file.format === format)).map(format => ({ file: '', message: `No example can be given as ${format}, so that no such file was written.` }));
  return { folder: to, files, problems: [...problems, ...missing] };
}

/** The whole folder is replaced: one that holds anything but an export is left alone. */
async function refuseForeign(folder: string): Promise<void> {
  const names = await fs.readdir(folder).catch(() => []);
  const known = new RegExp(`^(?:README\\.md|SHA256SUMS|(?:${exportFormats.join('|')})\\.(?:${datasetSplits.join('|')})\\.jsonl?)$`);
  const foreign = names.find(name => !known.test(name));
  if (foreign !== undefined) throw new Error(`${folder} holds ${foreign}, which is no export of a dataset: name an empty folder, or one that does not exist yet.`);
}
