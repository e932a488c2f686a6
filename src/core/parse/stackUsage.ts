import { splitLines } from '../text/lines.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { SourceFacts, StackFact } from './facts.ts';

/** Reads what GCC and Clang write with `-fstack-usage`, one function a line: `uart.c:12:6:uart_init<tab>24<tab>static`; the column is missing in older ones. */
export function parseStackUsage(text: string): SourceFacts {
  const stacks = splitLines(text).slice(0, mostLines).flatMap(readLine);
  return { ...emptyFacts('stack'), ...(stacks.length > 0 && { stacks }) };
}

/** Functions of one object file; with link-time optimisation, of a program. */
const mostLines = 100_000;

function readLine(line: string): StackFact[] {
  const [, file = '', number = '', written = '', bytes = '', kind = ''] = /^(.+?):(\d+):(?:\d+:)?([^\t]+)\t(\d+)\t(static|dynamic|dynamic,bounded|bounded)\s*$/.exec(line) ?? [];
  const name = functionName(written);
  if (name === '') return [];
  return [{ name, file: file.replaceAll('\\', '/'), line: Number(number), bytes: Number(bytes), kind: kind === 'static' ? 'static' : kind === 'dynamic' ? 'dynamic' : 'bounded' }];
}

/** `Foo::bar` of C++'s `T Foo::bar(int) [with T = int]`, and of C's `bar.constprop.0` the name in the source. */
function functionName(written: string): string {
  const head = written.replace(/ \[with [^]*$/, '').replace(/<[^<>()]*>/g, '');
  const isNameless = /<lambda|operator/.test(head);
  const bare = isNameless ? '' : head.replace(/\([^]*$/, '').trim();
  return (/([A-Za-z_~][\w:~]*)(?:\.(?:constprop|part|isra|cold|lto_priv)\b[\w.]*)*$/.exec(bare)?.[1] ?? '').replace(/^::/, '');
}
