import { deviceCardText } from '../card/promptText.ts';
import type { IsrDossier } from '../isr/dossier.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';
import type { HistoryMessage } from '../prompt/history.ts';
import { answerTemplate, explainFaultTemplate, templates, type Template } from '../prompt/templates.ts';
import type { Hit, Retriever } from '../retrieve/hit.ts';
import type { Problem } from '../text/problem.ts';
import { identifiersIn } from '../text/words.ts';
import type { AnswerEvent } from './answer.ts';
import { deviceFacts, type AnswerFacts, type FactGround } from './deviceFacts.ts';
import { hardwareEvidence } from './hardwareEvidence.ts';
import type { FactKind } from './intents.ts';
import { respond, type AnswerParts } from './respond.ts';

/** What a question needs beyond what every answer needs. */
export interface AskParts extends AnswerParts {
  readonly retriever: Retriever;
  /** The SVD file's name, for titles. */
  readonly source: string;
  /** The dossier of a handler by name, when the workspace has one. */
  readonly dossierOf: (handler: string) => Promise<DossierText | undefined>;
  /** Whether the device header knows a name that the chip's description does not. */
  readonly headerKnows?: (name: string) => Promise<boolean>;
}

/** A dossier and its text for a prompt. */
export interface DossierText {
  readonly dossier: IsrDossier;
  readonly text: string;
}

export interface AskQuestion {
  readonly question: string;
  readonly history?: readonly HistoryMessage[];
  readonly maxTokens?: number | undefined;
  /** What the user put beside the question; comes first. */
  readonly attached?: { readonly candidates: readonly EvidenceCandidate[]; readonly problems: readonly Problem[] };
  readonly soFar?: string | undefined;
  /** Id of the template that words it. */
  readonly task?: string | undefined;
  /** What its task brings. */
  readonly material?: QuestionMaterial;
}

/** What a task brings of its own, besides what every question is given. */
export interface QuestionMaterial {
  /** Before what the user attached. */
  readonly first: readonly EvidenceCandidate[];
  /** Behind it. */
  readonly then: readonly EvidenceCandidate[];
  readonly problems: readonly Problem[];
  /** What is known without a model, in place of what the question's words tell. */
  readonly known?: AnswerFacts;
  /** Text of the linker's map, for a fault. */
  readonly map?: string;
  /** Nothing is searched for: the words of the question are a place, a dump or a change. */
  readonly isComplete: boolean;
}

const mostPassages = 6;
const mostPromptTokens = 1000;
/** A tokenizer may take two characters for a token where another takes four: only counting tells. */
const mostDossierTokens = 900;
/** A handler's dossier takes up to 900 tokens and is worth them. */
const mostWithDossier = 1500;
/** Whoever attaches a file means it to be read. */
const mostWithAttached = 2500;

/** Answers a question from what is known of its registers and handlers, and from the passages found for it. */
export async function* ask(asked: AskQuestion, parts: AskParts, signal?: AbortSignal): AsyncGenerator<AnswerEvent> {
  const startedMs = parts.now();
  const { attached = nothingGathered, material = noMaterial } = asked;
  const dossiers = material.isComplete ? [] : (await Promise.all(handlersIn(asked.question).map(name => parts.dossierOf(name)))).filter(found => found !== undefined);
  const facts = await factsFor(asked, material, { ...parts, dossiers: dossiers.map(({ dossier }) => dossier), map: material.map });
  const found = facts?.isAbstention === true ? nothingGathered : await gatherEvidence(asked.question, { parts, dossiers, facts, material }, signal);
  const given = [...material.first, ...attached.candidates, ...material.then];
  yield* respond({
    prompt: {
      template: templateFor(asked, facts), question: asked.question, candidates: [...given, ...found.candidates],
      deviceCard: parts.device === undefined ? undefined : deviceCardText(parts.device),
      ...(asked.history !== undefined && { history: asked.history, staysOnTopic: namesNothingNew(asked.question, asked.history) }),
    },
    problems: [...attached.problems, ...material.problems, ...found.problems], facts, startedMs, retrieveMs: parts.now() - startedMs, maxTokens: asked.maxTokens, soFar: asked.soFar,
    mostPromptTokens: given.length > 0 ? mostWithAttached : dossiers.length > 0 ? mostWithDossier : mostPromptTokens,
  }, parts, signal);
}

async function factsFor({ question, task }: AskQuestion, material: QuestionMaterial, ground: FactGround): Promise<AnswerFacts | undefined> {
  if (material.known !== undefined) return material.known;
  // A change names what it likes; nothing of that is asked.
  return task === 'commitSummary' ? undefined : deviceFacts(question, ground);
}

/** Whether each register, function or file of the question was spoken of before. */
function namesNothingNew(question: string, history: readonly HistoryMessage[]): boolean {
  const spoken = history.map(({ text }) => text).join('\n').toLowerCase();
  return identifiersIn(question).filter(name => /_|\d|[A-Z]{2}|[a-z][A-Z]/.test(name)).every(name => spoken.includes(name.toLowerCase()));
}

function templateFor({ task }: AskQuestion, facts: AnswerFacts | undefined): Template {
  if (facts?.facts[0]?.kind === 'fault') return explainFaultTemplate;
  return templates.get(task ?? '') ?? answerTemplate;
}

interface Gathered {
  readonly candidates: readonly EvidenceCandidate[];
  readonly problems: readonly Problem[];
}

const nothingGathered: Gathered = { candidates: [], problems: [] };
/** What a question without a task brings. */
export const noMaterial: QuestionMaterial = { first: [], then: [], problems: [], isComplete: false };

interface Known {
  readonly parts: AskParts;
  readonly dossiers: readonly DossierText[];
  readonly facts: AnswerFacts | undefined;
  readonly material: QuestionMaterial;
}

async function gatherEvidence(question: string, { parts, dossiers, facts, material }: Known, signal?: AbortSignal): Promise<Gathered> {
  if (material.isComplete) return { candidates: facts === undefined || material.known !== undefined ? [] : [factEvidence(facts, parts.source)], problems: [] };
  const isPlainFact = facts !== undefined && facts.asked > 0 && facts.facts.slice(0, facts.asked).every(({ kind }) => plainKinds.has(kind));
  // A question for one value needs no card with forty others beside it.
  const hardware = parts.device === undefined || isPlainFact ? [] : hardwareEvidence(question, parts.device, parts.source);
  const known = [...dossiers.map(dossierEvidence), ...facts === undefined || dossiers.length > 0 ? [] : [factEvidence(facts, parts.source)], ...hardware];
  try {
    const hits = await parts.retriever.search(question, { limit: isPlainFact ? 2 : mostPassages }, signal);
    const paths = new Set([...material.first, ...material.then, ...known].map(({ path }) => path));
    return { candidates: [...known, ...hits.filter(({ chunk }) => chunk.symbol === undefined || !paths.has(chunk.symbol)).map(passageEvidence)], problems: [] };
  } catch (error) {
    // An unreadable index must not keep the registers from answering.
    return { candidates: known, problems: [{ file: '', message: error instanceof Error ? error.message : String(error) }] };
  }
}

const plainKinds: ReadonlySet<FactKind> = new Set(['reset', 'address', 'access', 'position', 'field', 'decode', 'interrupt', 'clock']);

function factEvidence({ facts, missing }: AnswerFacts, source: string): EvidenceCandidate {
  const [path, ...others] = new Set(facts.flatMap(fact => fact.path ?? []));
  const text = [...missing, ...facts].map(fact => fact.text).join('\n');
  return path === undefined || others.length > 0 ? { kind: 'device', title: `Facts (${source})`, text } : { kind: 'register', title: `Facts about ${path} (${source})`, text, path };
}

function handlersIn(question: string): string[] {
  return [...new Set(identifiersIn(question))].filter(name => /(_IRQHandler|_isr|_Handler|_vect)$/.test(name)).slice(0, 2);
}

export function dossierEvidence({ dossier, text }: DossierText): EvidenceCandidate {
  const { name, file, line, endLine } = dossier;
  return { kind: 'dossier', title: `Facts about ${name}`, text, file, line, endLine, mostTokens: mostDossierTokens };
}

function passageEvidence({ chunk }: Hit): EvidenceCandidate {
  const { symbol, file, startLine, endLine, text, kind } = chunk;
  const evidence = { kind: 'passage' as const, title: symbol ?? `${kind} of ${file}`, text };
  // A register's card says more than the first line of its SVD file.
  return kind === 'register' && symbol !== undefined ? { ...evidence, path: symbol } : { ...evidence, file, line: startLine, endLine };
}
