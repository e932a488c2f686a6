import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { GenerationEvent, LanguageModel } from '../core/index.ts';
import type { Adapter } from './adapterCheck.ts';
import { fileStamp } from './fileStamp.ts';

/** Where what a model wrote is kept, and how much of it. */
export interface KeptOutputsOptions {
  readonly folder: string;
  /** Which weights write: see `modelIdentity`. */
  readonly identity: string;
  readonly mostEntries?: number;
}

const defaultMostEntries = 20_000;

/**
 * A model that reads from disk what it has written to the same prompt before. Only greedy generations that came to their end
 * are kept: another would be another text the next time.
 */
export function keepModelOutputs(model: LanguageModel, options: KeptOutputsOptions): LanguageModel {
  let written = 0;
  return {
    get info() { return model.info; },
    countTokens: async text => model.countTokens(text),
    ...model.prepare !== undefined && { prepare: async messages => model.prepare?.(messages) },
    generate: async function* (messages, given = {}) {
      const { signal, ...sampling } = given;
      if ((sampling.temperature ?? 0) !== 0) {
        yield* model.generate(messages, given);
        return;
      }
      const file = path.join(options.folder, `${createHash('sha256').update(JSON.stringify([options.identity, model.info.contextTokens, messages, { maxTokens: 512, temperature: 0, ...sampling }])).digest('hex')}.json`);
      const kept = await readOutput(file);
      if (kept !== undefined) {
        for (const event of kept) if (signal?.aborted !== true) yield event;
        return;
      }
      const events: GenerationEvent[] = [];
      for await (const event of model.generate(messages, given)) {
        events.push(event);
        yield event;
      }
      const last = events.at(-1);
      if (last?.type !== 'end' || last.usage.stopReason === 'cancelled') return;
      await writeOutput(file, events);
      // Counted now and then: reading the folder costs more than writing a file.
      if (written % 200 === 0) await dropOldest(options.folder, options.mostEntries ?? defaultMostEntries);
      written += 1;
    },
  };
}

/** Which weights write: files by their stamps, with the strength of each. */
export async function modelIdentity(modelFile: string, adapters: readonly Adapter[] = []): Promise<string> {
  const files = [{ file: modelFile, scale: 1 }, ...adapters.map(({ file, scale = 1 }) => ({ file, scale }))];
  return JSON.stringify(await Promise.all(files.map(async ({ file, scale }) => [...await fileStamp(file), scale])));
}

/** What cannot be read, or is damaged, was never written. */
async function readOutput(file: string): Promise<readonly GenerationEvent[] | undefined> {
  try {
    const value: unknown = JSON.parse(await fs.readFile(file, 'utf8'));
    if (!Array.isArray(value) || !value.every(isEvent) || value.at(-1)?.type !== 'end') return undefined;
    const now = new Date();
    await fs.utimes(file, now, now).catch(() => undefined);
    return value;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is GenerationEvent {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'end') return 'usage' in value && typeof value.usage === 'object' && value.usage !== null && 'stopReason' in value.usage && typeof value.usage.stopReason === 'string';
  return (value.type === 'text' || value.type === 'thinking') && 'text' in value && typeof value.text === 'string';
}

/** A cache that cannot be written (a full disk, no permission) costs time, never the answer. */
async function writeOutput(file: string, events: readonly GenerationEvent[]): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(part, JSON.stringify(events));
    await fs.rename(part, file);
  } catch {
    await fs.rm(part, { force: true }).catch(() => undefined);
  }
}

/** Down to nine tenths, what was longest not used first. */
async function dropOldest(folder: string, most: number): Promise<void> {
  const names = await fs.readdir(folder).catch(() => []);
  if (names.length <= most) return;
  const files = (await Promise.all(names.map(async name => ({ name, used: (await fs.stat(path.join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })))).sort((one, other) => one.used - other.used);
  for (const { name } of files.slice(0, names.length - Math.floor(most * 0.9))) await fs.rm(path.join(folder, name), { force: true }).catch(() => undefined);
}
