import * as path from 'node:path/posix';

/** The file that an `#include` means: beside the including one, below the given folders, else the workspace's file whose path ends so, nearest first. */
export function resolveInclude(include: string, from: string, { files, folders }: { readonly files: ReadonlyMap<string, readonly string[]>; readonly folders: readonly string[] }): string | undefined {
  const named = files.get(path.basename(include)) ?? [];
  const wanted = [path.dirname(from), ...folders].map(folder => path.join(folder, include));
  const exact = wanted.find(candidate => named.includes(candidate));
  if (exact !== undefined) return exact;
  return named.filter(file => file.endsWith(`/${include.replace(/^(\.\.?\/)+/, '')}`) || file === include)
    .toSorted((left, right) => sharedLength(right, from) - sharedLength(left, from))[0];
}

function sharedLength(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left.charAt(length) === right.charAt(length)) length += 1;
  return length;
}
