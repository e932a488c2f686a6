import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ModelSetup, Situation, Warning } from '../../webview/protocol.ts';
import { descriptionFile } from './descriptionFile.ts';
import type { FolderSessions } from './folderSessions.ts';
import { chatModelName, type ModelsInUse } from './modelsInUse.ts';
import { problemLine } from './sentence.ts';

/** What the chat page shows besides the conversation. */
export function situationOf(sessions: FolderSessions, models: ModelsInUse, setup: ModelSetup | undefined): Situation {
  const session = sessions.current();
  const model = chatModelName(models);
  const { device, index, crash, notice, progress } = session?.status ?? {};
  const described = descriptionFile(device);
  const problems = device?.problems ?? [];
  const warnings: Warning[] = [
    ...models.warnings.map(text => ({ text, remedies: ['selectModel'] as const })),
    ...(crash === undefined ? [] : [{ text: crash, remedies: ['restartEngine', 'showOutput'] as const }]),
    ...(notice === undefined ? [] : [{ text: notice, remedies: ['showOutput'] as const }]),
    ...(index?.status === 'failed' ? [{ text: vscode.l10n.t('Indexing failed: {0}', index.message ?? ''), remedies: ['showOutput'] as const }] : []),
    ...problems.filter(({ line }) => line === undefined).map(problem => ({ text: problemLine(problem), remedies: ['chooseSvd', 'showOutput'] as const })),
  ];
  return {
    folderOpen: session !== undefined,
    ...(device?.device !== undefined && { device: device.device }),
    ...(described !== undefined && { svd: path.basename(described) }),
    ...(model !== undefined && { model }),
    ...(model === undefined && setup !== undefined && { setup }),
    ...(progress !== undefined && { indexing: progress }),
    warnings,
    remarks: problems.filter(({ line }) => line !== undefined).map(problem => problemLine({ ...problem, file: path.basename(problem.file) })),
  };
}
