import { codeText, plainText } from '../card/markdown.ts';
import type { Field } from '../device/device.ts';
import type { FoundRegister } from '../device/findRegisters.ts';
import { looseName } from '../device/names.ts';
import { lookUpName } from '../header/lookUp.ts';
import { registersByHeader } from '../header/registersByHeader.ts';
import { fieldCard } from './fieldHover.ts';
import { registerCard } from './registerHover.ts';
import type { Card } from './report.ts';
import type { Subject } from './subject.ts';

/** The card of a macro that only the device header knows, by the address and bits that it stands for: `ADC_CCR_ADCPRE_0` where the description calls block or field otherwise. */
export async function headerCard(subject: Subject): Promise<Card | undefined> {
  const { header, cursor, device } = subject;
  if (header === undefined || cursor.declaration !== undefined || cursor.isCallee === true || !/^[A-Z]\w*_\w+$/.test(cursor.word)) return undefined;
  const meaning = lookUpName(header, cursor.word);
  if (meaning === undefined || !/^(field|position|value|register)$/.test(meaning.kind)) return undefined;
  const found = registersByHeader(device, cursor.word, header);
  const card = meaning.kind === 'register'
    ? await registerCard(subject, { places: found.map(({ place }) => place), how: 'address', path: found[0]?.place.path ?? '', fields: [] }, undefined)
    : fieldCard(subject, agreeing(found, meaning.fieldName ?? ''));
  if (card === undefined) return undefined;
  const file = meaning.file.slice(meaning.file.lastIndexOf('/') + 1);
  const line = `*${meaning.comment === undefined ? 'Named in' : 'Comment in'} ${codeText(`${file}:${meaning.line}`)}${meaning.comment === undefined ? '' : `: ${plainText(meaning.comment)}`}*`;
  return { ...card, markdown: `${card.markdown ?? ''}\n\n${line}` };
}

/**
 * Fields on the macro's bits. Some headers give values before they are shifted: where the register has a field that the
 * macro names, bits of another one are chance: `RCC_CFGR_PPRE_DIV2`, which is 4, is not bit 2 of CFGR.
 */
function agreeing(found: readonly FoundRegister[], fieldName: string): FoundRegister[] {
  const first = looseName(fieldName.split('_').find(word => word !== '') ?? '');
  const isNamed = ({ name }: Field) => first.length >= 2 && (looseName(name).startsWith(first) || looseName(name).length >= 2 && looseName(fieldName).startsWith(looseName(name)));
  return found.filter(({ place, field }) => field !== undefined && (isNamed(field) || !place.register.fields.some(isNamed)));
}
