/** Folders on the way from one file's to another's: of several programs in one tree, a file mostly means what lies near it. */
export function folderDistance(from: string, to: string): number {
  const [left, right] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)];
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared += 1;
  return left.length + right.length - 2 * shared;
}

/** Files in the order of that distance, those equally far as they came. */
export function nearestFirst(files: Iterable<string>, from: string): string[] {
  return [...files].map(file => ({ file, far: folderDistance(from, file) })).sort((one, other) => one.far - other.far).map(({ file }) => file);
}
