import { isProtected } from './changeWords.ts';

/** Whether a question names the same things as another, none less and none more: registers, functions, numbers, quotes. */
export function isAskedByNames(original: string, changed: string): boolean {
  const wanted = new Set(namesOf(original));
  const found = new Set(namesOf(changed));
  return wanted.size === found.size && [...wanted].every(name => found.has(name));
}

function namesOf(text: string): string[] {
  return text.split(/\s+/).flatMap(word => {
    const bare = word.replace(/^["'“`(]+|["'”`)?？.,:;。！!]+$/g, '').replaceAll('->', '.');
    return bare !== '' && isProtected(word) && !/^irq$/i.test(bare) ? [bare] : [];
  });
}
