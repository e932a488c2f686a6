import type { Access, Device, RegisterPlace } from '../device/device.ts';
import { sideEffects } from '../manual/sideEffects.ts';
import type { Finding } from './answer.ts';
import { registerMentions, sentences, within, type TextSpan } from './mentions.ts';

/** What an answer says of a register's access and of clearing its flags, in sentences that speak of one register. */
export function checkEffects(text: string, device: Device): Finding[] {
  const registers = registerMentions(text, device);
  return sentences(text).flatMap(sentence => {
    const here = within(registers, sentence);
    const [mention] = here;
    if (mention?.place === undefined || here.some(({ place }) => place?.path !== mention.place?.path)) return [];
    return [...accessFindings(sentence, mention.place, mention.field?.name), ...clearFindings(sentence, mention.place, device)];
  });
}

const accessWords: readonly (readonly [RegExp, Access])[] = [
  [/\b(?:is|are)\s+(?:only\s+)?read[- ]only\b(?!,? (?:or|write))|(?<!还)[是为]\s*只读(?!\s*(?:还是|或|、|,))/gi, 'read-only'], [/\b(?:is|are)\s+(?:only\s+)?write[- ]only\b(?!,? (?:or|read))|(?<!还)[是为]\s*只写(?!\s*(?:还是|或|、|,))/gi, 'write-only'], [/\b(?:is|are)\s+read[-/ ]write\b|(?<!还)[是为]\s*(?:可读可?写|读写)(?!\s*(?:还是|或|、|,))/gi, 'read-write'],
];

/** A register whose fields differ has no one access: then nothing is said. */
function accessFindings(sentence: TextSpan, place: RegisterPlace, fieldName: string | undefined): Finding[] {
  const field = place.register.fields.find(({ name }) => name === fieldName);
  const stated = new Set(field === undefined ? [place.register.access, ...place.register.fields.map(({ access }) => access ?? place.register.access)] : [field.access]);
  const [access] = stated;
  const named = field === undefined && place.register.fields.some(({ name }) => new RegExp(`\\b${name}\\b`).test(sentence.text));
  if (stated.size !== 1 || access === undefined || named) return [];
  return accessWords.flatMap(([pattern, claimed]) => [...sentence.text.matchAll(pattern)].map(match => ({
    ...spanOf(match, sentence), verdict: claimed === access ? 'supported' as const : 'contradicted' as const, evidence: `${place.path}${field === undefined ? '' : `.${field.name}`} is ${access}.`,
  })));
}

/** "cleared by writing 1" against the one way in which the register's flags are cleared, where that is known for certain. */
function clearFindings(sentence: TextSpan, place: RegisterPlace, device: Device): Finding[] {
  const field = place.register.fields.find(({ name }) => new RegExp(`\\b${name}\\b`).test(sentence.text));
  const effects = sideEffects(place, { device: device.name, ...(field !== undefined && { field }) });
  const ways = new Set(effects.filter(({ certainty }) => certainty !== 'inferred').flatMap(({ modifiedWriteValues }) => (/^(one|zero)ToClear$/.test(modifiedWriteValues ?? '') ? [modifiedWriteValues] : [])));
  const [way] = ways;
  if (ways.size !== 1 || way === undefined) return [];
  const right = way === 'oneToClear' ? '1' : '0';
  return [...sentence.text.matchAll(/\bclear(?:s|ed)?\b[^.;]{0,30}?\bwriting\s+(?:a\s+)?(0|1|zero|one)\b/gi)].map(match => {
    const claimed = /^(1|one)$/i.test(match[1] ?? '') ? '1' : '0';
    return { ...spanOf(match, sentence), verdict: claimed === right ? 'supported' : 'contradicted', evidence: `${place.path}${field === undefined ? '' : `.${field.name}`} is cleared by writing ${right}.` };
  });
}

function spanOf(match: RegExpExecArray, sentence: TextSpan): Pick<Finding, 'claim' | 'start' | 'end'> {
  const start = sentence.start + match.index;
  return { claim: match[0], start, end: start + match[0].length };
}
