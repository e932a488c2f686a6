import { svdLimits } from './svdBudget.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';

/** Turns what stands between tags into the texts of elements. */
export interface SvdTexts {
  /** Trims, and joins broken lines: in SVD texts line breaks come from the file's layout. What is too long is cut and reported. */
  clean(name: string, text: string, line: number): string;
}

/** Texts that may be long: the others are names and numbers. */
const longTexts: ReadonlySet<string> = new Set(['description', 'dimIndex', 'disableCondition']);

/** Joining lines is the only thing here that costs more than reading: after so many characters it is left undone. */
const mostJoined = 12_000_000;

/** Starts with nothing joined yet. */
export function createSvdTexts(problems: SvdProblemLog): SvdTexts {
  let joined = 0;
  return {
    clean(name, text, line) {
      const whole = text.trim();
      const most = longTexts.has(name) ? svdLimits.text : svdLimits.name;
      if (whole.length > most) problems.add('texts cut', line, `<${name}> has ${whole.length} characters (${quoted(whole)}); only the first ${most} are read.`);
      const trimmed = whole.length > most ? whole.slice(0, most) : whole;
      if (!isBroken(trimmed)) return trimmed;
      joined += trimmed.length;
      if (joined <= mostJoined) return trimmed.replace(/(?:\s|\\n)+/g, ' ');
      problems.add('texts as broken in the file', line, `<${name}>: its line breaks are kept, as the texts before it have ${mostJoined} characters in broken lines.`);
      return trimmed;
    },
  };
}

/** No number and few names are as long as 12 characters: only descriptions are worth searching. */
function isBroken(text: string): boolean {
  return text.includes('\n') || (text.length >= 12 && (text.includes('  ') || text.includes('\t') || text.includes('\\n')));
}
