import type { Field, Register } from '../device/device.ts';
import type { SideEffect } from './sideEffects.ts';

interface WordRule {
  readonly pattern: RegExp;
  readonly effect: Pick<SideEffect, 'text' | 'modifiedWriteValues' | 'readAction'>;
}

const oneClears = { text: 'Writing 1 clears the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' };
const zeroClears = { text: 'Writing 0 clears the bit; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' };
const oneSets = { text: 'Writing 1 sets the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' };
const oneToggles = { text: 'Writing 1 toggles the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToToggle' };
const readClears = { text: 'Reading clears the bit.', readAction: 'clear' };

/** What vendors write into descriptions, in English and Chinese, where they leave the effect's own element out. */
const wordRules: readonly WordRule[] = [
  { pattern: /\b(rc_w1|w1c|r\/w1c|rw1c|woclr)\b|\bwrit(e|ing)( an?)?( logic(al)?)? ['"]?(1|one)['"]?( to (this|the) (bit|field|flag|register))?,? (to |will |shall )?clears?\b(?! the (?!bit|flag|interrupt|status|pending|error|event|field))|\bcleared (by|when|on|if|with)( software)?( by)?( a)? ?(write|writing|written)( an?| of| with| logic)* ['"]?(1|one)\b|\b1 (=|:) clears?\b|写\s*['"]?1['"]?\s*(可|以|来)?清(零|除)?/i, effect: oneClears },
  { pattern: /\b(rc_w0|w0c)\b|\bwrit(e|ing)( an?)?( logic(al)?)? ['"]?(0|zero)['"]?( to (this|the) (bit|field|flag|register))?,? (to |will |shall )?clears?\b(?! the (?!bit|flag|interrupt|status|pending|error|event|field))|\bcleared (by|when|on)( software)?( by)? ?(write|writing)( an?| of| logic)* ['"]?(0|zero)\b|写\s*['"]?0['"]?\s*(可|以|来)?清(零|除)?/i, effect: zeroClears },
  { pattern: /\b(w1s|r\/w1s|rw1s|woset)\b|\bwrit(e|ing)( an?)?( logic(al)?)? ['"]?(1|one)['"]?( to (this|the) (bit|field|flag|register))?,? (to |will |shall )?sets?\b(?! (the|this) bit to 0)(?! the (?!bit|flag|field))/i, effect: oneSets },
  { pattern: /\b(w1t|r\/w1t|rw1t)\b|\bwrit(e|ing)( an?)?( logic(al)?)? ['"]?(1|one)['"]?( to (this|the) (bit|field|flag|register))?,? (to |will |shall )?(toggles?|inverts?)\b/i, effect: oneToggles },
  { pattern: /\b(rc_r|r\/rc|clear-?on-?read|read-?to-?clear|cleared on read)\b|\b(is |are )?(automatically )?cleared (when|by|on|after|upon) (this|the) (register|bit|field|flag) (is |has been )?(being )?read\b|\bcleared (by|on|upon|when) (reading|a read( access)?)( of)? (this|the) (register|bit|field|flag)\b|读(取)?(该|此|本)?(寄存器|位)?(后|时)?(自动)?清(零|除)/i, effect: readClears },
];

/** Names that mean the same with nearly every vendor. */
const nameRules: readonly { readonly pattern: RegExp; readonly text: string; readonly modifiedWriteValues?: string }[] = [
  { pattern: /(IFCR|IFCLR|^ICR|INTCLR|INTENCLR|W1TC|_CLR|OUTCLR|DIRCLR)$/i, text: 'Writing 1 probably clears the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
  { pattern: /(INTENSET|W1TS|_SET|OUTSET|DIRSET)$/i, text: 'Writing 1 probably sets the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
  { pattern: /(OUTTGL|DIRTGL|_TOG|_XOR)$/i, text: 'Writing 1 probably toggles the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToToggle' },
  { pattern: /(^|_)(KEYR|KEY|UNLOCK)$/i, text: 'Probably takes key values in a fixed order; other values may lock it.' },
];

/** What a description says in words of reading or writing; undefined when it says nothing, or two things. */
export function effectInWords(description: string | undefined): WordRule['effect'] | undefined {
  if (description === undefined || description === '') return undefined;
  const sentences = description.split(/(?<=[.。;；])\s*/);
  const found = wordRules.filter(({ pattern }) => sentences.some(sentence => pattern.test(sentence) && !elsewhere.test(sentence)));
  return found.length === 1 ? found[0]?.effect : undefined;
}

/** The bit to write stands in another register: "cleared by writing 1 to the corresponding bit in the DMA_IFCR register". */
const elsewhere = /\b[A-Z][A-Z0-9]*_[A-Z0-9_x]+\b|\b[A-Z]{2,}[A-Z0-9]*(CR|CLR|SET|SR|CFR)\b|\bcorresponding (bit|flag)s?\b|\b(?<!this )(?<!the )register\b|\bin the \w+ register\b/;

const headerSource = 'the device header\'s comment';

/** Effects of fields that nothing else tells: by the words of their descriptions, else by the register's description or name; said to be inferred. `wordsOnly`: other fields of the register are told, so that only a field's own words count. */
export function inferredEffects(register: Register, silent: readonly Field[], { wordsOnly }: { readonly wordsOnly: boolean }): SideEffect[] {
  const worded = silent.flatMap(field => {
    const own = effectInWords(field.description);
    const found = own ?? effectInWords(field.headerComment);
    const source = own === undefined ? headerSource : field.descriptionFrom ?? register.origin ?? 'the description';
    return found === undefined ? [] : [{ name: field.name, found, source }];
  });
  if (worded.length > 0) {
    return [...Map.groupBy(worded, ({ found, source }) => `${source} ${found.text}`).values()].flatMap(members => members.slice(0, 1).map(({ found, source }) =>
      ({ ...found, certainty: 'inferred', source, ...(members.length < register.fields.length && { fields: members.map(({ name }) => name) }) })));
  }
  if (wordsOnly) return [];
  const ofRegister = effectInWords(register.description);
  if (ofRegister !== undefined) return [{ ...ofRegister, certainty: 'inferred', source: register.descriptionFrom ?? register.origin ?? 'the description' }];
  if (register.access === 'read-only') return [];
  return nameRules.filter(({ pattern }) => pattern.test(register.name)).map(({ text, modifiedWriteValues }) => ({ text, certainty: 'inferred', ...(modifiedWriteValues !== undefined && { modifiedWriteValues }) }));
}
