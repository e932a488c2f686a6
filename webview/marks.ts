import { element, icon } from './dom.ts';
import { replaceInText } from './markdown.ts';
import { texts } from './page.ts';
import type { FindingItem } from './protocol.ts';
import { showTipOn } from './tip.ts';

/** Two private-use characters stand for "the claim of finding n ends here": markdown takes them for letters. */
const markCharacter = '\uE000';
const firstIndex = 0xe100;

const look = {
  supported: { icon: 'pass', text: texts.supported },
  contradicted: { icon: 'error', text: texts.contradicted },
  unknown: { icon: 'question', text: texts.unknown },
} as const;

/** The answer's text with a placeholder after every checked claim. */
export function withPlaceholders(text: string, findings: readonly FindingItem[]): string {
  const inOrder = findings.map((finding, index) => ({ finding, index })).toSorted((a, b) => b.finding.end - a.finding.end);
  let marked = text;
  for (const { finding, index } of inOrder) marked = marked.slice(0, finding.end) + markCharacter + String.fromCharCode(firstIndex + index) + marked.slice(finding.end);
  return marked;
}

/** Turns the placeholders of a rendered answer into check marks. */
export function placeMarks(root: DocumentFragment, findings: readonly FindingItem[]): void {
  // Inside a code block a mark would become part of what is copied; there the list below the answer has to do.
  for (const code of root.querySelectorAll('pre code')) code.textContent = code.textContent.replaceAll(/\uE000[\uE100-\uF8FF]/g, '');
  replaceInText(root, /\uE000([\uE100-\uF8FF])/, match => {
    const finding = findings[(match[1]?.charCodeAt(0) ?? 0) - firstIndex];
    return finding === undefined ? document.createTextNode('') : markOf(finding);
  });
}

/** A check mark that tells its evidence on hover and focus. */
function markOf(finding: FindingItem): HTMLElement {
  const { icon: iconName, text } = look[finding.verdict];
  const mark = element('button', { class: `mark ${finding.verdict}`, attributes: { type: 'button', 'aria-label': `${text}: ${finding.claim}. ${finding.evidence}` } }, icon(iconName));
  showTipOn(mark, `${text}: ${finding.evidence}`);
  return mark;
}

/** One row for the list of checked claims. */
export function findingRow(finding: FindingItem): HTMLElement {
  const { icon: iconName, text } = look[finding.verdict];
  return element('li', { class: `finding ${finding.verdict}` },
    icon(iconName),
    element('div', {}, element('span', { class: 'verdict', text }), ' ', element('q', { text: finding.claim }), element('div', { class: 'proof', text: finding.evidence })));
}

/** `3 supported, 1 contradicted`: only what there is. */
export function countsOf(findings: readonly FindingItem[]): string {
  return (['contradicted', 'unknown', 'supported'] as const)
    .map(verdict => ({ text: look[verdict].text, count: findings.filter(finding => finding.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ text, count }) => `${count} ${text.toLocaleLowerCase()}`)
    .join(', ');
}
