/**
 * The whole contract between the chat page and the extension: plain data both ways, nothing imported.
 * The conversation lives in the extension. A page may vanish without a word; a new one says `ready`
 * and gets a snapshot, so that changes posted while no page listens need no queue of their own.
 */
export type ToPage =
  | { readonly type: 'snapshot'; readonly turns: readonly Turn[]; readonly situation: Situation }
  /** A turn is new, or has changed in anything but appended text. */
  | { readonly type: 'turn'; readonly turn: Turn }
  /** More text for a turn; `at` is the length it had, so that a page that missed a piece can ask again with `ready`. */
  | { readonly type: 'text'; readonly turnId: string; readonly at: number; readonly text: string }
  | { readonly type: 'situation'; readonly situation: Situation }
  | { readonly type: 'card'; readonly requestId: number; readonly title: string; readonly markdown: string }
  /** Puts the cursor into the question box, with a text when one is given. */
  | { readonly type: 'compose'; readonly text?: string };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly question: string }
  | { readonly type: 'stop' }
  | { readonly type: 'openPlace'; readonly folder: string; readonly file: string; readonly line?: number }
  | { readonly type: 'showCard'; readonly folder: string; readonly requestId: number; readonly path: string }
  | { readonly type: 'run'; readonly command: PageCommand };

/** The commands that buttons of the page may run: `halcyon.<name>`, or the editor's own for `openFolder`. */
export const pageCommands = ['selectModel', 'chooseModelFile', 'chooseSvd', 'showOutput', 'openFolder', 'restartEngine'] as const;
export type PageCommand = (typeof pageCommands)[number];

/** What the page needs to know besides the conversation. */
export interface Situation {
  readonly folderOpen: boolean;
  readonly device?: string;
  /** File name of the chat model; absent: none is chosen. */
  readonly model?: string;
  /** Where the register facts come from; absent: no SVD file is in use. */
  readonly svd?: string;
  /** What needs the user's eye: unreadable SVD, stopped engine; each with the buttons that mend it. */
  readonly warnings: readonly Warning[];
  /** Doubtful places inside the SVD file in use, each with its line: worth one folded line. */
  readonly remarks: readonly string[];
}

export interface Warning {
  readonly text: string;
  readonly remedies: readonly PageCommand[];
}

export type TurnStatus = 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';

/** One question and its answer. */
export interface Turn {
  readonly id: string;
  /** URI of the workspace folder it was asked in: file names and registers are that folder's. */
  readonly folder: string;
  readonly question: string;
  readonly status: TurnStatus;
  /** Facts computed before any model: markdown. */
  readonly dossier?: string;
  readonly evidence: readonly EvidenceItem[];
  /** Evidence that was found but did not fit the prompt. */
  readonly dropped: readonly EvidenceItem[];
  readonly text: string;
  /** Present once the answer is finished and checked. */
  readonly checked?: CheckedAnswer;
  /** What went wrong, in one sentence, and the button that mends it. */
  readonly failure?: { readonly message: string; readonly remedy?: PageCommand };
}

export interface EvidenceItem {
  readonly id: number;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly file?: string;
  readonly line?: number;
  /** Register path. */
  readonly path?: string;
}

export interface CheckedAnswer {
  readonly citations: readonly CitationItem[];
  readonly findings: readonly FindingItem[];
  readonly notes: readonly string[];
  /** One line of figures: tokens and seconds. */
  readonly figures: string;
}

export interface CitationItem {
  readonly id: number;
  readonly title: string;
  readonly file?: string;
  readonly line?: number;
  readonly path?: string;
}

export interface FindingItem {
  readonly claim: string;
  readonly verdict: 'supported' | 'contradicted' | 'unknown';
  readonly evidence: string;
  /** Character offsets in the turn's text. */
  readonly start: number;
  readonly end: number;
}

/** The page's words, translated by the extension and handed over in the page itself. */
export interface PageTexts {
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly examples: readonly string[];
  readonly noFolder: string;
  readonly openFolder: string;
  readonly noModel: string;
  readonly selectModel: string;
  readonly chooseModelFile: string;
  readonly noSvd: string;
  readonly chooseSvd: string;
  readonly placeholder: string;
  readonly questionLabel: string;
  readonly send: string;
  readonly stop: string;
  readonly waiting: string;
  readonly stopped: string;
  readonly finished: string;
  readonly failed: string;
  readonly you: string;
  readonly answer: string;
  readonly facts: string;
  readonly evidence: string;
  readonly leftOut: string;
  readonly sources: string;
  readonly supported: string;
  readonly contradicted: string;
  readonly unknown: string;
  readonly checks: string;
  readonly close: string;
  readonly conversation: string;
  readonly toEnd: string;
  readonly showOutput: string;
  readonly restartEngine: string;
}
