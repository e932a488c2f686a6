/** How sure a finding is: `certain` only when nothing unresolved could change it. */
export type LintCertainty = 'certain' | 'likely' | 'possible';

/** The editor's own grades. */
export type LintSeverity = 'error' | 'warning' | 'information' | 'hint';

/** A stretch of a text; all 1-based, the end behind the last character. */
export interface TextRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Another place that a finding speaks of. */
export interface RelatedPlace {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** A change that mends what was found without changing anything else. */
export interface LintFix {
  readonly title: string;
  readonly edits: readonly (TextRange & { readonly text: string })[];
}

/** What a rule says of a place, before its severity and its range in the text are known. */
export interface LintHit {
  readonly rule: string;
  readonly certainty: LintCertainty;
  readonly file: string;
  readonly line: number;
  /** Absent: where the expression stands in the line first, else the line's code. */
  readonly column?: number;
  /** The code that is meant, as written. */
  readonly expression?: string;
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  /** Holds only where nothing but the ends of blocks follows the expression in its line. */
  readonly endsLine?: true;
  /** A replacement in the expression's line, of a text that stands there once. */
  readonly fix?: { readonly title: string; readonly find: string; readonly replace: string };
}

export interface LintFinding extends TextRange {
  /** `rmw-on-w1c`; its page is `docs/lint/rmw-on-w1c.md`. */
  readonly rule: string;
  readonly severity: LintSeverity;
  readonly certainty: LintCertainty;
  readonly file: string;
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  readonly fix?: LintFix;
}

/** A finding that a comment hides. */
export interface SuppressedFinding extends LintFinding {
  /** Why, in the comment's words; empty when it gives no reason. */
  readonly reason: string;
  /** The line of the comment. */
  readonly commentLine: number;
}
