/** One changed stretch of a file. */
export interface Hunk {
  readonly file: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The stretches of a unified diff, as `git` writes it. */
export function hunksOf(diff: string): Hunk[] {
  const hunks: { file: string; before: string[]; after: string[] }[] = [];
  let file = '';
  let isInHunk = false;
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git')) isInHunk = false;
    else if (!isInHunk && line.startsWith('+++ ')) file = line.slice(4).replace(/^b\//, '').trim();
    else if (line.startsWith('@@')) {
      isInHunk = true;
      hunks.push({ file, before: [], after: [] });
    } else if (isInHunk) {
      const last = hunks.at(-1);
      if (!line.startsWith('+') && !line.startsWith('\\')) last?.before.push(line.slice(1));
      if (!line.startsWith('-') && !line.startsWith('\\')) last?.after.push(line.slice(1));
    }
  }
  return hunks;
}
