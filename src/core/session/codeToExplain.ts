import type { CodeToExplain } from '../answer/explain.ts';
import type { Device } from '../device/device.ts';
import type { ExplainRequest } from '../engine.ts';
import type { FactSource } from '../graph/factSource.ts';
import { dossierMarkdown } from '../isr/dossierText.ts';
import type { FunctionFact, SourceFacts } from '../parse/facts.ts';
import { handlerDossier } from './handlerDossier.ts';

/** Lines quoted on each side of a place that lies in no function. */
export const surroundingLines = 15;
/** Characters of a line that are quoted. */
export const longestLine = 300;
/** A longer function is quoted from its start: its dossier still covers the whole. */
const mostLines = 120;

/** What "explain" is about: the handler or function around the place, else the lines there. */
export async function codeToExplain(request: ExplainRequest, source: { readonly text: string; readonly facts: SourceFacts }, ground: { readonly facts: FactSource; readonly device?: Device | undefined }): Promise<CodeToExplain> {
  const { file, line, maxTokens, soFar } = request;
  const around = functionAround(source.facts, line);
  const lines = source.text.split('\n');
  const first = around?.docStartLine ?? Math.max(1, line - surroundingLines);
  const last = Math.min(lines.length, around?.endLine ?? (request.endLine ?? line) + surroundingLines, first + mostLines);
  const text = lines.slice(first - 1, last).map(oneLine => oneLine.slice(0, longestLine)).join('\n');
  const code = { file, line: first, endLine: last, text, maxTokens, soFar, title: around?.name ?? `${file}:${line}` };
  if (around === undefined) return code;
  const handler = await handlerDossier({ file, line: around.startLine }, ground);
  return handler === undefined ? code : { ...code, handler: { ...handler, markdown: dossierMarkdown(handler.dossier) } };
}

/** The function that a line is in, its description included. */
export function functionAround({ functions }: SourceFacts, line: number): FunctionFact | undefined {
  return functions.find(({ docStartLine, endLine }) => docStartLine <= line && line <= endLine);
}
