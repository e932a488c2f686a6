import { dossierEvidence } from '../answer/ask.ts';
import type { CodeToExplain } from '../answer/explain.ts';
import type { Device } from '../device/device.ts';
import type { ExplainRequest } from '../engine.ts';
import type { FactSource } from '../graph/factSource.ts';
import { dossierMarkdown } from '../isr/dossierText.ts';
import type { FunctionFact, SourceFacts } from '../parse/facts.ts';
import { codeEvidence } from './codeEvidence.ts';
import { handlerDossier } from './handlerDossier.ts';
import type { OpenSource } from './openSource.ts';
import { reportedEvidence } from './reportedProblems.ts';
import { touchedRegisters } from './touchedRegisters.ts';

/** Lines quoted on each side of a place that lies in no function. */
export const surroundingLines = 15;
/** A longer function is quoted from its start: its dossier still covers the whole. */
const mostLines = 120;

/** What "explain" stands on. */
export interface ExplainGround {
  readonly facts: FactSource;
  readonly device?: Device | undefined;
  /** The description's file name, for titles. */
  readonly source: string;
}

/** What "explain" is about: the selected lines, else the handler or function around the place, else the lines there. */
export async function codeToExplain(request: ExplainRequest, source: OpenSource, ground: ExplainGround): Promise<CodeToExplain> {
  const { file, line, endLine, maxTokens, soFar } = request;
  const around = functionAround(source.facts, line);
  const handler = around === undefined ? undefined : await handlerDossier({ file, line: around.startLine }, ground);
  const isPart = endLine !== undefined && endLine > line && !(around !== undefined && line <= around.startLine && endLine >= around.endLine);
  const { first, last } = linesOf(request, around, isPart);
  const title = isPart ? `${around?.name ?? file}, lines ${line} to ${last}` : around?.name ?? `${file}:${line}`;
  const code = {
    code: codeEvidence(file, source.text, { first, last, name: around?.name }), title, maxTokens, soFar,
    beside: [
      ...reportedEvidence(request.diagnostics ?? [], [{ file, line: first, endLine: last }]),
      // A handler's own text speaks of its registers more exactly.
      ...handler !== undefined && !isPart ? [] : await touchedRegisters({ file, source, line: first, endLine: last }, ground),
      ...isPart && handler !== undefined ? [dossierEvidence(handler)] : [],
      ...isPart && around !== undefined ? codeEvidence(file, source.text, { first: around.docStartLine, last: Math.min(around.endLine, around.docStartLine + mostLines), name: `${around.name} as a whole` }) : [],
    ],
  };
  return handler === undefined || isPart ? code : { ...code, handler: { ...handler, markdown: dossierMarkdown(handler.dossier) } };
}

function linesOf({ line, endLine }: ExplainRequest, around: FunctionFact | undefined, isPart: boolean): { readonly first: number; readonly last: number } {
  if (isPart) return { first: line, last: Math.min(endLine ?? line, line + mostLines) };
  const first = around?.docStartLine ?? Math.max(1, line - surroundingLines);
  return { first, last: Math.min(around?.endLine ?? (endLine ?? line) + surroundingLines, first + mostLines) };
}

/** The function that a line is in, its description included. */
export function functionAround({ functions }: SourceFacts, line: number): FunctionFact | undefined {
  return functions.find(({ docStartLine, endLine }) => docStartLine <= line && line <= endLine);
}
