/** One piece of evidence for the chip. */
export interface DeviceSource {
  readonly file: string;
  readonly line?: number;
  readonly evidence: string;
}

export interface DeviceCandidate {
  readonly name: string;
  /** Higher is better; the first candidate is the one in use. */
  readonly score: number;
  readonly sources: readonly DeviceSource[];
  readonly core?: string;
  /** The folder that holds all of its project files, when it is not the workspace's root: one target of several. */
  readonly folder?: string;
  /** The description that would be used, and half a sentence on why. */
  readonly svd?: string;
  readonly svdWhy?: string;
}

/** A place that names an SVD file. */
export interface SvdHint {
  /** As written there; `${workspaceFolder}` taken off. */
  readonly file: string;
  readonly line?: number;
  /** The file that names it. */
  readonly from: string;
}

/** What one line of one project file says; any of its parts may be missing. */
export interface Clue {
  readonly line?: number;
  /** The line's telling part as written. */
  readonly evidence: string;
  readonly part?: string;
  /** How sure such a line makes of `part`: 0 to 100. */
  readonly weight?: number;
  /** The id of a board, which a file of its own may describe. */
  readonly board?: string;
  readonly core?: string;
  readonly buildSystem?: string;
  readonly rtos?: string;
  readonly svd?: string;
}
