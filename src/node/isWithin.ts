import path from 'node:path';

/** Whether a folder or file is `outer` itself or lies below it; both absolute, links already followed where that matters. */
export function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
