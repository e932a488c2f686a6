import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';

/** Which sessions a view has rows of, and where its failures go. */
export interface RowsOptions {
  readonly isReady: (session: FolderSession) => boolean;
  readonly onFailure: (error: unknown) => void;
}

/** The rows of every session whose engine lives; one that fails has none. */
export async function rowsOfSessions<Row>(sessions: FolderSessions, { isReady, onFailure }: RowsOptions, rowsOf: (session: FolderSession) => Promise<readonly Row[]>): Promise<Row[]> {
  const rows = await Promise.all(sessions.all().filter(session => session.status.crash === undefined && isReady(session)).map(async session => {
    try {
      return await rowsOf(session);
    } catch (error) {
      onFailure(error);
      return [];
    }
  }));
  return rows.flat();
}
