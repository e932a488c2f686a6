import { noMaterial, type QuestionMaterial } from '../answer/ask.ts';
import { factsOf, type DeviceFact } from '../answer/deviceFacts.ts';
import type { AskRequest } from '../engine.ts';
import { decodedWrites, type WrittenRegister } from '../inlay/registerInlays.ts';
import { codeInQuestion } from './functionMaterial.ts';
import type { TaskGround } from './taskMaterial.ts';
import { touchedRegisters } from './touchedRegisters.ts';

/** For the lines that write registers: what they write, field by field, and the registers with those fields. */
export async function registerWriteMaterial(request: AskRequest, ground: TaskGround): Promise<QuestionMaterial> {
  const { places: [place], problems } = await codeInQuestion(request, ground);
  const attached = request.attached?.find(item => item.kind === 'file');
  if (place === undefined || ground.device === undefined) return { ...noMaterial, problems };
  const lines = attached?.line === undefined ? place : { line: attached.line, endLine: attached.endLine ?? attached.line };
  const parts = { device: ground.device, parser: await ground.parts.parser(), facts: ground.facts };
  const writes = await decodedWrites({ file: place.file, text: place.source.text, startLine: lines.line, endLine: lines.endLine }, parts, ground.signal);
  const facts = writes.map(write => factOf(write, place.file));
  return {
    first: facts.length === 0 ? [] : [{ kind: 'register', title: `Facts: what ${place.file}:${lines.line} writes (${ground.source})`, text: facts.map(({ text }) => text).join('\n'), path: writes[0]?.decoded.path ?? '' }],
    then: await touchedRegisters({ ...place, ...lines }, ground), problems, isComplete: true,
    ...(facts.length > 0 && { known: factsOf(facts, ground.source, request.question) }),
  };
}

/** Fields with what becomes of them; zeros that a whole write leaves are only counted. */
function factOf({ line, expression, decoded }: WrittenRegister, file: string): DeviceFact {
  const told = decoded.fields.filter(({ value, change }) => value !== '0x0' || change !== undefined);
  const zeros = decoded.fields.length - told.length;
  const fields = told.map(({ name, bits, value, meaning, change }) => `${name} (${bits.includes(':') ? `bits ${bits}` : `bit ${bits}`}) ${change ?? `= ${value}`}${meaning === undefined ? '' : `: ${meaning}`}`);
  const reserved = decoded.reservedBitsSet === undefined ? '' : ` Reserved bits are set: ${decoded.reservedBitsSet}.`;
  return { kind: 'decode', path: decoded.path, text: `${file}:${line}: ${expression.replace(/\s+/g, ' ').slice(0, 160)} writes ${decoded.path}: ${fields.length === 0 ? 'no field is set' : fields.join('; ')}${zeros > 0 && fields.length > 0 ? `; ${zeros} other ${zeros === 1 ? 'field is' : 'fields are'} 0` : ''}.${reserved}` };
}
