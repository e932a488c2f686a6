/** What a licence allows, from the freest to the strictest. */
const licenceKinds = ['permissive', 'copyleft', 'unstated', 'restricted', 'forbidden'] as const;
export type LicenceKind = typeof licenceKinds[number];

/**
 * Which examples a team trains on: `permissive`; `open`: copyleft as well; `own`: what states no licence as well, as a team's
 * own sources do; `any`: all but what forbids it.
 */
export type LicencePolicy = 'permissive' | 'open' | 'own' | 'any';

/** Whether the policy admits the licence. */
export function admits(policy: LicencePolicy, licence: string): boolean {
  return licenceKinds.indexOf(licenceKind(licence)) <= { permissive: 0, open: 1, own: 2, any: 3 }[policy];
}

/** The licence that a file's first lines state: an SPDX tag, or the words of a known one; undefined when they state none. */
export function statedLicence(text: string): string | undefined {
  const head = text.slice(0, readCharacters);
  if (forbidsTraining.test(oneLine(head))) return forbidden;
  const tag = /SPDX-License-Identifier:\s*([^\n\\*#<>"]+?)\s*(?:\*\/|-->|$|["\\\n<*#])/m.exec(head)?.[1];
  return tag === undefined ? licenceByWords(head) : tag.trim();
}

/** The licence of a LICENSE or COPYING file; `restricted` when its words are of none that is known. */
export function licenceOfFile(text: string): string {
  return statedLicence(text.slice(0, licenceFileCharacters)) ?? restricted;
}

/** The strictest of the licences of what an example is made of. */
export function strictestLicence(licences: readonly string[]): string {
  const rank = (licence: string): number => licenceKinds.indexOf(licenceKind(licence));
  return licences.reduce((strictest, licence) => rank(licence) > rank(strictest) ? licence : strictest, licences[0] ?? unstated);
}

/** What an SPDX expression allows: of `OR` the freest, of `AND` the strictest; one that is not known counts as restricted. */
export function licenceKind(expression: string): LicenceKind {
  if (expression === unstated || expression === forbidden || expression === restricted) return expression;
  const kinds = expression.replace(/[()]/g, ' ').split(/\s+OR\s+/i).map(choice => {
    const parts = choice.split(/\s+AND\s+/i).map(part => kindOfOne(part.replace(/\s+WITH\s+.*/i, '').trim()));
    return Math.max(...parts.map(kind => licenceKinds.indexOf(kind)));
  });
  return licenceKinds[Math.min(...kinds)] ?? 'restricted';
}

/** No licence is found for the file: the team's own, or nobody's. */
export const unstated = 'unstated';
/** Its owner says that nobody may train on it, copy it or pass it on. */
const forbidden = 'forbidden';
const restricted = 'restricted';

/** Licence texts stand in a file's first comment; vendors' notices are long. */
const readCharacters = 6000;
const licenceFileCharacters = 40_000;

const permissiveIds = /^(MIT(-0)?|BSD-[0-4]-Clause\S*|0BSD|Apache-2\.0|ISC|Zlib|X11|Unlicense|CC0-1\.0|CC-BY-[34]\.0|BSL-1\.0|WTFPL|PSF-2\.0|Python-2\.0|curl|libpng\S*|NCSA|BlueOak\S*|Artistic-2\.0|MulanPSL-2\.0)$/i;
const copyleftIds = /^(A?GPL-\d|LGPL-\d|MPL-\d|EPL-\d|EUPL-\d|CDDL-\d|CC-BY-SA-|OSL-|CERN-OHL|OFL-)/i;
const forbiddenIds = /NC|ND-|NoAI|Proprietary|Confidential/;

function kindOfOne(id: string): LicenceKind {
  if (permissiveIds.test(id)) return 'permissive';
  if (copyleftIds.test(id)) return 'copyleft';
  return forbiddenIds.test(id) && !/^(NCSA)/i.test(id) ? 'forbidden' : 'restricted';
}

/** Sentences by which an owner keeps a text from being trained on, or from being used at all. */
const forbidsTraining = new RegExp([
  String.raw`\b(?:not|no(?:r| one| person)?|prohibit(?:ed|s)?|forbid(?:den|s)?|without)\b[^.]{0,120}\b(?:train(?:ing)?|fine-?tun\w+|develop(?:ing)?)\b[^.]{0,80}\b(?:AI|A\.I\.|artificial intelligence|machine[- ]learning|(?:language|generative|ML) models?|LLMs?|neural networks?)\b`,
  String.raw`\b(?:AI|artificial intelligence|machine[- ]learning|LLM)\b[^.]{0,40}\b(?:training|use|purposes)\b[^.]{0,60}\b(?:is|are) (?:not (?:permitted|allowed)|prohibited|forbidden)`,
  String.raw`\btext and data mining\b[^.]{0,60}\b(?:reserved|not (?:permitted|allowed)|prohibited)`,
  String.raw`\b(?:strictly|company|highly) confidential\b`, String.raw`\bconfidential and proprietary\b`, String.raw`\bproprietary and confidential\b`,
  String.raw`\b(?:may|must|shall) not be (?:copied|reproduced|disclosed|distributed)[^.]{0,100}\b(?:without|except)\b[^.]{0,60}\b(?:permission|consent|authori[sz]ation|agreement)`,
].join('|'), 'i');

const wordings: readonly (readonly [RegExp, string])[] = [
  [/Permission is hereby granted, free of charge,? to any person obtaining a copy/i, 'MIT'],
  [/Permission to use, copy, modify, and(?:\/or)? distribute this software for any purpose/i, 'ISC'],
  [/Redistribution and use in source and binary forms[^]*(?:Neither the name|The name of \S+ may not be used|names? of (?:the |its )?\S+[^.]{0,80}may (?:not )?be used to endorse)/i, 'BSD-3-Clause'],
  [/Redistribution and use in source and binary forms/i, 'BSD-2-Clause'],
  [/(?:licensed under[^.]{0,60}|^\s*)BSD 3[- ]Clause/im, 'BSD-3-Clause'],
  [/Apache License,?\s*(?:Version|v\.?)?\s*2\.0/i, 'Apache-2.0'],
  [/GNU (?:LESSER|Library) GENERAL PUBLIC LICEN[CS]E[^]{0,200}?(?:version|v)\s*3/i, 'LGPL-3.0'],
  [/GNU (?:LESSER|Library) GENERAL PUBLIC LICEN[CS]E/i, 'LGPL-2.1'],
  [/GNU AFFERO GENERAL PUBLIC LICEN[CS]E/i, 'AGPL-3.0'],
  [/GNU GENERAL PUBLIC LICEN[CS]E[^]{0,300}?(?:version|v)\s*3/i, 'GPL-3.0'],
  [/GNU GENERAL PUBLIC LICEN[CS]E/i, 'GPL-2.0'],
  [/Mozilla Public License/i, 'MPL-2.0'],
  [/This software is provided 'as-is', without any express or implied\s+warranty/i, 'Zlib'],
  [/This is free and unencumbered software released into the public domain/i, 'Unlicense'],
  [/\b(?:placed|released|dedicated) (?:in|into|to) the public domain\b|CC0 1\.0 Universal/i, 'CC0-1.0'],
  [/Boost Software License/i, 'BSL-1.0'],
];

function licenceByWords(text: string): string | undefined {
  const words = oneLine(text);
  return wordings.find(([wording]) => wording.test(words))?.[1];
}

/** A notice without the marks of its comment. */
function oneLine(text: string): string {
  return text.replace(/^[\s/*#;!|]+/gm, '').replace(/\s+/g, ' ');
}
