import type { Device } from '../device/device.ts';
import type { SourceFacts } from '../parse/facts.ts';
import type { Problem } from '../text/problem.ts';
import { readDeviceHeader } from './deviceHeader.ts';
import { compareHeader } from './disagreements.ts';
import type { HeaderJoin } from './headerJoin.ts';
import { joinMacros } from './joinMacros.ts';
import { joinRegisters } from './joinRegisters.ts';
import { preprocessHeader, type HeaderText, type PreprocessOptions } from './preprocess.ts';

export interface JoinOptions extends PreprocessOptions {
  readonly parse: (text: string, file: string) => SourceFacts;
  /** Absent: the header stands alone. */
  readonly device?: Device;
  /** Lets what waits go first between steps, of which parsing a file of the header is the longest. */
  readonly pause?: () => Promise<void>;
}

/** Reads device headers with their includes and joins them to the description, by address and bit position. */
export async function joinHeader(roots: readonly HeaderText[], options: JoinOptions): Promise<HeaderJoin> {
  const pause = options.pause ?? (async () => undefined);
  const preprocessed = await preprocessHeader(roots, options);
  await pause();
  const header = readDeviceHeader(preprocessed, options.parse);
  await pause();
  const join = joinRegisters(header, options.device);
  await pause();
  const { macros, unplaced } = await joinMacros(header, join, pause);
  await pause();
  const { files, interrupts } = header;
  const nothing = { total: 0, joined: 0, sameName: 0 };
  const compared = options.device === undefined
    ? { disagreements: [], coverage: { registers: nothing, fields: nothing, interrupts: nothing, svdRegisters: nothing, unplacedMacros: unplaced } }
    : compareHeader(options.device, { files, join, macros, interrupts, unplacedMacros: unplaced });
  const file = files[0] ?? '';
  const cut: Problem[] = join.isCut ? [{ file, message: `${file} declares more registers than are joined; the rest is left out` }] : [];
  const problems: Problem[] = join.registers.length > 0 || interrupts.length > 0 ? cut : [{ file, message: `${file} declares no registers that could be read` }];
  return { files, instances: join.instances, registers: join.registers, macros, interrupts, ...compared, problems };
}
