import type { FactSource } from '../graph/factSource.ts';
import type { Evidence } from '../prompt/prompt.ts';
import type { Finding } from './answer.ts';
import { checkCitations } from './checkCitations.ts';

/** Citations `[n]` and `file:line` places: do they exist? */
export async function checkReferences(text: string, evidence: readonly Evidence[], facts: FactSource): Promise<Finding[]> {
  return [...checkCitations(text, evidence), ...await placeFindings(text, evidence, facts)];
}

async function placeFindings(text: string, evidence: readonly Evidence[], facts: FactSource): Promise<Finding[]> {
  const matches = [...text.matchAll(/(?<![\w/])((?:[\w.-]+\/)*[\w-]+\.(?:c|h|cc|cpp|hpp|s|S|ld|ino|md|svd)):(\d+)\b/g)];
  return Promise.all(matches.map(async (match): Promise<Finding> => {
    const [whole, file = '', line = ''] = match;
    const base = { claim: whole, start: match.index, end: match.index + whole.length };
    const near = evidence.filter(item => item.file !== undefined && (item.file === file || item.file.endsWith(`/${file}`)));
    const quoted = near.find(item => item.line !== undefined && Number(line) >= item.line && Number(line) <= (item.endLine ?? item.line));
    if (quoted !== undefined) return { ...base, verdict: 'supported', evidence: `Quoted as [${quoted.id}].` };
    const known = near.length > 0 || await facts.facts(file) !== undefined;
    return { ...base, verdict: 'unknown', evidence: known ? 'The file exists, but this line was not among the evidence.' : 'No indexed file has this name.' };
  }));
}
