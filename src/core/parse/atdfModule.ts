import type { AtdfElement } from './atdfXml.ts';
import type { SvdProblemLog } from './svdProblems.ts';

/** A kind of peripheral: its register groups and the values that its fields refer to, by name. */
export interface AtdfModule {
  readonly name: string;
  readonly groups: ReadonlyMap<string, AtdfElement>;
  readonly values: ReadonlyMap<string, readonly AtdfElement[]>;
}

export interface GroupContext {
  readonly module: AtdfModule;
  readonly problems: SvdProblemLog;
  /** Groups around this one, against groups that hold themselves. */
  readonly path: readonly string[];
}
