/** What did not answer in time. */
export class LateError extends Error {
  override readonly name = 'LateError';
}

/** The result of the work, or a failure in words once it takes longer: a drive that is away may never answer. */
export async function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => { reject(new LateError(`no answer within ${milliseconds / 1000} s`)); }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
