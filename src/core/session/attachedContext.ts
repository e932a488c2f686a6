import { dossierEvidence } from '../answer/ask.ts';
import { registerEvidence } from '../answer/hardwareEvidence.ts';
import { findRegisters } from '../device/findRegisters.ts';
import type { Attached } from '../engine.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { Host } from '../host.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';
import type { Problem } from '../text/problem.ts';
import type { Device } from '../device/device.ts';
import { tokenize } from '../text/words.ts';
import { codeEvidence } from './codeEvidence.ts';
import { surroundingLines } from './codeToExplain.ts';
import { handlerDossier } from './handlerDossier.ts';
import { readSource } from './readSource.ts';

/** What the user put beside a question, as evidence, and what of it could not be had. */
export interface AttachedEvidence {
  readonly candidates: readonly EvidenceCandidate[];
  readonly problems: readonly Problem[];
}

/** What is attached is looked up in this. */
export interface AttachedGround {
  readonly host: Host;
  readonly facts: FactSource;
  readonly device?: Device | undefined;
  /** The description's file name, for titles. */
  readonly source: string;
  readonly question: string;
  /** First and last line of the function around a line. */
  readonly functionAt?: (file: string, line: number) => Promise<{ readonly line: number; readonly endLine: number } | undefined>;
}

/** Lines of a file that are quoted or left out together. */
const linesPerPiece = 50;
const mostFileBytes = 4_000_000;

/** Reads and looks up what is attached, in its order. */
export async function attachedEvidence(attached: readonly Attached[], ground: AttachedGround): Promise<AttachedEvidence> {
  const all = await Promise.all(attached.map(item => evidenceOf(item, ground)));
  return { candidates: all.flatMap(({ candidates }) => candidates), problems: all.flatMap(({ problems }) => problems) };
}

async function evidenceOf(item: Attached, ground: AttachedGround): Promise<AttachedEvidence> {
  switch (item.kind) {
    case 'file':
      return fileEvidence(await widened(item, ground), ground);
    case 'register':
      return registersEvidence(item.path, ground);
    case 'handler':
      return handlerEvidence(item.name, ground);
    case 'change':
      // The task that summarises it reads it.
      return { candidates: [], problems: [] };
    case 'text':
      return { candidates: [{ kind: 'selection', title: item.title, text: item.text, ...(item.file !== undefined && { file: item.file }), ...(item.line !== undefined && { line: item.line }) }], problems: [] };
  }
}

/** Without a function around it, a line comes with its neighbours. */
async function widened(item: AttachedFile, { functionAt }: AttachedGround): Promise<AttachedFile> {
  const { file, line, wholeFunction } = item;
  if (wholeFunction !== true || line === undefined) return item;
  return { ...item, ...(await functionAt?.(file, line) ?? { line: Math.max(1, line - surroundingLines), endLine: line + surroundingLines }) };
}

type AttachedFile = Extract<Attached, { kind: 'file' }>;

async function fileEvidence({ file, line, endLine, text }: AttachedFile, { host, question }: AttachedGround): Promise<AttachedEvidence> {
  const source = text === undefined ? await readSource(host, file, mostFileBytes) : { text };
  if ('problem' in source) return { candidates: [], problems: [source.problem] };
  const { length } = source.text.split('\n');
  const first = Math.min(Math.max(1, line ?? 1), length);
  const last = Math.min(length, endLine ?? (line === undefined ? length : first));
  return { candidates: inOrderOfUse(codeEvidence(file, source.text, { first, last, perPiece: linesPerPiece }), question), problems: [] };
}

/** A long file does not fit: what shares words with the question goes first. */
function inOrderOfUse(pieces: readonly EvidenceCandidate[], question: string): EvidenceCandidate[] {
  // Chinese comes in pairs of characters, which mean as much as a word of three letters.
  const words = [...new Set(tokenize(question))].filter(word => word.length > 2 || /[^\w\s]/.test(word));
  const shared = ({ text }: EvidenceCandidate): number => words.filter(word => text.toLowerCase().includes(word)).length;
  return pieces.toSorted((a, b) => shared(b) - shared(a));
}

function registersEvidence(path: string, { device, source }: AttachedGround): AttachedEvidence {
  if (device === undefined) return missing(`${path} was not looked up: the chip has no description. Choose an SVD file.`);
  const found = findRegisters(device, path).slice(0, 4);
  return found.length === 0 ? missing(`${path} is not in ${source}.`) : { candidates: found.map(({ place }) => registerEvidence(place, device, source)), problems: [] };
}

async function handlerEvidence(name: string, ground: AttachedGround): Promise<AttachedEvidence> {
  const found = await handlerDossier({ name }, ground);
  return found === undefined ? missing(`${name} is no interrupt handler of this project.`) : { candidates: [dossierEvidence(found)], problems: [] };
}

function missing(message: string): AttachedEvidence {
  return { candidates: [], problems: [{ file: '', message }] };
}
