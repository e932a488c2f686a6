import { descriptionFile } from './descriptionFile.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';

/** How often registers are used, counted in the engine's thread once the index is there. */
export interface UseCounts {
  /** By the register's address; undefined while it is not known. */
  of(session: FolderSession, address: string): number | undefined;
  /** Ends a count under way. */
  readonly stop: () => void;
}

/** Counts after every change of the index; a count under way gives way to the next one. */
export function createUseCounts(sessions: FolderSessions, log: Log, changed: () => void): UseCounts {
  const known = new WeakMap<FolderSession, Readonly<Record<string, number>>>();
  /** What each folder was last counted for. */
  const asked = new WeakMap<FolderSession, string>();
  const running = new Map<FolderSession, AbortController>();
  const count = async (session: FolderSession): Promise<void> => {
    const { facts, device } = session.status;
    const basis = JSON.stringify([facts, descriptionFile(device)]);
    if (facts === undefined || descriptionFile(device) === undefined || asked.get(session) === basis) return;
    asked.set(session, basis);
    running.get(session)?.abort();
    const abort = new AbortController();
    running.set(session, abort);
    try {
      const { counts } = await session.engine.useCounts(abort.signal);
      if (abort.signal.aborted) return;
      known.set(session, counts);
      changed();
    } catch (error) {
      log.error(`Uses of registers were not counted: ${sentenceOf(error)}`);
    } finally {
      if (running.get(session) === abort) running.delete(session);
    }
  };
  sessions.onStatus(session => { if (session !== undefined) void count(session); });
  return {
    of: (session, address) => known.get(session)?.[address],
    stop: () => { for (const abort of running.values()) abort.abort(); },
  };
}
