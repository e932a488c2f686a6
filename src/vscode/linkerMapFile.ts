import * as vscode from 'vscode';
import type { FolderSession } from './folderSession.ts';

const mostMaps = 40;

/** The linker map that was written last below a folder, build folders included. */
export async function newestMap(session: FolderSession): Promise<string | undefined> {
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(session.folder.uri, '**/*.map'), '**/node_modules/**', mostMaps);
  const dated = await Promise.all(found.map(async uri => ({ uri, time: (await vscode.workspace.fs.stat(uri)).mtime })));
  const [newest] = dated.toSorted((one, other) => other.time - one.time);
  return newest === undefined ? undefined : session.fileOf(newest.uri);
}
