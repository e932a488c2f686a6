import type { FactSource } from '../graph/factSource.ts';
import { cTokens } from '../graph/macroTokens.ts';
import type { CodePlace } from './dossier.ts';

/** A function-like macro that is used as a call. */
export interface CalledMacro extends CodePlace {
  /** What its body calls in turn. */
  readonly calls: readonly string[];
  /** Its body changes or reads something by itself, which is not followed. */
  readonly isOpen: boolean;
}

const keywords = /^(if|while|for|switch|return|sizeof|do|else|defined|typeof|__typeof__|__attribute__|asm|__asm|volatile)$/;

/** The macro of that name, if it is one; of several definitions the first stands for all. */
export async function calledMacro(source: FactSource, name: string): Promise<CalledMacro | undefined> {
  for (const { kind, file, line } of await source.definitions(name)) {
    const macro = kind === 'macro' ? (await source.facts(file))?.macros.find(each => each.name === name && each.line === line) : undefined;
    if (macro === undefined) continue;
    const tokens = cTokens(macro.body);
    const calls = tokens.filter((token, index) => /^[A-Za-z_]/.test(token) && !keywords.test(token) && tokens[index + 1] === '(' && macro.parameters?.includes(token) !== true);
    // `#define beep buzzer_beep` is a call of what it stands for.
    const alias = macro.parameters === undefined && tokens.length === 1 ? tokens.filter(token => /^[A-Za-z_]/.test(token)) : [];
    const doesMore = /->|\.\s*[A-Za-z]|[^=!<>]=(?!=)|\+\+|--|\basm\b|__asm/.test(macro.body) || tokens.some((token, index) => token === '*' && tokens[index + 1] === '(');
    return { file, line, calls: [...new Set([...calls, ...alias])], isOpen: doesMore };
  }
  return undefined;
}
