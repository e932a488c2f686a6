import type { LintFinding, SuppressedFinding } from './finding.ts';
import { findingsOf } from './findings.ts';
import { usedWithoutClock } from './clockRule.ts';
import { enabledInCoreOnly } from './enabledInCoreOnly.ts';
import { misspeltHandlers } from './handlerRules.ts';
import { enabledInPeripheralOnly, enabledWithoutHandler } from './interruptEnables.ts';
import { joinAccesses, type LintGround } from './joinedAccess.ts';
import type { ProjectFacts } from './projectFacts.ts';
import { registerHits } from './registerRules.ts';

/** What is wrong in one file, and what was left out. */
export interface FileFindings {
  readonly findings: readonly LintFinding[];
  /** Findings hidden by comments. */
  readonly hidden: readonly SuppressedFinding[];
  /** Accesses that were not looked at, as the file holds too many. */
  readonly cut: number;
}

export interface LintFileOptions {
  readonly project: ProjectFacts;
  /** The file's text; asked for only where something is found. */
  readonly text: () => Promise<string | undefined>;
  /** Only these rules; absent: all. */
  readonly rules?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Everything that the rules find in one file. */
export async function lintFile(ground: LintGround, { project, text, rules, signal }: LintFileOptions): Promise<FileFindings> {
  const { joined, cut } = await joinAccesses(ground, signal);
  const hits = [
    ...await registerHits(joined, ground, text),
    ...await usedWithoutClock(joined, ground, project.clocks),
    ...ground.device === undefined ? [] : await enabledInPeripheralOnly(joined, ground, project.enables, ground.device),
    ...enabledWithoutHandler(ground, project.handlers),
    ...await enabledInCoreOnly(ground, project.handlers),
    ...await misspeltHandlers(ground, project.handlers),
    ...project.handlerHits.get(ground.file) ?? [],
  ].filter(({ rule }) => rules === undefined || rules.includes(rule));
  return { ...findingsOf(hits, hits.length === 0 ? '' : await text(), ground.device?.name), cut };
}
