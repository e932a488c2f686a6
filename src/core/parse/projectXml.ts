import { lineAt, lineStarts } from '../text/lines.ts';

/** A text element of a project file. */
export interface ProjectElement {
  /** The element's name; for IAR's `<name>…</name><state>…</state>` pairs, the name written there. */
  readonly name: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/** Text elements of Keil (`.uvprojx`) and IAR (`.ewp`) projects, without a full XML reading: old ones are often not well-formed. */
export function parseProjectXml(text: string): ProjectElement[] {
  const starts = lineStarts(text);
  const found: ProjectElement[] = [];
  for (const match of text.matchAll(/<name>\s*([\w .-]+?)\s*<\/name>(?:\s*<version>\d+<\/version>)?\s*<state>([^<]*)<\/state>|<(\w+)>([^<]+)<\/\3>/g)) {
    const name = match[1] ?? match[3] ?? '';
    const value = (match[2] ?? match[4] ?? '').trim();
    if (name !== '' && value !== '') found.push({ name, value, line: lineAt(starts, match.index) });
  }
  return found;
}
