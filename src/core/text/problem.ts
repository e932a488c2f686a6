/** Something that was skipped, cut, unreadable or doubtful: reported to the user, never thrown. */
export interface Problem {
  /** Path as the user knows it: relative to the workspace where possible. */
  readonly file: string;
  /** 1-based line, when the problem has a place in the file. */
  readonly line?: number;
  /** One sentence that says what is wrong and, where there is one, the remedy. */
  readonly message: string;
}
