import type { LintSeverity } from './finding.ts';

/** What a rule is about. */
export interface LintRule {
  readonly id: string;
  /** What it finds, in half a sentence. */
  readonly title: string;
  /** Of findings that are certain or likely; a possible one is a hint to check. */
  readonly severity: LintSeverity;
}

const lintRuleList = [
  { id: 'rmw-on-w1c', title: 'Read-modify-write on flags that are cleared by writing 1 or 0', severity: 'warning' },
  { id: 'write-read-only', title: 'Write to a read-only register or field', severity: 'warning' },
  { id: 'read-write-only', title: 'Read of a write-only register', severity: 'warning' },
  { id: 'reserved-bits', title: 'Reserved bits set', severity: 'warning' },
  { id: 'value-too-wide', title: 'Value wider than the field or register', severity: 'error' },
  { id: 'foreign-mask', title: 'Mask of one register used on another', severity: 'error' },
  { id: 'clock-not-enabled', title: 'Peripheral used without its clock', severity: 'warning' },
  { id: 'side-effect-read', title: 'Read with side effects where it may be done twice, or not at all', severity: 'warning' },
  { id: 'missing-volatile', title: 'Variable shared with an interrupt handler is not volatile', severity: 'warning' },
  { id: 'non-atomic-shared', title: 'Variable shared with an interrupt handler is changed in several steps', severity: 'warning' },
  { id: 'blocking-in-isr', title: 'Interrupt handler waits, or calls what must not be called there', severity: 'warning' },
  { id: 'flag-never-cleared', title: 'Interrupt flag is tested but never cleared', severity: 'warning' },
  { id: 'handler-not-in-table', title: 'Interrupt handler that no vector table names', severity: 'error' },
  { id: 'missing-barrier', title: 'Flag cleared last in a handler, without a barrier', severity: 'information' },
  { id: 'wrong-width-access', title: 'Register accessed with another width than its own', severity: 'warning' },
  { id: 'unreachable-interrupt', title: 'Interrupt enabled in the peripheral or in the core only', severity: 'warning' },
  { id: 'priority-above-syscall-ceiling', title: 'Handler above the RTOS\'s priority ceiling calls its API', severity: 'error' },
] as const satisfies readonly LintRule[];

export type LintRuleId = (typeof lintRuleList)[number]['id'];

/** Every rule, in the order in which they are listed to people. */
export const lintRules: readonly (LintRule & { readonly id: LintRuleId })[] = lintRuleList;

/** The rule of an id; undefined for any other word. */
export function lintRule(id: string): LintRule | undefined {
  return lintRules.find(rule => rule.id === id);
}

/** The name of a rule's page below the project's folder. */
export function lintRulePage(id: string): string {
  return `docs/lint/${id}.md`;
}
