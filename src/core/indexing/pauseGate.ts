/** Holds updates of the index between two steps. */
export interface PauseGate {
  readonly isPaused: () => boolean;
  readonly pause: (paused: boolean) => void;
  /** Resolves at once, or when the pause ends or the signal fires. */
  readonly resumed: (signal: AbortSignal | undefined) => Promise<void>;
}

export function createPauseGate(): PauseGate {
  let paused = false;
  const waiting = new Set<() => void>();
  return {
    isPaused: () => paused,
    pause: wanted => {
      paused = wanted;
      if (wanted) return;
      for (const go of waiting) go();
      waiting.clear();
    },
    resumed: async signal => {
      if (!paused || signal?.aborted === true) return;
      await new Promise<void>(resolve => {
        waiting.add(resolve);
        signal?.addEventListener('abort', () => { resolve(); }, { once: true });
      });
    },
  };
}
