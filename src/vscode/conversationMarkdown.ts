import type { Turn } from '../../webview/protocol.ts';

/** A conversation as a document: questions, answers, and what each rests on. */
export function conversationMarkdown(title: string, turns: readonly Turn[]): string {
  return `# ${oneLine(title)}\n\n${turns.map(turnMarkdown).join('\n')}`;
}

function turnMarkdown({ question, dossier, text, failure, checked, evidence }: Turn): string {
  const wrong = (checked?.findings ?? []).filter(({ verdict }) => verdict !== 'supported').map(({ claim, verdict, evidence: proof }) => `- ${verdict}: “${oneLine(claim)}” — ${oneLine(proof)}`);
  const sources = evidence.map(({ id, title, file, line, path }) => `- [${id}] ${oneLine(title)}${file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`}${path === undefined || title.includes(path) ? '' : ` (${path})`}`);
  const parts = [
    `## ${oneLine(question)}`,
    ...question.includes('\n') ? [fenced(question)] : [],
    ...[dossier, text].filter(part => part !== undefined && part !== '').map(part => closed(part ?? '')),
    ...failure === undefined ? [] : [`> ${oneLine(failure.message)}`],
    ...wrong.length === 0 ? [] : [`Checked:\n\n${wrong.join('\n')}`],
    ...(checked?.notes ?? []).map(note => `> ${oneLine(note)}`),
    ...sources.length === 0 ? [] : [`Evidence:\n\n${sources.join('\n')}`],
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A stopped answer may have left a code block open, which would swallow all that follows. */
function closed(text: string): string {
  let fence = '';
  for (const [, ticks = ''] of text.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    if (fence === '') fence = ticks;
    else if (ticks.startsWith(fence)) fence = '';
  }
  return fence === '' ? text : `${text}\n${fence}`;
}

function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${fence}text\n${text}\n${fence}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
