import type { Host } from '../host.ts';

/** Milliseconds between two progress events. */
const intervalMs = 100;

/** Says whether it is time for a progress event: at the first call, then at most ten times a second. */
export function createTicker(host: Host): () => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = host.now();
    if (now - last < intervalMs) return false;
    last = now;
    return true;
  };
}
