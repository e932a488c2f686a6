import type { Register, RegisterNode } from '../device/device.ts';
import type { MacroFact } from '../parse/facts.ts';
import type { HeaderNames } from './headerNames.ts';
import { structRegisters } from './headerStructs.ts';

/** A register block at an address, as a header names it. */
export interface HeaderBlock {
  readonly name: string;
  readonly baseAddress: bigint;
  /** What field macros begin with: `USART` for `USART_CR1_UE`. */
  readonly kinds: readonly string[];
  readonly line: number;
  readonly structName?: string;
  readonly registers: readonly RegisterNode[];
  /** In bytes, for a struct. */
  readonly size?: number;
}

/** Every register block of a header: pointers to structs, and register macros. */
export function headerBlocks(names: HeaderNames): HeaderBlock[] {
  return [...structBlocks(names), ...macroBlocks(names)];
}

/** `#define USART2 ((USART_TypeDef *) USART2_BASE)`. */
function structBlocks(names: HeaderNames): HeaderBlock[] {
  const layouts = new Map<string, ReturnType<typeof structRegisters>>();
  const found: HeaderBlock[] = [];
  for (const { name, body, parameters, line } of names.macros) {
    const cast = parameters === undefined ? /\(\s*(?:volatile\s+)?(?:struct\s+)?([A-Za-z_]\w*)\s*(?:volatile\s*)?\*\s*(?:const\s*)?\)/.exec(body) : null;
    const type = cast?.[1];
    if (cast === null || type === undefined || !names.types.has(type) || found.some(block => block.name === name)) continue;
    const baseAddress = names.evaluate(body.slice(0, cast.index) + body.slice(cast.index + cast[0].length));
    if (!layouts.has(type)) layouts.set(type, structRegisters(names, type));
    const layout = layouts.get(type);
    if (baseAddress === undefined || baseAddress < 0n || layout === undefined || layout.nodes.length === 0) continue;
    found.push({ name: name.replace(/^NRF_(?=[A-Z])/, ''), baseAddress, kinds: kindsOf(type, name), line, structName: type, registers: layout.nodes, size: layout.size });
  }
  return found;
}

/** Field macros name the type, or the instance where there is one only. */
function kindsOf(type: string, instance: string): string[] {
  const kind = type.replace(/^(NRF|LPC)_/, '').replace(/_?(TypeDef|Type|t|hw_t|Reg|regs|MemMap|BitMap)$/i, '').replace(/_(hw|HW)$/, '');
  const plain = instance.replace(/^NRF_/, '');
  const whole = kind.replace(/_?(Channel|Global|Device|Host|HostChannel|INEndpoint|OUTEndpoint|Common|TxMailBox|FIFOMailBox|FilterRegister)$/i, '');
  const ofStream = /_Stream$/i.test(kind) ? [`${kind.replace(/_Stream$/i, '')}_Sx`] : [];
  return [...new Set([kind, kind.toUpperCase(), whole, whole.toUpperCase(), ...ofStream, plain, plain.replace(/\d+$/, '')])];
}

interface RegisterMacro {
  readonly macro: MacroFact;
  readonly bits: number;
  /** The address, or its distance from the macro's only parameter. */
  readonly address: bigint;
  readonly isRelative: boolean;
}

/** `REG32(x)`, `MMIO32(x)`, `_SFR_IO8(x)`, `(*(volatile uint32_t *)(x))`, ESP's `X_REG (BASE + 4)`. */
const accessors: readonly (readonly [RegExp, (match: RegExpExecArray) => { readonly bits: number; readonly inner: string; readonly added?: bigint }])[] = [
  [/^\(?\s*(?:MMIO|_?REG|REG_|HWREG|IO)(8|16|32|64)?\s*\((.*)\)\s*\)?$/s, ([, bits = '32', inner = '']) => ({ bits: Number(bits), inner })],
  [/^\(?\s*_SFR_(IO|MEM)(8|16)\s*\((.*)\)\s*\)?$/s, ([, space, bits = '8', inner = '']) => ({ bits: Number(bits), inner, added: space === 'IO' ? 0x20n : 0n })],
  [/^\(?\s*\*\s*\(\s*(?:\w+\s+)*?u?int(8|16|32|64)_t\s*(?:volatile\s*)?(?:const\s*)?\*\s*\)\s*(.*?)\)?$/s, ([, bits = '32', inner = '']) => ({ bits: Number(bits), inner: balanced(inner) })],
];

function balanced(text: string): string {
  const missing = (text.match(/\(/g)?.length ?? 0) - (text.match(/\)/g)?.length ?? 0);
  return missing > 0 ? text + ')'.repeat(missing) : text;
}

function registerMacros(names: HeaderNames): RegisterMacro[] {
  return names.macros.flatMap(macro => {
    if ((macro.parameters?.length ?? 0) > 1) return [];
    const [parameter] = macro.parameters ?? [];
    for (const [pattern, read] of accessors) {
      const match = pattern.exec(macro.body.trim());
      if (match === null) continue;
      const { bits, inner, added = 0n } = read(match);
      const address = names.evaluate(parameter === undefined ? inner : inner.replace(new RegExp(`\\b${parameter}\\b`, 'g'), '0'));
      return address === undefined || address < 0n ? [] : [{ macro, bits, address: address + added, isRelative: parameter !== undefined }];
    }
    if (!macro.name.endsWith('_REG') || !/\bDR_REG_|_BASE\b/.test(macro.body)) return [];
    const address = names.evaluate(macro.body);
    return parameter !== undefined || address === undefined || address <= 0n ? [] : [{ macro, bits: 32, address, isRelative: false }];
  });
}

function macroBlocks(names: HeaderNames): HeaderBlock[] {
  const macros = registerMacros(names);
  return [...relativeBlocks(names, macros.filter(({ isRelative }) => isRelative)), ...absoluteBlocks(names, macros.filter(({ isRelative }) => !isRelative))];
}

/** `USART_CTL0(usartx)` with `USART0`, `USART1`: one block for each instance of the kind. */
function relativeBlocks(names: HeaderNames, macros: readonly RegisterMacro[]): HeaderBlock[] {
  const byKind = Map.groupBy(macros, ({ macro }) => macro.name.slice(0, macro.name.indexOf('_')));
  return [...byKind].filter(([kind]) => kind !== '').flatMap(([kind, members]) => {
    const instances = names.macros.filter(({ name, parameters }) => parameters === undefined && new RegExp(`^${kind}(\\d+|[A-Z])?$`).test(name));
    return instances.flatMap(({ name, body, line }) => {
      const baseAddress = names.evaluate(body);
      return baseAddress === undefined || baseAddress < 0x1000n ? [] : [{ name, baseAddress, kinds: [kind], line, registers: members.map(member => registerOf(member, kind, 0n)) }];
    });
  });
}

/** `RCC_APB2ENR`, `PORTB`: blocks by the name's first part; classic AVR registers have no block and get one for all. */
function absoluteBlocks(names: HeaderNames, macros: readonly RegisterMacro[]): HeaderBlock[] {
  const byKind = Map.groupBy(macros, ({ macro }) => /^[A-Z][A-Z0-9]*?(?=_)/i.exec(macro.name)?.[0] ?? 'IO');
  return [...byKind].map(([kind, members]) => {
    const stated = names.evaluate(`${kind}_BASE`) ?? names.evaluate(`DR_REG_${kind}_BASE`);
    const lowest = members.reduce((least, { address }) => (address < least ? address : least), members[0]?.address ?? 0n);
    const baseAddress = stated !== undefined && stated > 0n && stated <= lowest ? stated : lowest;
    return { name: kind, baseAddress, kinds: kind === 'IO' ? [''] : [kind, kind.replace(/\d+$/, '')], line: members[0]?.macro.line ?? 1, registers: members.map(member => registerOf(member, kind, baseAddress)) };
  });
}

function registerOf({ macro, bits, address }: RegisterMacro, kind: string, base: bigint): Register {
  const own = macro.name.startsWith(`${kind}_`) ? macro.name.slice(kind.length + 1) : macro.name;
  return { kind: 'register', name: own.replace(/_REG$/, ''), addressOffset: address - base, size: bits, fields: [], ...(macro.comment !== undefined && { description: macro.comment }) };
}
