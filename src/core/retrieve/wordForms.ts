/**
 * Other forms that an English word may be written in: `transmitting` → `transmit`, `transmits`, `transmitted`, …; not all
 * of them are words, and those that are none cost nothing, as no text holds them. Nothing for short words and names.
 */
export function wordForms(word: string): string[] {
  if (!/^[a-z]{4,}$/.test(word)) return [];
  const forms = new Set(stemsOf(word).flatMap(stem => [stem, ...endingsOf(stem)]));
  forms.delete(word);
  return [...forms].filter(form => form.length > 2);
}

/** What may be left when an ending is taken away: `clearing` → `clear`; `configured` → `configur`, `configure`; `stopped` → `stop`. */
function stemsOf(word: string): string[] {
  if (/(ss|us|is)$/.test(word)) return [word];
  const [, plain, ending] = /^(\w{3,}?)(ies|ied|ations?|itions?|issions?|ing|ed|es|er|ers|s)$/.exec(word) ?? [];
  if (plain === undefined || ending === undefined) return [word];
  if (ending.startsWith('ie')) return [`${plain}y`];
  if (ending.startsWith('issi')) return [`${plain}it`];
  if (/^[ai]ti/.test(ending)) return [`${plain}e`, `${plain}${ending.startsWith('a') ? 'ate' : 'ite'}`, plain];
  if (ending === 's') return [plain];
  if (ending === 'ers') return [`${plain}er`, plain, `${plain}e`];
  const undoubled = /([b-df-hj-np-tv-z])\1$/.test(plain) ? [plain.slice(0, -1)] : [];
  return [plain, `${plain}e`, ...undoubled];
}

function endingsOf(stem: string): string[] {
  if (/e$/.test(stem)) {
    const short = stem.slice(0, -1);
    return [`${stem}s`, `${stem}d`, `${short}ing`, `${short}ation`, ...short.endsWith('at') ? [`${short}ion`] : []];
  }
  if (/[^aeiou]y$/.test(stem)) return [`${stem.slice(0, -1)}ies`, `${stem.slice(0, -1)}ied`, `${stem}ing`];
  const last = /[^aeiou][aeiou]([bdgklmnprt])$/.exec(stem)?.[1] ?? '';
  const doubled = last === '' ? [] : [`${stem}${last}ing`, `${stem}${last}ed`];
  const mission = stem.endsWith('mit') ? [`${stem.slice(0, -1)}ssion`] : [];
  return [`${stem}s`, `${stem}ing`, `${stem}ed`, ...doubled, ...mission];
}
