import { ForwardReader } from './ggufBytes.ts';
import { readGgufHeader } from './ggufHeader.ts';

/** A LoRA adapter, a `.gguf` file, and how strongly it works. */
export interface Adapter {
  readonly file: string;
  /** Default 1. */
  readonly scale?: number | undefined;
}

/** Looks into an adapter before the native code does. Rejects with a sentence that names the file and the remedy. */
export async function checkAdapter(file: string, modelArchitecture: string): Promise<void> {
  const fault = await findFault(file, modelArchitecture);
  if (fault !== undefined) throw new Error(`The adapter ${file} cannot be used: ${fault} Take it out of "halcyon.model.adapters", or name another one.`);
}

async function findFault(file: string, modelArchitecture: string): Promise<string | undefined> {
  try {
    await using reader = await ForwardReader.open(file);
    const { values, tensors } = await readGgufHeader(reader);
    if (values.get('general.type') !== 'adapter' || values.get('adapter.type') !== 'lora') return 'it is no LoRA adapter in GGUF.';
    const architecture = values.get('general.architecture');
    if (architecture !== modelArchitecture) return `it was made for another kind of model (${typeof architecture === 'string' ? architecture : 'unnamed'}, and the model is ${modelArchitecture}).`;
    const names = new Set(tensors.map(({ name }) => name));
    const halves = tensors.filter(({ name }) => !names.has(otherHalf(name)));
    return tensors.length === 0 || halves.length > 0 ? 'it is not whole.' : undefined;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** Every change of a weight is a pair of matrices. */
function otherHalf(name: string): string {
  return name.endsWith('.lora_a') ? name.replace(/a$/, 'b') : name.endsWith('.lora_b') ? name.replace(/b$/, 'a') : '';
}
