import { hashText } from '../text/hash.ts';
import type { LintFinding, LintSeverity, RelatedPlace, SuppressedFinding, TextRange } from './finding.ts';
import { lintRulePage, lintRules } from './lintRules.ts';

/** What a SARIF log says of the run beside its findings. */
export interface SarifOptions {
  /** The program's version. */
  readonly version: string;
  /** What was left out, or went wrong. */
  readonly problems: readonly { readonly file: string; readonly message: string }[];
  /** Findings that comments hide. */
  readonly hidden?: readonly SuppressedFinding[];
  /** False: nothing could be looked at. */
  readonly hasRun?: boolean;
}

const levels: Readonly<Record<LintSeverity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', information: 'note', hint: 'note' };

/** SARIF's rank: how much a finding matters, of 100; used for how sure it is. */
const ranks = { certain: 95, likely: 70, possible: 40 } as const;

/** The findings as a log of SARIF 2.1.0, ready to be written as JSON. */
export function sarifLog(findings: readonly LintFinding[], { version, problems, hidden = [], hasRun = true }: SarifOptions): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'halcyon', version, semanticVersion: version, rules: lintRules.map(ruleDescriptor) } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { SRCROOT: { description: { text: 'The firmware folder that was looked at.' } } },
      invocations: [{ executionSuccessful: hasRun, ...(problems.length > 0 && { toolExecutionNotifications: problems.map(({ file, message }) => ({ level: 'warning', message: { text: file === '' ? message : `${file}: ${message}` } })) }) }],
      results: [...findings.map(resultOf), ...hidden.map(hiddenResult)],
    }],
  };
}

function ruleDescriptor({ id, title, severity }: (typeof lintRules)[number]): object {
  return { id, name: id.split('-').map(word => word.charAt(0).toUpperCase() + word.slice(1)).join(''), shortDescription: { text: `${title}.` }, help: { text: `${title}. See ${lintRulePage(id)}.` }, defaultConfiguration: { level: levels[severity] } };
}

function resultOf(finding: LintFinding): object {
  const { rule, severity, certainty, message, file, related, fix } = finding;
  return {
    ruleId: rule, ruleIndex: lintRules.findIndex(({ id }) => id === rule), level: levels[severity], rank: ranks[certainty], message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: artifact(file), region: region(finding) } }],
    partialFingerprints: { 'halcyonFinding/v1': hashText([rule, file, message].join('\n')).slice(0, 32) },
    ...(related.length > 0 && { relatedLocations: related.map(relatedLocation) }),
    ...(fix !== undefined && { fixes: [{ description: { text: fix.title }, artifactChanges: [{ artifactLocation: artifact(file), replacements: fix.edits.map(edit => ({ deletedRegion: region(edit), insertedContent: { text: edit.text } })) }] }] }),
    properties: { certainty },
  };
}

/** The comment hides it in the editor; a log says that it is there, and why it is hidden. */
function hiddenResult(finding: SuppressedFinding): object {
  const { file, reason, commentLine } = finding;
  return { ...resultOf(finding), suppressions: [{ kind: 'inSource', ...(reason !== '' && { justification: reason }), location: { physicalLocation: { artifactLocation: artifact(file), region: { startLine: commentLine } } } }] };
}

function relatedLocation({ file, line, message }: RelatedPlace, index: number): object {
  return { id: index + 1, message: { text: message }, physicalLocation: { artifactLocation: artifact(file), region: { startLine: Math.max(1, line) } } };
}

function artifact(file: string): object {
  const uri = file.toWellFormed().split('/').map(part => encodeURIComponent(part)).join('/');
  if (file.startsWith('/')) return { uri: `file://${uri}` };
  const [, drive, rest = ''] = /^([A-Za-z])%3A(\/.*)$/.exec(uri) ?? [];
  return drive === undefined ? { uri, uriBaseId: 'SRCROOT' } : { uri: `file:///${drive}:${rest}` };
}

function region({ startLine, startColumn, endLine, endColumn }: TextRange): object {
  return { startLine, startColumn, endLine, endColumn };
}
