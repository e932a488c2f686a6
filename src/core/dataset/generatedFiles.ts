/** Written by a tool, by its name or by what its first lines say: nobody chose its words. */
export function isGenerated(file: string, text: string): boolean {
  return names.test(file) || sentences.test(text.slice(0, 3000)) || isData(text);
}

const names = /(^|\/)(generated|autogen|build|out|dist|\.pio)\/|\.(pb|pb-c|nanopb|moc|yy|lex|tab)\.\w+$|_autogen\./i;
const sentences = /\b(?:auto(?:matically)?[- ]?generated|generated (?:by|from|with|using|file)|do not (?:edit|modify)(?: this file| by hand| manually)?|machine[- ]generated|this file (?:is|was) (?:auto|generated))\b/i;

/** Tables of numbers: fonts, images, firmware blobs. */
function isData(text: string): boolean {
  if (text.length < 4000) return false;
  const numbers = text.match(/\b(?:0x[\da-f]+|\d+)\b\s*,/gi)?.reduce((sum, number) => sum + number.length, 0) ?? 0;
  return numbers > text.length * 0.5;
}
