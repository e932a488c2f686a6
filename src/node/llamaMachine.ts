import type { Machine } from './machine.ts';

/** Graphics processors by what the installed runtime reports: none where only its build for the processor is there. */
export async function probeGpus(): Promise<Pick<Machine, 'gpus' | 'gpuMemoryBytes'>> {
  try {
    const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
    const llama = await getLlama({ gpu: 'auto', build: 'never', skipDownload: true, progressLogs: false, logLevel: LlamaLogLevel.error, logger: () => undefined });
    if (llama.gpu === false) return { gpus: [], gpuMemoryBytes: 0 };
    const { total } = await llama.getVramState();
    return { gpus: (await llama.getGpuDeviceNames()).map(name => `${name} (${String(llama.gpu)})`), gpuMemoryBytes: total };
  } catch {
    // Without a runtime there is no graphics processor for it.
    return { gpus: [], gpuMemoryBytes: 0 };
  }
}
