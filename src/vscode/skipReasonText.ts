import type * as vscode from 'vscode';

type Words = Pick<typeof vscode.l10n, 't'>;

/** Why something is left out of the index, in the user's language; what the system itself says of a failure stays as it is. */
export function skipReasonText(reason: string, l10n: Words): string {
  for (const [pattern, text] of texts) {
    const match = pattern.exec(reason);
    if (match !== null) return text(l10n, match.slice(1));
  }
  return reason;
}

/** Sentences of the engine, which speaks English, and their places for names and numbers. */
const texts: readonly (readonly [RegExp, (l10n: Words, parts: readonly string[]) => string])[] = [
  [/^ignored by the exclude setting$/, l10n => l10n.t('ignored by the exclude setting')],
  [/^ignored by (.+)$/, (l10n, [source = '']) => l10n.t('ignored by {0}', source)],
  [/^never indexed$/, l10n => l10n.t('never indexed')],
  [/^not a text file \((.+)\)$/, (l10n, [ending = '']) => l10n.t('not a text file ({0})', ending)],
  [/^written by a tool, not for reading \((.+)\)$/, (l10n, [ending = '']) => l10n.t('written by a tool, not for reading ({0})', ending)],
  [/^([\d.]+ MB) is more than is read of a file of unknown kind \((.+)\)$/, (l10n, [size = '', most = '']) => l10n.t('{0} is more than is read of a file of unknown kind ({1})', size, most)],
  [/^([\d.]+ MB) is more than is read of a .+ \((.+)\)$/, (l10n, [size = '', most = '']) => l10n.t('{0} is more than is read of such a file ({1})', size, most)],
  [/^cannot be read: (.+)$/, (l10n, [why = '']) => l10n.t('cannot be read: {0}', why)],
  [/^.+ cannot be read: (.+)$/, (l10n, [why = '']) => l10n.t('cannot be read: {0}', why)],
  [/^a link to nothing$/, l10n => l10n.t('a link to nothing')],
  [/^a link to a folder that is read elsewhere$/, l10n => l10n.t('a link to a folder that is read elsewhere')],
  [/^it is a device, a pipe or a socket$/, l10n => l10n.t('it is a device, a pipe or a socket')],
  [/^ignored folders hold more than (\d+) entries/, (l10n, [most = '']) => l10n.t('ignored folders hold more than {0} entries: hardware material in the rest was not looked for', most)],
  [/^minified: its lines have (\d+) characters/, (l10n, [mean = '']) => l10n.t('minified: its lines have {0} characters on average', mean)],
  [/^binary: holds zero bytes$/, l10n => l10n.t('binary: holds zero bytes')],
  [/^binary: one byte in ten is a control character$/, l10n => l10n.t('binary: one byte in ten is a control character')],
  [/^binary: (.+)$/, (l10n, [what = '']) => l10n.t('binary: {0}', what)],
  [/^an include folder of the system$/, l10n => l10n.t('an include folder of the system')],
  [/^an include folder of the compiler$/, l10n => l10n.t('an include folder of the compiler')],
  [/^more than (\d+) SDKs are included/, (l10n, [most = '']) => l10n.t('more than {0} SDKs are included; add the folder to have it indexed', most)],
];
