import os from 'node:os';

/** What models can run on here. */
export interface Machine {
  readonly processor: string;
  /** Cores that share nothing, as far as can be told. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** What the system can give this process now. */
  readonly freeBytes: number;
  /** Graphics processors that the installed runtime can use; empty: it computes on the processor. */
  readonly gpus: readonly string[];
  readonly gpuMemoryBytes: number;
}

/** Looks at processor and memory; graphics processors are asked of the runtime, see `probeGpus`. */
export function probeMachine(gpus: Pick<Machine, 'gpus' | 'gpuMemoryBytes'> = { gpus: [], gpuMemoryBytes: 0 }): Machine {
  const logical = os.availableParallelism();
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown', cores: logical > 4 ? Math.ceil(logical / 2) : logical,
    memoryBytes: Math.min(os.totalmem(), process.constrainedMemory() || os.totalmem()), freeBytes: process.availableMemory(), ...gpus,
  };
}
