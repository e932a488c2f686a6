import type { Embedder } from '../core/index.ts';
import { askEndpoint, endpointAddress, type Endpoint } from './endpoint.ts';

/** Texts of one request: few enough for a small server to answer in seconds. */
const batchTexts = 32;
/** Cut here: servers refuse texts beyond their window, and most windows are 512 tokens. */
const mostCharacters = 1200;

/** Name of the vectors an endpoint makes, known without asking it. */
export function endpointEmbedderId({ url, model }: Endpoint): string {
  return `${URL.parse(url)?.host ?? url}/${model}:${mostCharacters}`;
}

/** An embedding model behind an endpoint. Asks once for the length of its vectors; rejects with a sentence. */
export async function openEndpointEmbedder(endpoint: Endpoint, { offline = false }: { readonly offline?: boolean | undefined } = {}): Promise<Embedder> {
  const [first] = await embedBatch(endpoint, ['register'], { offline });
  const dimensions = first?.length ?? 0;
  return {
    id: endpointEmbedderId(endpoint), dimensions,
    embed: async (texts, signal) => {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += batchTexts) {
        signal?.throwIfAborted();
        vectors.push(...await embedBatch(endpoint, texts.slice(from, from + batchTexts), { offline, signal }));
      }
      const wrong = vectors.find(({ length }) => length !== dimensions);
      if (wrong !== undefined) throw new Error(`${hostOf(endpoint)} made vectors of ${dimensions} numbers and now of ${wrong.length}: its model was exchanged. Restart the engine.`);
      return vectors;
    },
  };
}

async function embedBatch(endpoint: Endpoint, texts: readonly string[], { offline, signal }: { offline: boolean; signal?: AbortSignal | undefined }): Promise<Float32Array[]> {
  // Servers refuse an empty text, and a blank one says as little.
  const input = texts.map(text => text.slice(0, mostCharacters) || ' ');
  const { body } = await askEndpoint(endpoint, { path: 'embeddings', body: { model: endpoint.model, input, encoding_format: 'float' }, offline, signal });
  const vectors = vectorsIn(Buffer.concat(await Array.fromAsync(body)).toString('utf8'));
  if (vectors?.length !== texts.length) throw new Error(`${hostOf(endpoint)} did not answer with one vector for each text. Check that "halcyon.embedder.endpoint.model" names an embedding model.`);
  return vectors;
}

/** The vectors in the order of their texts, each of length 1; undefined when the answer is something else. */
function vectorsIn(body: string): Float32Array[] | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return undefined;
  }
  const data: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'data') : undefined;
  if (!Array.isArray(data)) return undefined;
  const vectors: Float32Array[] = [];
  for (const [place, item] of (data as unknown[]).entries()) {
    const numbers: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'embedding') : undefined;
    const index: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'index') : undefined;
    if (!isNumbers(numbers)) return undefined;
    vectors[typeof index === 'number' ? index : place] = unit(numbers);
  }
  return Object.keys(vectors).length === data.length ? vectors : undefined;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every(each => typeof each === 'number' && Number.isFinite(each));
}

function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, value => (length === 0 ? 0 : value / length));
}

function hostOf(endpoint: Endpoint): string {
  return endpointAddress(endpoint).host;
}
