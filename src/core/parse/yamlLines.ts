import { splitLines } from '../text/lines.ts';

/** A `key: value` line of a YAML text, at any depth. */
export interface YamlLine {
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/** The scalar members of a YAML text, without its nesting: enough for the one-level project files that name a board. */
export function parseYamlLines(text: string): YamlLine[] {
  return splitLines(text).flatMap((line, index) => {
    const match = /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*:\s+["']?(.*?)["']?\s*(?:\s#.*)?$/.exec(line);
    return match === null || (match[2] ?? '') === '' ? [] : [{ key: match[1] ?? '', value: match[2] ?? '', line: index + 1 }];
  });
}
