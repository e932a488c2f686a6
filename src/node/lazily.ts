/** Something costly that opens at first use, once; a failed opening is tried again at the next use. */
export interface Lazy<T> {
  (): Promise<T>;
  /** What is open (or opening) now, handed out for closing; the next use opens anew. */
  release(): Promise<T> | undefined;
}

export function lazily<T>(open: () => Promise<T>): Lazy<T> {
  let opened: Promise<T> | undefined;
  const get = (): Promise<T> => {
    if (opened !== undefined) return opened;
    const opening = open();
    opened = opening;
    opening.catch(() => { if (opened === opening) opened = undefined; });
    return opening;
  };
  return Object.assign(get, {
    release: () => {
      const released = opened;
      opened = undefined;
      return released;
    },
  });
}
