import { parseCmake, parseMakefile } from './buildScript.ts';
import { parseConfiguration } from './configuration.ts';
import { parseDevicetree } from './devicetree.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { Language, SourceFacts } from './facts.ts';
import { parseBinding, parseIoc } from './hardwareText.ts';
import { parseKconfig } from './kconfig.ts';
import { parseLinkerScript } from './linkerScript.ts';
import { parsePython } from './pythonScript.ts';
import { parseStackUsage } from './stackUsage.ts';

/** Facts of a file that is neither C nor assembly; of languages without a reader, the language alone. */
export function readDocument(language: Language, text: string): SourceFacts {
  return readers[language]?.(text) ?? emptyFacts(language);
}

const readers: Readonly<Partial<Record<Language, (text: string) => SourceFacts>>> = {
  linker: parseLinkerScript, devicetree: parseDevicetree, binding: parseBinding, kconfig: parseKconfig, config: parseConfiguration,
  cmake: parseCmake, make: parseMakefile, python: parsePython, ioc: parseIoc, stack: parseStackUsage,
};
