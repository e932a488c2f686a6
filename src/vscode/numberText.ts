import * as vscode from 'vscode';

/** A count as the user's language writes it: `1,154`. */
export function numberText(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
