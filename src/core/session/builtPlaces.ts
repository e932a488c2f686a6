import type { Hit, Retriever } from '../retrieve/hit.ts';
import type { Catalog, ChunkPlace } from '../store/catalog.ts';
import { openBuildDatabase, type BuildDatabase } from './buildDatabase.ts';
import type { EngineParts } from './parts.ts';

/** Places of one passage that are looked at: a licence stands in thousands of files. */
const mostPlaces = 1000;
/** Files that a hit names beside its own. */
const mostNamed = 20;

/** Shows a passage that several files hold where the build has it, and names the others. */
export function withBuiltPlaces(retriever: Retriever, parts: EngineParts, catalog: Catalog): Retriever {
  return {
    ...retriever,
    search: async (...query) => {
      const hits = await retriever.search(...query);
      const found = await Promise.all(hits.map(async hit => ({ hit, places: await catalog.places?.(hit.chunk.id, mostPlaces) ?? [] })));
      const database = found.some(({ places }) => places.length > 1) ? await openBuildDatabase(parts) : undefined;
      return found.map(({ hit, places }) => (places.length > 1 ? placedHit(hit, places, database) : hit));
    },
  };
}

function placedHit(hit: Hit, places: readonly ChunkPlace[], database: BuildDatabase | undefined): Hit {
  const { chunk } = hit;
  const isBuilt = (file: string): number => (database === undefined ? 0 : rankInBuild(file, database));
  // What a question has found by its file stays there, unless the build has none but another.
  const own = places.find(({ file, startLine }) => file === chunk.file && startLine === chunk.startLine);
  const ordered = [...own === undefined ? [] : [own], ...places];
  const ranks = new Map(ordered.map(({ file }) => [file, isBuilt(file)] as const));
  const [first] = hit.sources.includes('file') ? ordered : ordered.toSorted((one, other) => (ranks.get(other.file) ?? 0) - (ranks.get(one.file) ?? 0));
  const others = [...new Set(places.map(({ file }) => file))].filter(file => file !== first?.file);
  const alsoIn = others.slice(0, mostNamed);
  return {
    ...hit, ...(first !== undefined && { chunk: { ...chunk, ...first } }),
    ...(others.length > 0 && { alsoIn }), ...(others.length > alsoIn.length && { alsoInCount: others.length }),
  };
}

/** 2: it is compiled; 1: it lies in a folder that the build includes; 0: nothing is known. */
function rankInBuild(file: string, database: BuildDatabase): number {
  if (database.entriesOf(file).length > 0) return 2;
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  for (const included of database.includeFolders()) if (included === folder || (folder !== '' && included.endsWith(`/${folder}`))) return 1;
  return 0;
}
