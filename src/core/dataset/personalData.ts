/** A text without what names persons or their machines, and what was taken out of it. */
export interface Redacted {
  readonly text: string;
  /** How often each kind was taken out. */
  readonly removed: ReadonlyMap<string, number>;
}

/** Puts marks in the place of mail addresses, telephone numbers, authors, home folders, public addresses and hardware addresses. */
export function redactPersonalData(text: string): Redacted {
  const removed = new Map<string, number>();
  let result = text;
  for (const { kind, pattern, mark, isReal = () => true } of rules) {
    result = result.replace(pattern, (whole: string, ...groups: readonly unknown[]) => {
      if (!isReal(whole)) return whole;
      removed.set(kind, (removed.get(kind) ?? 0) + 1);
      const [before] = groups;
      return mark.replace('$1', typeof before === 'string' ? before : '');
    });
  }
  return { text: result, removed };
}

interface PersonalRule {
  readonly kind: string;
  readonly pattern: RegExp;
  /** `$1` is the first group, which stays. */
  readonly mark: string;
  readonly isReal?: (text: string) => boolean;
}

const rules: readonly PersonalRule[] = [
  // Whole lines of commit messages: nothing is left of them without the person.
  { kind: 'trailer', pattern: /^[ \t]*(?:Signed-off-by|Co-authored-by|Reviewed-by|Acked-by|Tested-by|Reported-by|Suggested-by|Cc|Author|Committer)\s*:\s*\S[^\n]*(?:@|\b[A-Z])[^\n]*\n?/gim, mark: '' },
  { kind: 'author', pattern: /((?:[@\\]authors?|\bauthors?[ \t]*:|\b(?:written|created|modified|developed|contributed|maintained) by[ \t]*:?|作者[ \t]*[:：])[ \t]*)(?!the |this |a |an )(?=\S*[A-Z\u4e00-\u9fff<])[^\n*]{2,80}/gi, mark: '$1<name>' },
  { kind: 'copyright holder', pattern: /((?<!\w)(?:copyright|\(c\)|©)[ \t]*(?:\(c\)|©)?[ \t]*(?:\d{4}(?:[ \t]*[-–,][ \t]*\d{4})*,?[ \t]*)(?:by[ \t]+)?)[A-Z][^\n*]{2,100}/gi, mark: '$1<name>' },
  { kind: 'mail address', pattern: /\b[\w.+-]{1,64}(?:@| ?\[at\] ?| ?\(at\) ?)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}\b/gi, mark: '<email>' },
  { kind: 'telephone number', pattern: /(?<![\w.+-])\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4}(?![\w.])/g, mark: '<phone>', isReal: number => number.replace(/\D/g, '').length >= 9 && /[ ()-]/.test(number) },
  { kind: 'telephone number', pattern: /(\b(?:tel|phone|mobile|fax|telephone)\.?[ \t]*[:：]?[ \t]*|(?:电话|手机|联系方式)[ \t]*[:：]?[ \t]*)\+?\d[\d -]{6,16}\d/gi, mark: '$1<phone>' },
  { kind: 'home folder', pattern: /((?:\/home|\/Users|\b[A-Z]:[\\/]+Users)[\\/]+)(?!runner\b|user\b|username\b|you\b|pi\b|root\b|public\b|\$|<)[\w.-]+/gi, mark: '$1<user>' },
  { kind: 'internet address', pattern: /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])/g, mark: '<ip>', isReal: isPublicAddress },
  { kind: 'hardware address', pattern: /(?<![\w:-])(?:[\da-f]{2}[:-]){5}[\da-f]{2}(?![\w:-])/gi, mark: '<mac>', isReal: address => new Set(address.toLowerCase().split(/[:-]/)).size > 2 },
];

/** Of a network that everybody may have at home, of documentation, or no address but a version: these name nobody. */
function isPublicAddress(text: string): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0] = text.split('.').map(Number);
  if (Math.max(first, second, third, fourth) > 255 || first === 0 || first === 10 || first === 127 || first >= 224) return false;
  const isHome = (first === 192 && second === 168) || (first === 172 && second >= 16 && second < 32) || (first === 169 && second === 254);
  const isDocumentation = (first === 192 && second === 0) || (first === 198 && second === 51) || (first === 203 && second === 0);
  const isVersion = first < 20 && second < 20 && third < 20 && fourth < 20;
  return !isHome && !isDocumentation && !isVersion && ![8, 1, 9].includes(first === second && second === third && third === fourth ? first : -1);
}
