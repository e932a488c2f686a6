import { ForwardReader } from './ggufBytes.ts';
import { readGgufHeader, type GgufHeader } from './ggufHeader.ts';
import { readBaseModel, type BaseModel } from './ggufWeights.ts';

/** A LoRA adapter, a `.gguf` file, and how strongly it works. */
export interface Adapter {
  readonly file: string;
  /** Default 1. */
  readonly scale?: number | undefined;
}

/** Key of the mark of the weights that an adapter was trained on (`BaseModel.weightsMark`). */
export const baseWeightsKey = 'halcyon.base.weights';

/** Looks into an adapter before the native code does. Rejects with a sentence that names the file and the remedy. */
export async function checkAdapter(file: string, modelFile: string): Promise<void> {
  const fault = await findFault(file, modelFile);
  if (fault !== undefined) throw new Error(`The adapter ${file} cannot be used: ${fault} Take it out of "halcyon.model.adapters", or name another one.`);
}

async function findFault(file: string, modelFile: string): Promise<string | undefined> {
  try {
    await using reader = await ForwardReader.open(file);
    const header = await readGgufHeader(reader);
    const { values, tensors } = header;
    if (values.get('general.type') !== 'adapter' || values.get('adapter.type') !== 'lora') return 'it is no LoRA adapter in GGUF.';
    const names = new Set(tensors.map(({ name }) => name));
    const halves = tensors.filter(({ name }) => !names.has(otherHalf(name)));
    return tensors.length === 0 || halves.length > 0 ? 'it is not whole.' : findMisfit(header, await readBaseModel(modelFile));
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** Why an adapter that is right in itself is not for this model. */
function findMisfit({ values, tensors }: GgufHeader, model: BaseModel): string | undefined {
  const architecture = values.get('general.architecture');
  if (architecture !== model.architecture) return `it was made for another kind of model (${typeof architecture === 'string' ? architecture : 'unnamed'}, and the model is ${model.architecture}).`;
  const weights = new Map(model.header.tensors.map(({ name, dimensions }) => [name, dimensions]));
  for (const { name, dimensions } of tensors) {
    const [columns, rows] = weights.get(name.replace(/\.lora_[ab]$/, '')) ?? [];
    if (name.endsWith('.lora_a') ? dimensions[0] !== columns : dimensions[1] !== rows) return `it was made for a model of another size: ${name.replace(/\.lora_[ab]$/, '')} does not fit.`;
  }
  const trainedOn = values.get(baseWeightsKey);
  const name = values.get('general.base_model.0.name');
  if (trainedOn !== undefined && model.weightsMark !== undefined && trainedOn !== model.weightsMark) return `it was trained on ${typeof name === 'string' ? name : 'another model'}, whose weights are not those of this model, though both are of one shape.`;
  return undefined;
}

/** Every change of a weight is a pair of matrices. */
function otherHalf(name: string): string {
  return name.endsWith('.lora_a') ? name.replace(/a$/, 'b') : name.endsWith('.lora_b') ? name.replace(/b$/, 'a') : '';
}
