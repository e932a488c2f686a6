import { splitLines } from '../text/lines.ts';

/** One `key = value` line. A value that goes on over several lines gives one entry a line, all under one key. */
export interface IniEntry {
  /** The section's name; empty before the first one. */
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/** Reads INI and its relatives (`platformio.ini`, CubeMX `.ioc`, `sdkconfig`, Kconfig `.conf`): one entry a line, what is no entry is passed over. */
export function parseIni(text: string): IniEntry[] {
  const entries: IniEntry[] = [];
  let section = '';
  let key: string | undefined;
  splitLines(text).forEach((line, index) => {
    const content = line.replace(/(^|\s)[;#].*$/, '').trimEnd();
    if (content.trim() === '') return;
    const header = /^\[(.+)\]\s*$/.exec(content);
    const pair = /^([^\s=:[][^=]*?)\s*=\s*(.*)$/.exec(content);
    if (header !== null) {
      section = header[1] ?? '';
      key = undefined;
    } else if (/^\s/.test(content) && key !== undefined) entries.push({ section, key, value: content.trim(), line: index + 1 });
    else if (pair !== null) {
      key = pair[1] ?? '';
      entries.push({ section, key, value: unquoted(pair[2] ?? ''), line: index + 1 });
    }
  });
  return entries;
}

function unquoted(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? value;
}
