/** A file of a change, as `git diff` writes it. */
export interface ChangedFile {
  readonly file: string;
  readonly what: 'changed' | 'added' | 'deleted' | 'renamed';
  readonly added: number;
  readonly removed: number;
  readonly isBinary: boolean;
  readonly hunks: readonly Hunk[];
}

/** Lines that changed together, each with its `+`, `-` or blank. */
export interface Hunk {
  /** First line in the new file. */
  readonly line: number;
  /** The function that the tool names behind `@@`. */
  readonly around: string;
  readonly lines: readonly string[];
}

interface Reading {
  file: string;
  what: ChangedFile['what'];
  added: number;
  removed: number;
  isBinary: boolean;
  readonly hunks: { readonly line: number; readonly around: string; readonly lines: string[] }[];
  /** Lines that the open hunk still has, of the old and of the new file. */
  left: { old: number; new: number };
}

/** Reads a unified diff; what is none gives no files. */
export function readChange(text: string): ChangedFile[] {
  const files: Reading[] = [];
  for (const line of text.split(/\r?\n/)) {
    const open = files.at(-1);
    if (open !== undefined && (open.left.old > 0 || open.left.new > 0) && readLine(open, line)) continue;
    readHead(files, line);
  }
  return files.map(({ file, what, added, removed, isBinary, hunks }) => ({ file, what, added, removed, isBinary, hunks }));
}

/** Within a hunk a line is a line, whatever it looks like: `--- a` may have been taken out of a text. */
function readLine(open: Reading, line: string): boolean {
  const sign = line[0] ?? ' ';
  if (!'+- \\'.includes(sign)) return false;
  open.hunks.at(-1)?.lines.push(line);
  if (sign === '+') open.added++;
  if (sign === '-') open.removed++;
  if (sign === '+' || sign === ' ') open.left.new--;
  if (sign === '-' || sign === ' ') open.left.old--;
  return true;
}

function readHead(files: Reading[], line: string): void {
  const named = /^diff --git (?:"?a\/)?(.*?)"? "?b\/(.*?)"?$/.exec(line)?.[2];
  const plain = /^--- (?:a\/)?(\S.*?)(?:\t.*)?$/.exec(line)?.[1];
  const open = files.at(-1);
  const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/.exec(line);
  if (named !== undefined) files.push(begun(named));
  else if (plain !== undefined && (open === undefined || open.hunks.length > 0)) files.push(begun(plain));
  else if (open === undefined) return;
  else if (hunk !== null) {
    open.left = { old: Number(hunk[1] ?? 1), new: Number(hunk[3] ?? 1) };
    open.hunks.push({ line: Number(hunk[2]), around: hunk[4] ?? '', lines: [] });
  } else if (line.startsWith('new file')) open.what = 'added';
  else if (line.startsWith('deleted file')) open.what = 'deleted';
  else if (line.startsWith('rename to ')) open.what = 'renamed';
  else if (/^Binary files |^GIT binary patch/.test(line)) open.isBinary = true;
  else if (/^\+\+\+ (?:b\/)?(?!\/dev\/null)/.test(line) && open.what !== 'deleted') open.file = line.replace(/^\+\+\+ (?:b\/)?/, '').replace(/\t.*$/, '');
}

function begun(file: string): Reading {
  return { file, what: 'changed', added: 0, removed: 0, isBinary: false, hunks: [], left: { old: 0, new: 0 } };
}
