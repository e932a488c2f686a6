import { basename } from 'node:path/posix';
import type { Language } from './facts.ts';

/** The language of a file by its name; `text` is looked at where names are shared by different things. */
export function languageOf(file: string, text = ''): Language {
  const name = basename(file);
  for (const [language, pattern] of names) if (pattern.test(name)) return language;
  if (/\.ya?ml$/i.test(name)) return isBinding(file, text) ? 'binding' : 'text';
  return /\.map$/i.test(name) && isLinkerMap(text) ? 'map' : 'text';
}

/** The first that fits counts: `linker.ld.S` is no assembly, `Kconfig.defconfig` no configuration. */
const names: readonly (readonly [Language, RegExp])[] = [
  ['linker', /\.(ld|lds|icf|sct|scat)(\.(in|s|h|template|cmake))?$|^memory\.x$/i],
  ['c', /\.(c|h)$/i],
  ['cpp', /\.(cpp|cc|cxx|c\+\+|hpp|hh|hxx|h\+\+|ino|inl|ipp|tpp)$/i],
  ['asm', /\.(s|asm|s79|s90)$/i],
  ['devicetree', /\.(dts|dtsi|dtso|overlay|keymap)$|^zephyr\.dts\.pre$/i],
  ['kconfig', /^Kconfig([.-].+)?$|\.Kconfig$|^Config\.in$/i],
  ['config', /\.conf$|^sdkconfig|^\.config(\.old)?$|defconfig$/i],
  ['cmake', /^CMakeLists\.txt$|\.cmake(\.in)?$/i],
  ['make', /^(GNU)?makefile([.-].+)?$|\.(mk|mak|make)$/i],
  ['python', /\.pyw?$|^SCons(truct|cript)$/i],
  ['ioc', /\.ioc$/i],
  ['svd', /\.svd$/i],
  ['stack', /\.su$/i],
  ['markdown', /\.(md|markdown|mdx)$/i],
  ['rst', /\.rst$/i],
  ['asciidoc', /\.(adoc|asciidoc|asc)$/i],
];

function isBinding(file: string, text: string): boolean {
  return /(^|\/)bindings\//.test(file) || (/^compatible:/m.test(text) && /^(properties|description|include):/m.test(text));
}

/** What GNU ld, Arm's and IAR's linkers write; a `.map` may as well belong to JavaScript. */
function isLinkerMap(text: string): boolean {
  return /^Memory Configuration|^Linker script and memory map|Memory Map of the image|^Image component sizes|^\*\*\* PLACEMENT SUMMARY/im.test(text);
}
