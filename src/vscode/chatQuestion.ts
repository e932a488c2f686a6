import * as path from 'node:path';
import * as vscode from 'vscode';
import { parseInput, type ChatInput, type Reference, type SlashCommand } from '../../webview/chatInput.ts';
import type { ReferenceItem } from '../../webview/protocol.ts';
import type { AskTask, Attached, ReportedProblem } from '../core/index.ts';
import type { AskedTurn } from './chatRunner.ts';
import { placeText, reportedOf } from './codeQuestions.ts';
import type { FolderSession } from './folderSession.ts';
import { newestMap } from './linkerMapFile.ts';
import type { TurnRequest } from './turnRequest.ts';

/** A reference looked up in the editor: what the engine is given, and the chip that shows it. */
interface Resolved {
  readonly attached: Attached;
  readonly chip: ReferenceItem;
}

/** Turns what was typed into a question to the engine; the editor's selection, cursor and problems are those of this moment. */
export async function questionOf(input: string, session: FolderSession): Promise<AskedTurn> {
  const parsed = parseInput(input);
  const resolved = (await Promise.all(parsed.references.map(async reference => resolve(reference, session)))).filter(found => found !== undefined);
  const extra = await commandContext(parsed, resolved, session);
  const all = [...resolved, ...extra];
  if (parsed.text === '' && all.length === 0) throw new Error(vscode.l10n.t('Open the code in question first, or say what it is about.'));
  const map = parsed.command === 'fault' ? await newestMap(session) : undefined;
  const request = requestOf(parsed, all);
  return { folder: session.folder.uri.toString(), question: input.trim(), references: all.map(({ chip }) => chip), request: request.kind === 'ask' && map !== undefined ? { ...request, map } : request };
}

/** What tools report of the files that a request is about; without any, at the cursor where the words mean it. The core keeps what lies in the lines in question. */
export function reportedFor(request: TurnRequest, session: FolderSession): readonly ReportedProblem[] {
  if (request.kind === 'explain') return reportedOf(session.uriOf(request.place.file), session);
  const files = [...new Set(request.attached.flatMap(item => (item.kind === 'file' && item.line !== undefined ? item.file : [])))];
  if (files.length > 0) return files.flatMap(file => reportedOf(session.uriOf(file), session));
  const editor = activeEditor();
  if (request.task !== undefined || request.attached.length > 0 || editor === undefined || !/\b(?:this|here|errors?|warnings?|problems?|wrong)\b|这|此处|错误|警告|问题/i.test(request.question)) return [];
  const line = editor.selection.active.line + 1;
  return reportedOf(editor.document.uri, session).filter(problem => problem.line === line);
}

/** Tasks that have templates of their own. */
const tasks: Readonly<Partial<Record<SlashCommand, AskTask>>> = { register: 'explainRegister', review: 'reviewFunction', init: 'writeInit', fault: 'explainFault' };

function requestOf({ command, text }: ChatInput, all: readonly Resolved[]): TurnRequest {
  const attached = all.map(item => item.attached);
  const [first] = attached;
  const { file, line } = all[0]?.chip ?? {};
  if (command === 'isr' && first?.kind === 'handler' && file !== undefined && line !== undefined) return { kind: 'explain', place: { file, line } };
  if (command === 'explain' && first?.kind === 'file') return { kind: 'explain', place: { file: first.file, line: first.line ?? 1, ...(first.endLine !== undefined && { endLine: first.endLine }) } };
  const task = command === undefined ? undefined : tasks[command];
  return { kind: 'ask', question: text === '' ? wordsFor(command, first) : text, attached, ...(task !== undefined && { task }) };
}

/** What a command alone asks about. */
function wordsFor(command: SlashCommand | undefined, attached: Attached | undefined): string {
  const name = attached === undefined ? '' : attached.kind === 'register' ? attached.path : attached.kind === 'handler' ? attached.name : attached.kind === 'file' ? `the code of ${attached.file}${attached.line === undefined ? '' : `:${attached.line}`}` : attached.kind === 'change' ? '' : attached.title;
  return command === 'isr' ? `What does ${name} do?` : name;
}

/** What a command is about when nothing says so: the code at the cursor, or its handler. */
async function commandContext({ command, text, references }: ChatInput, resolved: readonly Resolved[], session: FolderSession): Promise<Resolved[]> {
  if (command === 'register' && text !== '' && references.length === 0) return [registerOf(text.split(/\s/)[0] ?? '')];
  if (resolved.length > 0) return [];
  const found = command === 'isr' ? await handlerOf(text.split(/\s/)[0] ?? '', session)
    : command === 'explain' || command === 'review' ? selectionOf(session)
      : undefined;
  return found === undefined ? [] : [found];
}

async function resolve({ kind, value }: Reference, session: FolderSession): Promise<Resolved | undefined> {
  switch (kind) {
    case 'file': {
      const [, file = value, line, endLine] = /^(.*?):(\d+)(?:-(\d+))?$/.exec(value) ?? [];
      return fileOf(file, line === undefined ? {} : { line: Number(line), ...(endLine !== undefined && { endLine: Number(endLine) }) });
    }
    case 'selection': return selectionOf(session);
    case 'register': return registerOf(value);
    case 'isr': return handlerOf(value, session);
    case 'problems': return problemsOf(session);
  }
}

function fileOf(file: string, lines: { readonly line?: number; readonly endLine?: number; readonly wholeFunction?: true }): Resolved {
  const { line } = lines;
  return { attached: { kind: 'file', file, ...lines }, chip: { label: placeText(path.posix.basename(file), lines), file, ...(line !== undefined && { line }) } };
}

function registerOf(written: string): Resolved {
  const dotted = written.replace('->', '.');
  return { attached: { kind: 'register', path: dotted }, chip: { label: dotted, path: dotted } };
}

/** The selected lines, or the function around the cursor. */
function selectionOf(session: FolderSession): Resolved | undefined {
  const editor = activeEditor();
  if (editor === undefined) return undefined;
  const { start, end, isEmpty } = editor.selection;
  // A selection up to the beginning of a line does not mean that line.
  const last = !isEmpty && end.character === 0 ? end.line - 1 : end.line;
  const file = session.fileOf(editor.document.uri);
  return isEmpty ? fileOf(file, { line: start.line + 1, wholeFunction: true }) : fileOf(file, { line: start.line + 1, endLine: Math.max(start.line, last) + 1 });
}

async function handlerOf(name: string, session: FolderSession): Promise<Resolved | undefined> {
  const editor = activeEditor();
  const target = name !== '' ? { name } : editor === undefined ? undefined : { file: session.fileOf(editor.document.uri), line: editor.selection.active.line + 1 };
  const [isr] = target === undefined ? [] : (await session.engine.isr(target)).isrs;
  if (isr === undefined) return name === '' ? undefined : { attached: { kind: 'handler', name }, chip: { label: name } };
  return { attached: { kind: 'handler', name: isr.name }, chip: { label: isr.name, file: isr.file, line: isr.line } };
}

const mostProblems = 40;

function problemsOf(session: FolderSession): Resolved | undefined {
  const uri = activeEditor()?.document.uri;
  if (uri === undefined) return undefined;
  const file = session.fileOf(uri);
  const all = vscode.languages.getDiagnostics(uri);
  const lines = all.slice(0, mostProblems).map(({ range, message, source }) => `${file}:${range.start.line + 1}: ${message}${source === undefined ? '' : ` (${source})`}`);
  if (all.length > mostProblems) lines.push(`(and ${all.length - mostProblems} more)`);
  const line = (all[0]?.range.start.line ?? 0) + 1;
  const name = path.posix.basename(file);
  return { attached: { kind: 'text', title: `Problems reported of ${file}`, text: lines.length === 0 ? 'none' : lines.join('\n'), file, line }, chip: { label: all.length === 1 ? vscode.l10n.t('1 problem of {0}', name) : vscode.l10n.t('{0} problems of {1}', all.length, name), file, line } };
}

function activeEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.uri.scheme === 'file' ? editor : undefined;
}
