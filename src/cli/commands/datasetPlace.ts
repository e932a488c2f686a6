import path from 'node:path';
import { datasetFolder, readBuild } from '../../node/datasetFolder.ts';
import { CommandFailure } from '../output.ts';

/** The global options that commands of the dataset read. */
export interface DatasetGlobals {
  readonly workspace: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly progress?: boolean;
}

/** What `--out` means for each of them. */
export const outText = 'the dataset\'s folder; default: .halcyon/dataset in the workspace';

/** Where the dataset is, by the command's options. */
export function folderOf({ workspace }: Pick<DatasetGlobals, 'workspace'>, { out }: { readonly out?: string }): string {
  return out === undefined ? datasetFolder(path.resolve(workspace)) : path.resolve(out);
}

/** The last build, or a failure with its sentence. */
export async function built(folder: string): ReturnType<typeof readBuild> {
  return inWords(async () => readBuild(folder));
}

/** What the disk refuses is a failure with a sentence. */
export async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  }
}
