import * as path from 'node:path/posix';
import { codeText } from '../card/markdown.ts';
import type { Subject } from './subject.ts';

/** Definitions that are compared; a name defined more often is a build system's. */
const mostDefinitions = 20;

/** Which definition a macro's card is for, where a project defines it differently for each of its boards; undefined when there is no doubt. */
export async function whichDefinition({ cursor, graph, facts }: Subject): Promise<string | undefined> {
  if (facts.macros.some(({ name, line }) => name === cursor.word && line === cursor.line)) return undefined;
  const definitions = (await graph.source.definitions(cursor.word)).filter(({ kind }) => kind === 'macro').slice(0, mostDefinitions);
  const bodies = await Promise.all(definitions.map(async ({ file, line }) => (await graph.source.facts(file))?.macros.find(macro => macro.name === cursor.word && macro.line === line)?.body));
  const [first] = definitions;
  if (first === undefined || new Set(bodies).size < 2) return undefined;
  return `*${codeText(cursor.word)} is defined in ${definitions.length} places; shown as in ${codeText(`${path.basename(first.file)}:${first.line}`)}.*`;
}
