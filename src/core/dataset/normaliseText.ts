/** Line ends, invisible characters and blanks as everywhere else, so that equal texts are equal; code keeps its indentation. */
export function normaliseText(text: string): string {
  return text.normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(invisible, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '');
}

/** One line: a question, a title. */
export function normaliseLine(text: string): string {
  return normaliseText(text).replace(/\s+/g, ' ').trim();
}

/** The text with an end, where it has none. */
export function sentence(text: string): string {
  return /[.!?。]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** Control characters but tab and line end, byte order marks, zero-width and direction marks. */
// eslint-disable-next-line no-control-regex -- these are the characters that are taken out
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]/g;

/** A question in Chinese has an answer in Chinese: names and numbers alone are of every language. */
export function isInOneLanguage({ question, answer }: { readonly question: string; readonly answer: string }): boolean {
  const chinese = /[\u3400-\u9fff]/;
  return !chinese.test(question) || chinese.test(answer) || (answer.match(/\b[a-z]{2,}\b/g) ?? []).length < 4;
}
