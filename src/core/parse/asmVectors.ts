import type { AsmLine } from './asmLines.ts';
import type { VectorFact } from './facts.ts';
import { isHandlerName, isStackName, isVectorSection } from './handlerNames.ts';

/** The slots of every interrupt vector table in an assembly file. */
export function asmVectors(lines: readonly AsmLine[]): VectorFact[] {
  const found: VectorFact[] = [];
  let table = newTable('', '');
  let repeat = 1;
  for (const line of lines) {
    const section = sectionOf(line);
    if (section !== undefined || (line.label !== undefined && !continues(table, line.label))) {
      found.push(...slotsOf(table));
      table = newTable(section ?? table.section, line.label ?? '');
    }
    if (line.operation === '.rept') repeat = countOf(line.operands) ?? 1;
    else if (line.operation === '.endr') repeat = 1;
    else addWords(table, line, repeat);
  }
  return [...found, ...slotsOf(table)];
}

/** The section that a directive opens: `.section .isr_vector,"a"`, `AREA RESET, DATA`, `SECTION .intvec:CODE`. */
export function sectionOf({ operation, operands }: AsmLine): string | undefined {
  if (operation === '.section' || operation === 'area' || operation === 'section' || operation === 'rseg') return operands.split(/[\s,:]/, 1)[0] ?? '';
  return operation === '.text' || operation === '.data' || operation === '.bss' ? operation : undefined;
}

interface Table {
  readonly section: string;
  readonly label: string;
  readonly slots: VectorFact[];
  next: number;
}

/** Slots beyond this are not read: no interrupt controller has more. */
const mostSlots = 4096;

function newTable(section: string, label: string): Table {
  return { section, label, slots: [], next: 0 };
}

/** IAR splits its table by labels such as `__vector_table_0x1c`. */
function continues(table: Table, label: string): boolean {
  return table.label !== '' && table.next > 0 && label.startsWith(table.label) && !/end|size/i.test(label.slice(table.label.length));
}

function addWords(table: Table, { operation, operands, line }: AsmLine, repeat: number): void {
  if (/^(\.word|\.long|\.4byte|\.int|dcd|dc32|dc\.l)$/.test(operation)) {
    for (let round = 0; round < Math.min(repeat, mostSlots); round += 1) for (const word of operands.split(',')) addSlot(table, word.trim(), line);
  } else if (/^(\.space|\.skip|\.zero|space|ds8|\.fill)$/.test(operation)) {
    const [count = '', size] = operands.split(',');
    const elements = countOf(count) ?? 0;
    table.next += operation === '.fill' && countOf(size ?? '') === 4 ? elements : Math.floor(elements / 4);
  } else if (/^(j|jal|b|b\.w)$/.test(operation) && isVectorSection(table.section)) addSlot(table, operands, line);
}

function addSlot(table: Table, word: string, line: number): void {
  const handler = /^[(\s]*([A-Za-z_]\w*)(?!\w*\()/.exec(word)?.[1];
  if (handler !== undefined && table.next < mostSlots && !/^(sfe|SFE)$/.test(handler)) table.slots.push({ handler, index: table.next, line });
  table.next += 1;
}

function slotsOf({ section, label, slots }: Table): VectorFact[] {
  const handlers = slots.filter(({ handler }) => isHandlerName(handler)).length;
  const isNamed = isVectorSection(section) || /vector|intvec/i.test(label);
  if (isNamed ? handlers < 1 : handlers < 8 || handlers < slots.length / 2) return [];
  return slots.filter(({ handler }) => !isStackName(handler));
}

/** A count such as `7`, `0x1C` or `4 * 7`; undefined when it needs symbols. */
function countOf(text: string): number | undefined {
  const factors = text.replace(/[()\s]/g, '').split('*').map(factor => /^(0x[\da-f]+|\d+)$/i.test(factor) ? Number(factor) : NaN);
  const product = factors.reduce((left, right) => left * right, 1);
  return Number.isNaN(product) ? undefined : product;
}
