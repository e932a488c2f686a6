import { findBuildErrors, type BuildError } from './buildErrors.ts';
import { mostOf, type CollectOptions, type DatasetSource } from './datasetSource.ts';
import type { Draft } from './example.ts';

/** Errors of kept build logs, answered from what the index knows of the names in them. */
export async function* collectBuildErrors(source: Pick<DatasetSource, 'buildLogs' | 'catalog' | 'facts' | 'rest'>, options: CollectOptions): AsyncGenerator<Draft> {
  const seen = new Set<string>();
  for (const { file, text } of source.buildLogs) {
    const { errors, unknown } = findBuildErrors(text);
    for (let index = 0; index < unknown; index += 1) options.drop({ source: 'build', reason: 'no rule knows this error', question: file, file });
    for (const error of errors) {
      if (seen.size >= mostOf(options, 'build') || options.signal?.aborted === true) return;
      const key = `${error.kind} ${error.name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield { source: 'build', question: 'The build stops with this error. What is the cause, and what is to be done?', context: error.text, answer: await explained(error, source), provenance: { files: [file], line: error.line, licence: await options.licenceOf(file) } };
      await source.rest();
    }
  }
}

async function explained({ kind, name, detail }: BuildError, { catalog, facts }: Pick<DatasetSource, 'catalog' | 'facts'>): Promise<string> {
  const quoted = `\`${name}\``;
  switch (kind) {
    case 'undefined reference': {
      const places = (await facts.definitions(name)).filter(definition => definition.kind === 'function' || definition.kind === 'variable');
      return places.length === 0
        ? `The linker finds no definition of ${quoted}: it is declared and used, but no indexed source defines it. Add the source file or library that does, or check the spelling; C code that C++ calls needs \`extern "C"\`.`
        : `The linker finds no definition of ${quoted}, though ${places.slice(0, 3).map(({ file, line }) => `${file}:${line}`).join(', ')} defines it: that file is not part of this build, or an \`#if\` leaves the definition out. Add the file to the build, and check the macros around it.`;
    }
    case 'missing header': {
      const base = name.split('/').at(-1) ?? name;
      const found = [...await catalog.files()].map(([file]) => file).filter(file => file === name || file.endsWith(`/${name}`) || file.endsWith(`/${base}`)).slice(0, 3);
      return found.length === 0
        ? `The header ${quoted} is not in the include path, and no file of that name is in the workspace: the SDK or library that holds it is not installed or not added to the build.`
        : `The header ${quoted} is not in the include path. The workspace has it as ${found.map(file => `\`${file}\``).join(', ')}: add \`-I${folderFor(found[0] ?? '', name)}\` to the compiler's options.`;
    }
    case 'undeclared name': {
      const places = await facts.definitions(name);
      return places.length === 0
        ? `${quoted} is used without a declaration, and the indexed sources define no such name: check its spelling, and whether the chip's header or the SDK's version has it.`
        : `${quoted} is used without a declaration. ${places.slice(0, 3).map(({ file, line }) => `${file}:${line}`).join(', ')} defines it: include that header, and check that no \`#if\` leaves it out.`;
    }
    case 'multiple definition': return `${quoted} is defined more than once${detail === '' ? '' : `: ${detail}`}. Define it in one source file and declare it \`extern\` in the header; a function in a header must be \`static inline\`.`;
    case 'region overflow': return `The program is ${detail} bytes too large for the memory region ${quoted} of the linker script. Leave out what is not needed (\`-ffunction-sections -fdata-sections\` with \`-Wl,--gc-sections\`), optimise for size (\`-Os\`), move constants to flash, or check that the region has the size of the chip's memory.`;
    case 'section does not fit': return `The section ${quoted} does not fit into the region \`${detail}\` of the linker script. Make it smaller, put it into another region, or check that the region has the size of the chip's memory.`;
  }
}

/** The include folder from which the name as written is found. */
function folderFor(file: string, name: string): string {
  return file.endsWith(`/${name}`) ? file.slice(0, -name.length - 1) : file.split('/').slice(0, -1).join('/') || '.';
}
