import type { SourceFacts } from '../parse/facts.ts';
import { headerConstants, type HeaderConstants } from './constants.ts';
import { layoutOf, type HeaderType, type LayoutSource, type StructLayout } from './layout.ts';
import type { HeaderDefine, PreprocessedHeader } from './preprocess.ts';
import { isSymbolFile, placedVariables, type PlacedVariable } from './placedVariables.ts';
import { registerMacros, type RegisterMacro } from './registerMacros.ts';

/** What a device header declares, evaluated; not yet held against any description. */
export interface DeviceHeader {
  readonly files: readonly string[];
  readonly defines: ReadonlyMap<string, HeaderDefine>;
  readonly constants: HeaderConstants;
  readonly instances: readonly DeclaredInstance[];
  readonly layouts: ReadonlyMap<string, StructLayout>;
  readonly registerMacros: readonly RegisterMacro[];
  readonly placedVariables: readonly PlacedVariable[];
  readonly interrupts: readonly DeclaredInterrupt[];
  /** Each file's lines of code, for what the facts leave out: `__I` before a member. */
  readonly lines: (file: number) => readonly string[];
}

export interface DeclaredInstance {
  readonly name: string;
  readonly address: bigint;
  /** The struct's name, with a layout in `layouts`; absent for a plain base address. */
  readonly type?: string;
  readonly file: number;
  readonly line: number;
  readonly comment?: string;
}

export interface DeclaredInterrupt {
  readonly name: string;
  readonly number: number;
  readonly file: number;
  readonly line: number;
  readonly comment?: string;
}

/** Works out types, instances, registers and interrupts of a preprocessed header; `parse` reads C code. */
export function readDeviceHeader(header: PreprocessedHeader, parse: (text: string, file: string) => SourceFacts): DeviceHeader {
  const facts = header.code.map((text, file) => /[;{]/.test(text) && !isSymbolFile(header.files[file] ?? '') ? parse(text, header.files[file] ?? '') : undefined);
  const types = facts.flatMap((fact, file) => (fact?.types ?? []).map((type): HeaderType => ({ ...type, file })));
  const enumerators = new Map<string, bigint>();
  const constants = headerConstants(header, enumerators);
  const enums = types.filter(({ kind }) => kind === 'enum');
  for (const type of enums) for (const { name, value } of valuesOf(type, constants)) enumerators.set(name, value);
  const source: LayoutSource = { types: new Map(types.toReversed().map(type => [type.name, type])), evaluate: constants.evaluate, done: new Map() };
  const layouts = new Map<string, StructLayout>();
  const variables = facts.flatMap((fact, file) => (fact?.variables ?? []).map(variable => ({ ...variable, file })));
  const declared: Declared = { header, constants, layouts, source };
  const instances = [...instancesOf(declared), ...variables.flatMap(variable => variableInstance(declared, variable))];
  const placed = placedVariables(header, constants, source);
  const lines = new Map<number, readonly string[]>();
  return {
    files: header.files, defines: header.defines, constants, layouts, interrupts: interruptsOf(enums, constants, header.defines),
    instances: [...new Map(instances.map(instance => [instance.name, instance])).values()],
    registerMacros: registerMacros(header.defines, constants), placedVariables: placed,
    lines: file => {
      const split = lines.get(file) ?? (header.code[file] ?? '').split('\n');
      lines.set(file, split);
      return split;
    },
  };
}

interface Declared {
  readonly header: PreprocessedHeader;
  readonly constants: HeaderConstants;
  readonly layouts: Map<string, StructLayout>;
  readonly source: LayoutSource;
}

function valuesOf(type: HeaderType, constants: HeaderConstants): { readonly name: string; readonly value: bigint; readonly line: number; readonly comment?: string }[] {
  let next = 0n;
  return type.members.flatMap(({ name, value, line, comment }) => {
    const given = value === undefined ? next : constants.evaluate(value);
    if (given === undefined) return [];
    next = given + 1n;
    return [{ name, value: given, line, ...(comment !== undefined && { comment }) }];
  });
}

const pointerCast = /^[\s(]*\*?\s*\(\s*((?:(?:volatile|const|struct|__IO)\s+)*)([A-Za-z_]\w*)\s*(?:volatile\s*|const\s*)?\*\s*(?:const\s*|volatile\s*)?\)\s*(.+)$/;

/** `#define USART2 ((USART_TypeDef *) USART2_BASE)`, and names that stand for another instance. */
function instancesOf(declared: Declared): DeclaredInstance[] {
  const found = new Map<string, DeclaredInstance>();
  const aliases: HeaderDefine[] = [];
  for (const define of declared.header.defines.values()) {
    if (define.parameters !== undefined) continue;
    if (/^\(?\s*[A-Za-z_]\w*\s*\)?$/.test(define.body)) { aliases.push(define); continue; }
    const instance = instanceOf(declared, define);
    if (instance !== undefined) found.set(define.name, instance);
  }
  for (let round = 0; round < 3; round += 1) {
    for (const { name, body, file, line, comment } of aliases) {
      const same = found.get(body.replace(/[()\s]/g, ''));
      if (same !== undefined && !found.has(name)) found.set(name, { name, address: same.address, file, line, ...(same.type !== undefined && { type: same.type }), ...(comment !== undefined && { comment }) });
    }
  }
  return [...found.values()];
}

function instanceOf({ constants, source, layouts }: Declared, { name, body, file, line, comment }: HeaderDefine): DeclaredInstance | undefined {
  const match = pointerCast.exec(body);
  const type = match?.[2] ?? '';
  if (match === null) return undefined;
  const layout = layoutOf(source, type);
  if (layout === undefined || layout.members.length === 0) return undefined;
  const opened = body.slice(0, body.length - (match[3] ?? '').length);
  const extra = opened.split('(').length - opened.split(')').length;
  const address = constants.evaluate((match[3] ?? '').trim().replace(new RegExp(`\\){${extra}}$`), ''));
  if (address === undefined || address < 0n) return undefined;
  layouts.set(type, layout);
  return { name, address, type, file, line, ...(comment !== undefined && { comment }) };
}

/** `volatile sysctl_t *const sysctl = (volatile sysctl_t *)SYSCTL_BASE_ADDR;`, and structs that the linker places: `extern gpio_dev_t GPIO;` with `DR_REG_GPIO_BASE`. */
function variableInstance(declared: Declared, variable: { readonly name: string; readonly type: string; readonly initializer?: string; readonly line: number; readonly file: number }): DeclaredInstance[] {
  const { name, file, line, initializer } = variable;
  if (initializer !== undefined) {
    const instance = instanceOf(declared, { name, body: initializer, file, line });
    return instance === undefined ? [] : [instance];
  }
  const type = variable.type.replace(/\b(volatile|const|extern|struct)\b/g, '').trim();
  const address = declared.constants.value(`DR_REG_${name}_BASE`);
  const layout = address === undefined || !/^\w+$/.test(type) ? undefined : layoutOf(declared.source, type);
  if (address === undefined || layout === undefined || layout.members.length === 0) return [];
  declared.layouts.set(type, layout);
  return [{ name, address, type, file, line }];
}

/** The enum of interrupt numbers; on AVR `#define USART_RX_vect_num 18`. */
function interruptsOf(enums: readonly HeaderType[], constants: HeaderConstants, defines: ReadonlyMap<string, HeaderDefine>): DeclaredInterrupt[] {
  const listed = enums.filter(type => type.members.some(({ name }) => name.endsWith('_IRQn'))).flatMap(type => valuesOf(type, constants).flatMap(({ name, value, line, comment }) =>
    name.endsWith('_IRQn') && !/^Reserved\d+_/.test(name) ? [{ name: name.slice(0, -5), number: Number(value), file: type.file, line, ...(comment !== undefined && { comment }) }] : []));
  if (listed.length > 0) return listed;
  return [...defines.values()].flatMap(({ name, body, file, line, comment }) => {
    const plain = /^NVIC_(\w+)_IRQ$|^(\w+)_vect_num$|^(\w+)_IRQn$|^ISR_NUM_(\w+)$/.exec(name)?.slice(1).join('') ?? '';
    const vector = /^_VECTOR\((\d+)\)$/.exec(body)?.[1];
    const number = vector !== undefined ? BigInt(vector) : plain === '' ? undefined : constants.value(name);
    return number === undefined ? [] : [{ name: vector === undefined ? plain : name.replace(/_vect$/, ''), number: Number(number), file, line, ...(comment !== undefined && { comment }) }];
  });
}
