/**
 * The whole contract between the chat page and the extension: plain data both ways, nothing imported.
 * The conversation lives in the extension. A page may vanish without a word; a new one says `ready`
 * and gets a snapshot, so that changes posted while no page listens need no queue of their own.
 */
export type ToPage =
  | { readonly type: 'snapshot'; readonly turns: readonly Turn[]; readonly situation: Situation; readonly recent: readonly RecentConversation[] }
  /** A turn is new, or has changed in anything but appended text. */
  | { readonly type: 'turn'; readonly turn: Turn }
  /** Turns are gone. */
  | { readonly type: 'removed'; readonly ids: readonly string[] }
  /** More text for a turn; `at` is the length it had, so that a page that missed a piece can ask again with `ready`. */
  | { readonly type: 'text'; readonly turnId: string; readonly channel: TextChannel; readonly at: number; readonly text: string }
  | { readonly type: 'situation'; readonly situation: Situation }
  | { readonly type: 'card'; readonly requestId: number; readonly title: string; readonly markdown: string }
  | { readonly type: 'completions'; readonly requestId: number; readonly items: readonly CompletionItem[] }
  /** What a drop of files, or a picker, adds to the question. */
  | { readonly type: 'attach'; readonly references: readonly string[] }
  /** Puts the cursor into the question box, with a text when one is given. */
  | { readonly type: 'compose'; readonly text?: string }
  /** Something was carried out that is not seen on the page: a screen reader hears it. */
  | { readonly type: 'announce'; readonly text: string };

export type FromPage =
  | { readonly type: 'ready' }
  /** The page got the focus: a question may come. */
  | { readonly type: 'focused' }
  | { readonly type: 'ask'; readonly question: string }
  | { readonly type: 'stop' }
  | TurnAction
  | { readonly type: 'code'; readonly action: CodeAction; readonly turnId: string; readonly code: string; readonly language: string }
  | { readonly type: 'complete'; readonly requestId: number; readonly kind: 'file' | 'register' | 'isr'; readonly query: string }
  /** URIs dropped on the page; empty: choose files. */
  | { readonly type: 'attachFiles'; readonly uris: readonly string[] }
  | { readonly type: 'openPlace'; readonly folder: string; readonly file: string; readonly line?: number }
  | { readonly type: 'showCard'; readonly folder: string; readonly requestId: number; readonly path: string }
  | { readonly type: 'openConversation'; readonly id: string }
  | { readonly type: 'downloadModel'; readonly id: string }
  | { readonly type: 'cancelDownload' }
  | { readonly type: 'run'; readonly command: PageCommand };

/** What a turn's own buttons ask for. */
export type TurnAction =
  | { readonly type: 'regenerate'; readonly turnId: string }
  | { readonly type: 'continue'; readonly turnId: string }
  /** A changed question takes the turn's place; what came after it goes. Of a turn that waits, only the words change. */
  | { readonly type: 'edit'; readonly turnId: string; readonly question: string }
  /** A turn that waits is taken back. */
  | { readonly type: 'withdraw'; readonly turnId: string }
  | { readonly type: 'copyAnswer'; readonly turnId: string }
  | { readonly type: 'rate'; readonly turnId: string; readonly rating: Rating; readonly correction?: string };

export type Rating = 'up' | 'down';
export type TextChannel = 'text' | 'thinking';
export type CodeAction = 'copy' | 'insert' | 'apply' | 'save';

/** A name behind `#file:`, `#register:` or `#isr:`. */
export interface CompletionItem {
  readonly value: string;
  readonly detail?: string;
}

/** A conversation that can be opened again. */
export interface RecentConversation {
  readonly id: string;
  readonly title: string;
  /** When it was last written, in words. */
  readonly when: string;
}

/** The commands that buttons of the page may run: `halcyon.<name>`, or the editor's own for `openFolder`. */
export const pageCommands = ['selectModel', 'chooseModelFile', 'chooseChip', 'chooseSvd', 'showOutput', 'openFolder', 'restartEngine', 'showConversations'] as const;
export type PageCommand = (typeof pageCommands)[number];

/** What the page needs to know besides the conversation. */
export interface Situation {
  readonly folderOpen: boolean;
  readonly device?: string;
  /** File name of the chat model; absent: none is chosen. */
  readonly model?: string;
  /** While there is no model: the way to one. */
  readonly setup?: ModelSetup;
  /** Where the register facts come from; absent: no SVD file is in use. */
  readonly svd?: string;
  /** Share of the index run under way, 0 to 1. */
  readonly indexing?: number;
  /** What needs the user's eye: unreadable SVD, stopped engine; each with the buttons that mend it. */
  readonly warnings: readonly Warning[];
  /** Doubtful places inside the SVD file in use, each with its line: worth one folded line. */
  readonly remarks: readonly string[];
}

/** The recommended model, and how far its download is. */
export interface ModelSetup {
  readonly id: string;
  readonly name: string;
  /** Size, licence, memory, speed: each a few words. */
  readonly facts: readonly string[];
  /** Where it would come from. */
  readonly host: string;
  readonly offline: boolean;
  /** 0 to 1 while it arrives or is checked, with the amount in words. */
  readonly progress?: { readonly share: number; readonly text: string };
  readonly failure?: string;
}

export interface Warning {
  readonly text: string;
  readonly remedies: readonly PageCommand[];
}

/** `queued`: another answer is being written; `waiting`: no word of this one yet. */
export type TurnStatus = 'queued' | 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';

/** One question and its answer. */
export interface Turn {
  readonly id: string;
  /** URI of the workspace folder it was asked in: file names and registers are that folder's. */
  readonly folder: string;
  readonly question: string;
  /** What the question refers to, looked up: each becomes a chip. */
  readonly references?: readonly ReferenceItem[];
  readonly status: TurnStatus;
  /** Facts computed before any model: markdown. */
  readonly dossier?: string;
  readonly evidence: readonly EvidenceItem[];
  /** Evidence that was found but did not fit the prompt. */
  readonly dropped: readonly EvidenceItem[];
  readonly text: string;
  /** What a reasoning model thought. */
  readonly thinking?: string;
  /** The answer ended because it was long enough, or was stopped: it can go on. */
  readonly canContinue?: boolean;
  readonly feedback?: { readonly rating: Rating; readonly correction?: string };
  /** Present once the answer is finished and checked. */
  readonly checked?: CheckedAnswer;
  /** What went wrong, in one sentence, and the button that mends it. */
  readonly failure?: { readonly message: string; readonly remedy?: PageCommand };
}

export interface ReferenceItem {
  readonly label: string;
  readonly file?: string;
  readonly line?: number;
  /** Register path. */
  readonly path?: string;
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
  readonly promptTokens?: number;
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

/** Names of the page's words; `{0}` in them stands for a value. */
export type TextName =
  | 'emptyTitle' | 'emptyText' | 'recent' | 'allConversations'
  | 'noFolder' | 'openFolder' | 'noModel' | 'selectModel' | 'chooseModelFile' | 'chooseChip' | 'noSvd' | 'chooseSvd' | 'showOutput' | 'restartEngine'
  | 'setupTitle' | 'setupText' | 'download' | 'downloadFrom' | 'downloading' | 'cancel' | 'offline' | 'tryAgain' | 'indexing'
  | 'placeholder' | 'questionLabel' | 'send' | 'sendQueued' | 'stop' | 'attach' | 'suggestions' | 'remove' | 'dropHere' | 'inputHint'
  | 'referenceFile' | 'referenceSelection' | 'referenceRegister' | 'referenceIsr' | 'referenceProblems'
  | 'commandExplain' | 'commandIsr' | 'commandRegister' | 'commandReview' | 'commandInit' | 'commandFault'
  | 'conversation' | 'toEnd' | 'close' | 'queued' | 'withdraw' | 'waiting' | 'stopped' | 'finished' | 'failed' | 'you'
  | 'facts' | 'thinking' | 'evidence' | 'evidenceTokens' | 'leftOut' | 'sources' | 'supported' | 'contradicted' | 'unknown' | 'checks'
  | 'copyCode' | 'insertCode' | 'applyCode' | 'saveCode' | 'codeBlock'
  | 'copyAnswer' | 'regenerate' | 'continueAnswer' | 'editQuestion' | 'resend' | 'editHint' | 'tryQuestionAgain'
  | 'good' | 'bad' | 'correctionLabel' | 'correctionHint' | 'saveCorrection' | 'thanks';

/** The page's words, translated by the extension and handed over in the page itself. */
export type PageTexts = Readonly<Record<TextName, string>> & { readonly examples: readonly string[] };
