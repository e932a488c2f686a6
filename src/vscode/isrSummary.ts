import * as vscode from 'vscode';
import type { IsrDossier } from '../core/index.ts';

/** One line: `IRQ 38 · prio 5 · 3 registers · 2 hazards`; what is not known is left out. */
export function isrSummary({ irq, priority, registersRead, registersWritten, hazards, problems }: IsrDossier): string {
  const registers = new Set([...registersRead, ...registersWritten].map(({ path }) => path)).size;
  return [
    irq === undefined ? '' : irq < 0 ? vscode.l10n.t('core exception') : `IRQ ${irq}`,
    priority === undefined ? '' : vscode.l10n.t('prio {0}', priority.level ?? priority.value),
    registers === 1 ? vscode.l10n.t('1 register') : vscode.l10n.t('{0} registers', registers),
    hazards.length === 0 ? vscode.l10n.t('no hazards found') : hazards.length === 1 ? vscode.l10n.t('1 hazard') : vscode.l10n.t('{0} hazards', hazards.length),
    problems.length > 0 ? vscode.l10n.t('partial') : '',
  ].filter(part => part !== '').join(' · ');
}
