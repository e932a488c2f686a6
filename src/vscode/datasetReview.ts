import * as vscode from 'vscode';
import type { Example } from '../core/index.ts';
import { datasetFolder, keepVerdict, readBuild, readReview } from '../node/datasetFolder.ts';
import { pickFolder } from './chipCommands.ts';
import type { FolderSessions } from './folderSessions.ts';
import { sentenceOf } from './sentence.ts';

type Decision = 'accept' | 'fix' | 'reject' | 'skip' | 'show';

/** Examples of the workspace's dataset one after the other: accepted, mended or rejected; the next build heeds it. */
export async function reviewDataset(sessions: FolderSessions): Promise<void> {
  const session = await pickFolder(sessions);
  if (session === undefined) return;
  const folder = datasetFolder(session.folder.uri.fsPath);
  try {
    const { examples } = await readBuild(folder);
    const { verdicts } = await readReview(folder);
    // Ids are hashes: their order mixes the sources.
    const waiting = examples.filter(({ id }) => !verdicts.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    if (waiting.length === 0) await vscode.window.showInformationMessage(vscode.l10n.t('Every example of the dataset has been reviewed.'));
    for (const [index, example] of waiting.entries()) if (!await reviewOne(example, folder, `${index + 1}/${waiting.length}`)) return;
  } catch (error) {
    await vscode.window.showErrorMessage(sentenceOf(error));
  }
}

/** False when the user has had enough. */
async function reviewOne(example: Example, folder: string, place: string): Promise<boolean> {
  for (;;) {
    const decision = await vscode.window.showQuickPick(choices(example), { title: vscode.l10n.t('Review Training Data ({0})', place), placeHolder: example.question, ignoreFocusOut: true });
    if (decision === undefined) return false;
    if (decision.decision === 'skip') return true;
    if (decision.decision === 'show') await show(example);
    else if (await keep(example, decision.decision, folder)) return true;
  }
}

interface Choice extends vscode.QuickPickItem {
  readonly decision: Decision;
}

function choices({ source, answer, provenance: { files: [file = ''], line }, labels }: Example): Choice[] {
  const origin = `${source} · ${labels.questionType}${file === '' ? '' : ` · ${file}${line === undefined ? '' : `:${line}`}`}`;
  return [
    { decision: 'accept', label: `$(check) ${vscode.l10n.t('Accept')}`, description: origin, detail: answer.replace(/\s+/g, ' ').slice(0, 300) },
    { decision: 'fix', label: `$(edit) ${vscode.l10n.t('Correct the Answer…')}` },
    { decision: 'reject', label: `$(trash) ${vscode.l10n.t('Reject')}`, description: vscode.l10n.t('never train on it') },
    { decision: 'show', label: `$(open-preview) ${vscode.l10n.t('Show Whole Example')}` },
    { decision: 'skip', label: `$(debug-step-over) ${vscode.l10n.t('Later')}` },
  ];
}

/** False when a correction was broken off: the example is asked about again. */
async function keep({ id, answer }: Example, verdict: 'accept' | 'fix' | 'reject', folder: string): Promise<boolean> {
  const time = new Date().toISOString();
  if (verdict !== 'fix') {
    await keepVerdict(folder, { id, verdict, time });
    return true;
  }
  const corrected = await vscode.window.showInputBox({ title: vscode.l10n.t('The right answer'), value: answer.replaceAll('\n', '\\n'), prompt: vscode.l10n.t('A new line is written as {0}.', '\\n'), ignoreFocusOut: true });
  if (corrected === undefined || corrected.trim() === '') return false;
  await keepVerdict(folder, { id, verdict, answer: corrected.replaceAll('\\n', '\n'), time });
  return true;
}

async function show({ question, context, answer, provenance }: Example): Promise<void> {
  const content = [`# ${question}`, ...context === undefined ? [] : [`\`\`\`\`\n${context}\n\`\`\`\``], answer, `\`${JSON.stringify(provenance)}\``].join('\n\n');
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }), { preview: true, viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
}
