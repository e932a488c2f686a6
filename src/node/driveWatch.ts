import { LateError, withinTime } from './withinTime.ts';

/** A network drive that does not answer for so long is away. */
const driveTimeoutMs = 20_000;

/** Each open question holds one of the four threads with which a process reads its files. */
const mostOpen = 2;

/** Questions to the drives of one folder, each with a time limit. */
export interface DriveWatch {
  /** The answer, or a `LateError`; at once while earlier questions are open past their time, so that no more threads are lost to the drive. */
  ask<T>(question: () => Promise<T>): Promise<T>;
}

/** Begins with a drive that is trusted to answer. */
export function watchDrive(timeoutMs = driveTimeoutMs): DriveWatch {
  let open = 0;
  return {
    ask: async question => {
      if (open >= mostOpen) throw new LateError('its drive has not answered for a while');
      const answer = question();
      try {
        return await withinTime(answer, timeoutMs);
      } catch (error) {
        if (error instanceof LateError) {
          open += 1;
          const answered = () => { open -= 1; };
          answer.then(answered, answered);
        }
        throw error;
      }
    },
  };
}
