/** A stretch that nobody may learn. */
export interface SecretFinding {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** Keys, tokens and passwords in a text: known formats of issuers, private keys, and values that code gives to names of credentials. */
export function findSecrets(text: string): SecretFinding[] {
  return rules.flatMap(({ rule, pattern, isReal = () => true }) => [...text.matchAll(pattern)]
    .filter(match => isReal(match.at(-1) ?? match[0]))
    .map(match => ({ rule, start: match.index, end: match.index + match[0].length })));
}

interface SecretRule {
  readonly rule: string;
  readonly pattern: RegExp;
  /** Tells a real value from a placeholder; given the last group. */
  readonly isReal?: (value: string) => boolean;
}

/** What firmware and its tools call a credential. */
const credentialName = String.raw`(?:\w*(?:pass(?:word|wd|phrase|code)|_pass|pwd|secret|api_?key|auth_?key|access_?key|private_?key|(?:auth|access|bearer|api|refresh|bot)_?token|_token|psk|credentials?|_pin|client_?secret)\w{0,12})`;
/** Names of symmetric keys in code. */
const keyName = String.raw`\w*(?:app|nwk|net|dev|device|aes|enc\w*|secret|priv\w*|master|root|session|link|sign\w*|hmac|boot|fw|signing|auth|s)_?(?:s|session|root)?_?key\w*`;

const rules: readonly SecretRule[] = [
  { rule: 'private key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g },
  { rule: 'PuTTY key', pattern: /PuTTY-User-Key-File-\d/g },
  { rule: 'AWS key', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b/g, isReal: value => !value.endsWith('EXAMPLE') },
  { rule: 'GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,})\b/g },
  { rule: 'GitLab token', pattern: /\bglpat-[\w-]{20,}/g },
  { rule: 'Slack token', pattern: /\bxox[abeprs]-[\w-]{10,}|https:\/\/hooks\.slack\.com\/services\/[\w/]{20,}/g },
  { rule: 'Google key', pattern: /\bAIza[\w-]{35}(?![\w-])/g },
  { rule: 'model service key', pattern: /\bsk-(?:proj-|ant-|or-)?[A-Za-z0-9_-]{24,}|\bhf_[A-Za-z0-9]{30,}\b/g },
  { rule: 'Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{16,}/g },
  { rule: 'package registry token', pattern: /\bnpm_[A-Za-z0-9]{36}\b|\bpypi-AgE[\w-]{50,}/g },
  { rule: 'Telegram bot token', pattern: /\b\d{8,10}:AA[\w-]{32,33}(?![\w-])/g },
  { rule: 'SendGrid key', pattern: /\bSG\.[\w-]{16,32}\.[\w-]{16,64}/g },
  { rule: 'web token', pattern: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g },
  { rule: 'storage key', pattern: /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[\w+/%]{20,}/g },
  { rule: 'password in an address', pattern: /\b[a-z][a-z0-9+.-]{1,12}:\/\/[^\s:@/"'<>]{1,64}:([^\s:@/"'<>]{3,64})@[\w.-]+/gi, isReal: isRealValue },
  { rule: 'authorization header', pattern: /\bAuthorization["']?\s*[:=]\s*["']?(?:Bearer|Basic)\s+([\w+/=.~-]{12,})/gi, isReal: isRealValue },
  // Code, configuration and defines: PASSWORD = "…", "password": "…", #define WIFI_PASS "…", CONFIG_WIFI_PSK="…".
  { rule: 'credential in code', pattern: new RegExp(String.raw`(?<![\w])${credentialName}["']?(?:\s*\[[^\]\n]*\])?\s*(?:\?=|:=|=>|=|:|\s)\s*(?:\w+\(|u8|L|@|&)?["']([^"'\n]{4,120})["']`, 'gi'), isReal: isRealValue },
  { rule: 'credential in configuration', pattern: new RegExp(String.raw`^[ \t]*(?:export\s+|set\s+|-D)?${credentialName}[ \t]*[=:][ \t]*([^\s"'#;{}()<>$*,]{8,120})[ \t]*$`, 'gim'), isReal: value => isRealValue(value) && /\d/.test(value) && /[a-z]/i.test(value) && !/^0x[\da-f]+$/i.test(value) },
  { rule: 'key bytes', pattern: new RegExp(String.raw`(?<!\w)${keyName}\s*(?:\[[^\]\n]*\]\s*)?=?\s*\{((?:\s*0x[\da-f]{1,2}\s*,?){16,64})\s*\}`, 'gi'), isReal: isRealBytes },
  { rule: 'key in hex', pattern: new RegExp(String.raw`(?<!\w)${keyName}["']?\s*(?:\[[^\]\n]*\])?\s*[=:]?\s*["'](?:0x)?([\da-f]{32,128})["']`, 'gi'), isReal: value => isRealBytes(value.replace(/../g, '0x$&,')) },
];

/** Words that stand for a value in examples and documentation. */
const placeholder = /^(?:x+|\*+|\.+|-+|0+|1234\w*|your[-_ ]?\w*.*|my[-_ ]?(?:ssid|password|pass|key|secret|token|psk).*|(?:the|a|an|some|enter|insert|put|change|set|replace|fill|add)[-_ ].*|change[-_]?(?:me|it)?|password\d?|passwd|passphrase|secret|token|none|null|nil|undefined|empty|default|example\w*|dummy\w*|test\w*|sample\w*|placeholder|redacted|todo|tbd|n\/?a|true|false|string|text|hidden|prompt|required|optional|invalid|incorrect|wrong|missing|ok)$/i;

function isRealValue(value: string): boolean {
  const bare = value.trim();
  // Templates, formats, paths, macros, sentences and names of the setting itself hold no credential.
  return bare.length >= 4 && !placeholder.test(bare) && !/[<>{}$%]|\\[nrt0x]|^\/|\s\S+\s|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[a-z]+(?:[-_.][a-z]+)*$|^[A-Za-z]+ [a-z]+$|^--?\w|^\w+:$/.test(bare) || (bare.length >= 8 && /^[a-z]+$/.test(bare) && !placeholder.test(bare) && !isWord(bare));
}

/** A run of small letters that is a plain word, as of a message or a field's name. */
function isWord(text: string): boolean {
  return /(?:word|key|token|secret|pass|code|name|field|value|type|file|path|error|input|label|text|string|mode|user|admin|login|manager)$/.test(text) || text.length < 8;
}

/** All bytes alike, or counting, are test vectors' fillers. */
function isRealBytes(text: string): boolean {
  const bytes = [...text.matchAll(/0x([\da-f]{1,2})/gi)].map(([, digits]) => Number.parseInt(digits ?? '0', 16));
  const steps = new Set(bytes.slice(1).map((byte, index) => (byte - (bytes[index] ?? 0) + 256) % 256));
  return steps.size > 2 && new Set(bytes).size > 4;
}
