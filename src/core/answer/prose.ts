/**
 * An answer's text without what only lays it out, of the same length, so that offsets stay true: markdown's stars and
 * backticks become blanks, the punctuation of Chinese and Japanese becomes ASCII.
 */
export function plainProse(text: string): string {
  return text.replace(/[*`]/g, ' ').replace(/[（）：，、。；＝［］]/g, character => fullWidth[character] ?? ' ');
}

const fullWidth: Readonly<Record<string, string>> = { '（': '(', '）': ')', '：': ':', '，': ',', '、': ',', '。': '。', '；': ';', '＝': '=', '［': '[', '］': ']' };
