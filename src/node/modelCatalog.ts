import fs from 'node:fs/promises';
import path from 'node:path';
import { partialSuffix } from './fileDownload.ts';
import { checkGguf, type GgufCheck } from './gguf.ts';
import { neededMemoryBytes, type MemoryDemand } from './neededMemory.ts';

/** A model that can be chosen: from the catalogue, or found in the models folder. */
export interface ListedModel {
  readonly id: string;
  readonly name: string;
  readonly role: 'chat' | 'embedder';
  readonly fileName: string;
  /** Absent when it cannot be downloaded. */
  readonly url?: string;
  /** Of the file on disk when it is cached, else of the download. */
  readonly sizeBytes: number;
  readonly sha256?: string;
  readonly license: string;
  /** Tokens it was trained on at once. */
  readonly contextTokens: number;
  /** Memory it takes while it runs, with a context of 8,192 tokens or its own if that is smaller. */
  readonly memoryBytes: number;
  /** Cache of one token of context, where it is known. */
  readonly cacheBytesPerToken?: number;
  /** The one to offer first for its role. */
  readonly isDefault?: boolean;
  /** Trained to answer; a model that is not only continues text. Undefined for embedders. */
  readonly followsInstructions?: boolean;
  readonly cached: boolean;
  /** Where it lies, when it is cached. */
  readonly path?: string;
  /** What an interrupted download has already brought. */
  readonly partialBytes?: number;
  /** Why a file that lies in the folder cannot be used; such a file is not `cached`. */
  readonly problem?: string;
}

type CatalogModel = Pick<ListedModel, 'id' | 'name' | 'role' | 'fileName' | 'url' | 'sizeBytes' | 'sha256' | 'license' | 'contextTokens' | 'isDefault' | 'followsInstructions'> & { readonly memory?: MemoryDemand['metadata'] };

const workingContextTokens = 8192;

const qwen = 'https://huggingface.co/Qwen';
const qwenCoder = { role: 'chat', contextTokens: 32_768, followsInstructions: true } as const;

/** Sizes and hashes are those of the publishers' file pages; cache bytes follow from layers × heads × head size. */
const catalog: readonly CatalogModel[] = [
  {
    ...qwenCoder, id: 'qwen2.5-coder-7b', name: 'Qwen2.5 Coder 7B Instruct (Q4_K_M)', isDefault: true, license: 'Apache-2.0',
    fileName: 'qwen2.5-coder-7b-instruct-q4_k_m.gguf', url: `${qwen}/Qwen2.5-Coder-7B-Instruct-GGUF/resolve/main/qwen2.5-coder-7b-instruct-q4_k_m.gguf`,
    sizeBytes: 4_683_073_536, sha256: '509287f78cb4d4cf6b3843734733b914b2c158e43e22a7f4bf5e963800894d3c', memory: { cacheBytesPerToken: 57_344 },
  },
  {
    ...qwenCoder, id: 'qwen2.5-coder-14b', name: 'Qwen2.5 Coder 14B Instruct (Q4_K_M)', license: 'Apache-2.0',
    fileName: 'qwen2.5-coder-14b-instruct-q4_k_m.gguf', url: `${qwen}/Qwen2.5-Coder-14B-Instruct-GGUF/resolve/main/qwen2.5-coder-14b-instruct-q4_k_m.gguf`,
    sizeBytes: 8_988_110_272, sha256: 'c1e659736d89ac1065fb495330fb824d94001974a4bfa78e7270e43476a8d940', memory: { cacheBytesPerToken: 196_608 },
  },
  {
    ...qwenCoder, id: 'qwen2.5-coder-3b', name: 'Qwen2.5 Coder 3B Instruct (Q4_K_M)', license: 'Qwen Research (non-commercial)',
    fileName: 'qwen2.5-coder-3b-instruct-q4_k_m.gguf', url: `${qwen}/Qwen2.5-Coder-3B-Instruct-GGUF/resolve/main/qwen2.5-coder-3b-instruct-q4_k_m.gguf`,
    sizeBytes: 2_104_932_800, sha256: '724fb256bec1ff062b2f65e4569e871ad2e95ab2a3989723d1769c54294730b7', memory: { cacheBytesPerToken: 36_864 },
  },
  {
    ...qwenCoder, id: 'qwen2.5-coder-1.5b', name: 'Qwen2.5 Coder 1.5B Instruct (Q4_K_M)', license: 'Apache-2.0',
    fileName: 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf', url: `${qwen}/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf`,
    sizeBytes: 1_117_320_768, sha256: 'cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046', memory: { cacheBytesPerToken: 28_672 },
  },
  {
    id: 'all-minilm-l6-v2', name: 'all-MiniLM-L6-v2 (Q8_0)', role: 'embedder', isDefault: true, license: 'Apache-2.0', contextTokens: 512,
    fileName: 'all-MiniLM-L6-v2-Q8_0.gguf', url: 'https://huggingface.co/second-state/All-MiniLM-L6-v2-Embedding-GGUF/resolve/main/all-MiniLM-L6-v2-Q8_0.gguf',
    sizeBytes: 25_008_064, sha256: '263215c3cadd6e16740741a7624ab4cbb6c8e777688bd5331ecfbf5681c2f8ed', memory: { repackedBytes: 0, isEmbedder: true },
  },
];

/** Known by name when they lie in the folder (scripts/models.mjs puts them there), but never offered for download. */
const testModels: readonly CatalogModel[] = [
  { id: 'smollm2-135m', name: 'SmolLM2 135M Instruct (Q4_1, for tests)', role: 'chat', license: 'Apache-2.0', contextTokens: 8192, followsInstructions: true, fileName: 'SmolLM2-135M-Instruct-Q4_1.gguf', sizeBytes: 98_362_432, memory: { repackedBytes: 0, cacheBytesPerToken: 23_040 } },
  { id: 'gemma-3-270m', name: 'Gemma 3 270M (Q4_K_M, for tests)', role: 'chat', license: 'Gemma terms of use', contextTokens: 32_768, followsInstructions: false, fileName: 'gemma-3-270m-Q4_K_M.gguf', sizeBytes: 253_113_024, memory: { repackedBytes: 13_271_040, cacheBytesPerToken: 18_432 } },
];

/**
 * The catalogue in the order in which to offer it, then every other model file that lies in the folder. Makes no network
 * request. A folder that does not exist is an empty one; files that are no usable model are listed with their problem.
 */
export async function listModels({ folder }: { readonly folder: string }): Promise<readonly ListedModel[]> {
  const sizes = await fileSizes(folder);
  const known = [...catalog, ...testModels.filter(({ fileName }) => sizes.has(fileName))];
  const listed = known.map(model => listKnown(model, folder, sizes));
  const knownNames = new Set([...catalog, ...testModels].map(({ fileName }) => fileName));
  const others = [...sizes.keys()].filter(name => isWholeModelName(name) && !knownNames.has(name)).sort();
  const found = await Promise.all(others.map(name => listFound(path.join(folder, name))));
  return [...listed, ...found.filter(model => model !== undefined)];
}

async function fileSizes(folder: string): Promise<Map<string, number>> {
  const entries = await fs.readdir(folder).catch(() => []);
  const sizes = new Map<string, number>();
  for (const name of entries) {
    const status = await fs.stat(path.join(folder, name)).catch(() => undefined);
    if (status?.isFile() === true) sizes.set(name, status.size);
  }
  return sizes;
}

function listKnown({ memory, ...model }: CatalogModel, folder: string, sizes: ReadonlyMap<string, number>): ListedModel {
  const cachedBytes = sizes.get(model.fileName);
  const partialBytes = sizes.get(model.fileName + partialSuffix);
  const sizeBytes = cachedBytes ?? model.sizeBytes;
  return {
    ...model, sizeBytes,
    memoryBytes: memoryOf(sizeBytes, model.contextTokens, memory),
    ...(memory?.cacheBytesPerToken !== undefined && { cacheBytesPerToken: memory.cacheBytesPerToken }),
    cached: cachedBytes !== undefined,
    ...(cachedBytes !== undefined && { path: path.join(folder, model.fileName) }),
    ...(cachedBytes === undefined && partialBytes !== undefined && { partialBytes }),
  };
}

/** Of a model in several files only the first is a choice. */
function isWholeModelName(name: string): boolean {
  const part = /-(\d{5})-of-\d{5}\.gguf$/i.exec(name)?.[1];
  return /\.gguf$/i.test(name) && (part === undefined || part === '00001');
}

/** A file that the user put there; undefined for what is whole but neither a chat model nor an embedder. */
async function listFound(file: string): Promise<ListedModel | undefined> {
  const fileName = path.basename(file);
  const { sizeBytes, check } = await checkOnce(file);
  const common = { id: fileName.replace(/\.gguf$/i, ''), name: fileName.replace(/\.gguf$/i, ''), fileName, sizeBytes, license: 'unknown' };
  if (!check.ok) return { ...common, role: 'chat', contextTokens: 0, memoryBytes: 0, cached: false, problem: check.problem };
  const { metadata } = check;
  if (metadata.isReranker) return undefined;
  const contextTokens = metadata.contextLength ?? 0;
  return {
    ...common, contextTokens, cached: true, path: file,
    role: metadata.isEmbedder ? 'embedder' : 'chat',
    ...(!metadata.isEmbedder && { followsInstructions: metadata.hasChatTemplate }),
    memoryBytes: memoryOf(sizeBytes, contextTokens, metadata),
    ...(metadata.cacheBytesPerToken !== undefined && { cacheBytesPerToken: metadata.cacheBytesPerToken }),
  };
}

function memoryOf(fileBytes: number, trainedTokens: number, metadata: MemoryDemand['metadata']): number {
  return neededMemoryBytes({ fileBytes, contextTokens: Math.min(workingContextTokens, trainedTokens), ...(metadata !== undefined && { metadata }) });
}

interface Checked {
  readonly sizeBytes: number;
  readonly modified: number;
  readonly check: GgufCheck;
}

/** By file: a large vocabulary takes its time to check, and lists are asked for often. */
const checked = new Map<string, Checked>();

async function checkOnce(file: string): Promise<Checked> {
  const status = await fs.stat(file).catch(() => undefined);
  const known = checked.get(file);
  if (known !== undefined && status?.size === known.sizeBytes && status.mtimeMs === known.modified) return known;
  const fresh = { sizeBytes: status?.size ?? 0, modified: status?.mtimeMs ?? 0, check: await checkGguf(file) };
  checked.set(file, fresh);
  return fresh;
}
