import type { HeaderConstants } from './constants.ts';
import type { HeaderDefine } from './preprocess.ts';

/** A macro that stands for a register: `RCC_CR`, or `USART_CTL0(usartx)` for every USART. */
export interface RegisterMacro {
  readonly name: string;
  readonly size: number;
  readonly places: readonly MacroPlace[];
  readonly define: HeaderDefine;
}

export interface MacroPlace {
  readonly address: bigint;
  readonly instance?: string;
  /** A formula gives the address, but the header has no block there: only a description that has one makes it true. */
  readonly isDoubtful?: true;
}

/** Bases that one function-like register macro is tried on. */
const mostBases = 64;

/** Register macros of a header: lvalues at constant addresses, Espressif's `…_REG` addresses, and macros that take a base. */
export function registerMacros(defines: ReadonlyMap<string, HeaderDefine>, constants: HeaderConstants): RegisterMacro[] {
  const bases: Bases = { bases: basesByStem(defines, constants), blocks: blockBases(defines, constants) };
  const found: RegisterMacro[] = [];
  for (const define of defines.values()) {
    const macro = define.parameters === undefined ? plainMacro(define, constants) : baseMacro(define, constants, bases);
    if (macro !== undefined) found.push(macro);
  }
  return found;
}

/** Lvalue wrappers, by the names that SDKs give them. */
const lvalue = /^[\s(]*(\*|MMIO\d+\b|_?REG\d*\b|_SFR_(IO|MEM)\d+\b|HWREG\w*\b|_REG\d+\b|ADDRESS_\w+)/;

function plainMacro(define: HeaderDefine, constants: HeaderConstants): RegisterMacro | undefined {
  const { name, body } = define;
  if (/(^|_)REG$/.test(name) && !lvalue.test(body)) {
    const address = constants.value(name);
    return address === undefined || address < 0x1000n ? undefined : { name, size: 32, places: [{ address }], define };
  }
  const register = lvalue.test(body) ? constants.register(body) : undefined;
  return register === undefined ? undefined : { name, size: register.size, places: [{ address: register.address }], define };
}

function baseMacro(define: HeaderDefine, constants: HeaderConstants, { bases, blocks: known }: Bases): RegisterMacro | undefined {
  const { name, body, parameters = [] } = define;
  const isAddress = /(^|_)REG$/.test(name) && /\b(REG_\w+_BASE|DR_REG_)/.test(body);
  const [parameter] = parameters;
  if (parameters.length !== 1 || parameter === undefined || (!lvalue.test(body) && !isAddress)) return undefined;
  // A number that is multiplied is an index, not a base.
  if (!isAddress && new RegExp(`\\(?\\b${parameter}\\b\\)?\\s*\\*|\\*\\s*\\(?\\s*${parameter}\\b`).test(body)) return undefined;
  const stem = name.split('_')[0] ?? '';
  // ESP's `REG_UART_BASE(i)` takes the number itself.
  const candidates = isAddress ? ['0', '1', '2', '3'] : bases.get(stem) ?? [];
  const blocks = isAddress ? known : undefined;
  const formula = /\b(DR_)?REG_\w+_BASE\b(?=\s*\()/.exec(body)?.[0];
  const places = candidates.slice(0, mostBases).flatMap(base => {
    const call = `${name}(${base})`;
    const address = isAddress ? constants.evaluate(call) : constants.register(call)?.address;
    const block = formula === undefined ? undefined : constants.evaluate(`${formula}(${base})`);
    const isDoubtful = block !== undefined && blocks?.has(block) === false;
    return address === undefined || address < 0x1000n ? [] : [{ address, instance: isAddress ? `${stem}${base}` : base, ...(isDoubtful && { isDoubtful }) }];
  });
  const size = Number(/\D(8|16)\b/.exec(body.split('(')[0] ?? '')?.[1] ?? 32);
  return places.length === 0 ? undefined : { name, size, places: [...new Map(places.map(place => [place.address, place])).values()], define };
}

interface Bases {
  /** Names of base addresses by the word that they begin with. */
  readonly bases: ReadonlyMap<string, readonly string[]>;
  /** Espressif's `DR_REG_…_BASE`; undefined without any. */
  readonly blocks: ReadonlySet<bigint> | undefined;
}

/** What Espressif's formulas give for numbers that a block does not have is no block's base. */
function blockBases(defines: ReadonlyMap<string, HeaderDefine>, constants: HeaderConstants): ReadonlySet<bigint> | undefined {
  const found = new Set([...defines.keys()].flatMap(name => /^DR_REG_\w+_BASE$/.test(name) ? constants.value(name) ?? [] : []));
  return found.size === 0 ? undefined : found;
}

/** Plain numbers that are the addresses of blocks, by the word that their macros begin with: `USART` has `USART0` and `UART3`. */
function basesByStem(defines: ReadonlyMap<string, HeaderDefine>, constants: HeaderConstants): Map<string, string[]> {
  const bases = new Map<string, string[]>();
  for (const { name, parameters, body } of defines.values()) {
    const stem = /^([A-Z][A-Z\d]*?)(\d{0,2}|[A-K])$/.exec(name)?.[1];
    if (stem === undefined || parameters !== undefined || body === '' || lvalue.test(body)) continue;
    const value = constants.value(name);
    if (value === undefined || value < 0x1000_0000n || value > 0xffff_ffffn || value % 16n !== 0n) continue;
    for (const key of stem === 'UART' ? ['UART', 'USART'] : stem === 'USART' ? ['USART', 'UART'] : [stem]) bases.set(key, [...bases.get(key) ?? [], name]);
  }
  return bases;
}
