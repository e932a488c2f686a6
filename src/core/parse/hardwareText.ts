import { splitLines } from '../text/lines.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { PartFact, SourceFacts } from './facts.ts';

/** Reads a devicetree binding: the compatible it is about, and its properties. */
export function parseBinding(text: string): SourceFacts {
  const lines = splitLines(text);
  const compatible = /^compatible:\s*["']?([^"'\s#]+)/m.exec(text)?.[1] ?? '';
  const line = Math.max(1, lines.findIndex(written => written.startsWith('compatible:')) + 1);
  const whole: PartFact = { kind: 'binding', name: compatible, startLine: 1, endLine: lines.length, line, title: `devicetree binding ${compatible}`.trim() };
  return { ...emptyFacts('binding'), parts: [whole, ...propertiesOf(lines, compatible)] };
}

function propertiesOf(lines: readonly string[], compatible: string): PartFact[] {
  const start = lines.findIndex(line => /^properties:/.test(line));
  if (start === -1) return [];
  const found: PartFact[] = [];
  let open: { readonly name: string; readonly line: number } | undefined;
  const close = (end: number) => {
    if (open !== undefined) found.push({ kind: 'group', name: open.name, startLine: open.line, endLine: end, line: open.line, title: `property ${open.name} of ${compatible === '' ? 'the binding' : compatible}` });
    open = undefined;
  };
  for (let index = start + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\S/.test(line) && !line.startsWith('#')) { close(index); return found; }
    const name = /^ {2}["']?([\w#,.-]+)["']?:/.exec(line)?.[1];
    if (name === undefined) continue;
    close(index);
    open = { name, line: index + 1 };
  }
  close(lines.length);
  return found;
}

/** Reads a CubeMX project: its settings grouped by peripheral, each with the pins that carry its signals. */
export function parseIoc(text: string): SourceFacts {
  const lines = splitLines(text);
  const pins = pinsByPeripheral(lines);
  const groups: PartFact[] = [];
  let start = 0;
  for (let index = 1; index <= lines.length; index += 1) {
    const name = subject(lines[start] ?? '');
    if (index < lines.length && subject(lines[index] ?? '') === name) continue;
    const used = pins.get(name);
    if (name !== '') groups.push({ kind: 'group', name, startLine: start + 1, endLine: index, line: start + 1, title: `${name} in the CubeMX project${used === undefined ? '' : `; pins: ${used.join(', ')}`}`.slice(0, 400) });
    start = index;
  }
  return { ...emptyFacts('ioc'), parts: groups };
}

/** What a setting is about: `USART2` of `USART2.BaudRate=115200`, `pins` of a pin's, nothing of those without a dot. */
function subject(line: string): string {
  const key = /^([^=.\s]+)\./.exec(line)?.[1];
  return key === undefined ? '' : /^P[A-K]\d+/.test(key) ? `pins of port ${key.charAt(1)}` : key.startsWith('VP_') ? 'virtual pins' : key;
}

function pinsByPeripheral(lines: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const [, pin = '', signal = ''] = /^(P[A-K]\d+)[^.=]*\.Signal=(\S+)$/.exec(line) ?? [];
    const peripheral = /^(?:S_)?([A-Z]+[A-Z\d]*?\d*)_/.exec(signal)?.[1];
    if (peripheral === undefined) continue;
    found.set(peripheral, [...found.get(peripheral) ?? [], `${pin} ${signal}`]);
  }
  return found;
}
