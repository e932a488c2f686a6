import type { SourceFacts } from '../parse/facts.ts';
import type { Problem } from '../text/problem.ts';
import { parseSource } from './parseSource.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';

/** A file as it is now, parsed. */
export interface OpenSource {
  readonly text: string;
  readonly facts: SourceFacts;
}

/** Reads (or takes the editor's text) and parses one file. */
export async function openSource(file: string, text: string | undefined, parts: EngineParts): Promise<OpenSource | { readonly problem: Problem }> {
  const source = text === undefined ? await readSource(parts.host, file) : { text };
  if ('problem' in source) return source;
  return { text: source.text, facts: parseSource(await parts.parser(), file, source.text).facts };
}
