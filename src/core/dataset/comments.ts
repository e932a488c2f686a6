/** The prose of a comment: without its marks, its tags' names, rulers and lines that are code. */
export function commentText(comment: string): string {
  const lines = comment.split('\n').map(line => line
    .replace(/^\s*(?:\/\*+!?<?|\*+\/|\/\/[/!]*<?|\*(?!\w))\s?/, '').replace(/\s*\*+\/\s*$/, '')
    .replace(/^\s*[-=*#~_+]{3,}\s*|\s*[-=*#~_+]{4,}\s*$/g, '')
    .replace(/^\s*[@\\](?:brief|details?|short|note|remarks?|attention|warning|par)\b:?\s*/i, '')
    .replace(/^\s*[@\\](?:fn|ingroup|addtogroup|defgroup|name|internal|file|date|version|ref|sa|see|copydoc|author|since|todo|\{|\})\b.*/i, '')
    .replace(/^\s*[@\\]param(?:\s*\[[\w, ]+\])?\s+(\w+)\s*[:-]?\s*/i, '- `$1`: ')
    .replace(/^\s*[@\\](?:arg|li)\s+/i, '- ')
    .replace(/^\s*[@\\]ret(?:urns?|val)\s*:?\s*/i, 'Returns: ')
    .replace(/[@\\](?:a|p|c|e|em|b|ref)\s+(?=\w)/g, '')
    .trimEnd());
  const kept = lines.filter(line => !/^\s*(?:USER CODE (?:BEGIN|END)|NOLINT|clang-format|cppcheck|coverity|(?:(?:Returns|- `\w+`): )?None\.?\s*$)/i.test(line) && !/[;{}]\s*$/.test(line));
  return joined(kept).trim();
}

/** The first sentence. */
export function firstSentence(text: string): string {
  const [paragraph = ''] = text.split(/\n\s*\n|\n- |\nReturns:/);
  const line = paragraph.replace(/\s+/g, ' ').trim();
  return (/^.+?(?:[.!?](?=\s|$)|。)/.exec(line)?.[0] ?? line).trim();
}

/** Words of prose in a text. */
export function proseWords(text: string): number {
  return (text.match(/[A-Za-z]{2,}|[\u3400-\u9fff]/g) ?? []).length;
}

/** Wrapped lines of one paragraph become one line. */
function joined(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    const isOwnLine = /^\s*(?:[-*•]|\d+[.)]|Returns:|\|)/.test(line);
    if (line.trim() === '') text += text.endsWith('\n\n') || text === '' ? '' : '\n\n';
    else text += text === '' || text.endsWith('\n') ? line.trim() : isOwnLine ? `\n${line.trim()}` : ` ${line.trim()}`;
  }
  return text;
}
