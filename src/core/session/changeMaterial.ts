import type { QuestionMaterial } from '../answer/ask.ts';
import { hardwareEvidence } from '../answer/hardwareEvidence.ts';
import type { AskRequest } from '../engine.ts';
import { readChange, type ChangedFile } from '../parse/unifiedDiff.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';
import type { TaskGround } from './taskMaterial.ts';

const mostRegisters = 3;
const mostListedFiles = 40;
const mostLineLength = 200;
const linesPerPiece = 40;

/** For a commit message: which files changed and by how much, the changed lines, and the registers that they name. */
export async function changeMaterial({ attached = [] }: AskRequest, ground: TaskGround): Promise<QuestionMaterial> {
  const files = attached.flatMap(item => (item.kind === 'change' ? readChange(item.text) : []));
  if (files.length === 0) return { first: [], then: [], problems: [{ file: '', message: 'There is no change to summarise: the diff is empty, or it is none.' }], isComplete: true };
  const added = files.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines.filter(line => line.startsWith('+')))).join('\n').slice(0, 20_000);
  const registers = ground.device === undefined ? [] : hardwareEvidence(added, ground.device, ground.source).filter(({ kind }) => kind === 'register').slice(0, mostRegisters);
  // Code tells more of a change than lists that a tool wrote.
  const ordered = files.toSorted((one, other) => rank(one) - rank(other));
  return { first: [overview(files), ...ordered.flatMap(pieces), ...registers], then: [], problems: [], isComplete: true };
}

function rank({ file }: ChangedFile): number {
  return /\.(?:c|h|cc|cpp|hpp|s|S|ino|rs|py)$/.test(file) ? 0 : /\.(?:lock|svd|map|hex|json)$|package-lock/.test(file) ? 2 : 1;
}

function overview(files: readonly ChangedFile[]): EvidenceCandidate {
  const lines = files.slice(0, mostListedFiles).map(({ file, what, added, removed, isBinary }) => `${what} ${file}${isBinary ? ' (binary)' : ` (+${added} -${removed})`}`);
  return { kind: 'selection', title: `Change of ${files.length} ${files.length === 1 ? 'file' : 'files'}`, text: [...lines, ...files.length > mostListedFiles ? [`(and ${files.length - mostListedFiles} more)`] : []].join('\n') };
}

function pieces({ file, hunks }: ChangedFile): EvidenceCandidate[] {
  return hunks.flatMap(({ line, lines }) => Array.from({ length: Math.ceil(lines.length / linesPerPiece) }, (_, index): EvidenceCandidate => ({
    kind: 'selection', title: `Changed lines of ${file}`, file, line, text: lines.slice(index * linesPerPiece, (index + 1) * linesPerPiece).map(text => text.slice(0, mostLineLength)).join('\n'),
  })));
}
