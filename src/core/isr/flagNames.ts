import type { FlagUse } from './dossier.ts';

/** A flag with the register that it stands in. */
export type NamedFlag = Pick<FlagUse, 'path' | 'flag'>;

/** Whether clearing the one clears the other: the same bit, or its bit in the block's register for clearing, such as `LIFCR.CTCIF1` for `LISR.TCIF1`. */
export function clearsFlag(cleared: NamedFlag, flag: NamedFlag): boolean {
  const [block, others] = [blockOf(cleared.path), blockOf(flag.path)];
  if (block !== undefined && others !== undefined && block !== others) return false;
  if (cleared.flag === flag.flag) return true;
  return cleared.path !== flag.path && namesOfCleared(cleared.flag.toUpperCase()).some(name => name === flag.flag.toUpperCase() || name instanceof RegExp && name.test(flag.flag));
}

/** Undefined for one that is known by a pointer's type alone: it may be any. */
function blockOf(path: string): string | undefined {
  return path.startsWith('any ') ? undefined : path.split('.', 1)[0];
}

/** `TC` for `TCCF`, `TCIF5` for `CTCIF5`, `EOT` for `EOTC`, `LSIRDYF` for `LSIRDYC`, `RXRIS` for `RXIC`; a channel's `CGIF5` clears all of its flags. */
function namesOfCleared(flag: string): (string | RegExp)[] {
  const channel = /^CGIF(\d*)$/.exec(flag)?.[1];
  if (channel !== undefined) return [new RegExp(`^(TC|HT|TE|G)IF${channel}$`)];
  return [
    ...flag.startsWith('C') ? [flag.slice(1)] : [],
    ...['$1', 'F$1'].map(end => flag.replace(/C?F?C(\d*)$/, end)), ...['$1', 'F$1'].map(end => flag.replace(/CF(\d*)$/, end)),
    ...['RIS', 'MIS'].map(end => flag.replace(/IC$/, end)),
  ].filter(name => name !== flag);
}
