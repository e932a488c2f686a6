import { isFaultDump } from '../core/index.ts';

/** A place that a build names. */
interface NamedPlace {
  readonly file: string;
  readonly line: number;
}

const mostPlaces = 3;

/** Places of errors and warnings in what a compiler or linker printed, errors first, of places close to each other one. */
export function placesInBuild(text: string): NamedPlace[] {
  const found = text.split('\n').flatMap(line => {
    const match = /^\s*(?:In file included from )?((?:[A-Za-z]:)?[^\s:"'][^:"']*?)[:(](\d+)(?:[:,]\d+)?\)?\s*:\s*(fatal error|error|warning|note|undefined reference)\b/i.exec(line) ?? undefined;
    return match === undefined ? [] : [{ file: match[1] ?? '', line: Number(match[2]), rank: /error|undefined/i.test(match[3] ?? '') ? 0 : /warning/i.test(match[3] ?? '') ? 1 : 2 }];
  });
  const ordered = found.toSorted((one, other) => one.rank - other.rank);
  return ordered.filter(({ file, line }, index) => ordered.findIndex(other => other.file === file && Math.abs(other.line - line) < 10) === index).slice(0, mostPlaces).map(({ file, line }) => ({ file, line }));
}

/** What a terminal shows, without the codes that colour it. */
export function plainOutput(text: string): string {
  // eslint-disable-next-line no-control-regex -- the escape character is what is looked for
  return text.replace(/\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g, '').replace(/\r\n?/g, '\n');
}

/** The lines that say what went wrong, for people: a terminal's selection holds prompts and progress too. */
export function tellingLines(text: string): string {
  const lines = text.split('\n').map(line => line.trim());
  const telling = lines.filter(line => isFaultDump(line) || /\b(?:PC|LR|MMAR|DFSR|AFSR)\b\s*[=:]|\b(?:fatal error|error|warning|undefined reference|HardFault|fault)\b/i.test(line));
  return (telling.length > 0 ? telling : lines.filter(line => line !== '')).slice(0, mostShown).join('\n');
}

const mostShown = 6;
