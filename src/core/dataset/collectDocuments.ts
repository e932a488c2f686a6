import { oneOf, shuffled } from '../eval/seededSample.ts';
import { proseWords } from './comments.ts';
import { mostOf, type CollectOptions, type DatasetSource } from './datasetSource.ts';
import { documentSections, type DocumentSection } from './documentSections.ts';
import type { Draft } from './example.ts';
import { isGenerated } from './generatedFiles.ts';

const fewestWords = 30;
const mostCharacters = 3000;
/** Sections of one document: a manual is not to drown the rest. */
const mostOfFile = 20;

/** Sections of the project's documents; those under a question answer it. */
export async function* collectDocuments(source: Pick<DatasetSource, 'catalog' | 'text' | 'rest'>, options: CollectOptions): AsyncGenerator<Draft> {
  const files = [...await source.catalog.files()].map(([file]) => file).filter(file => documentName.test(file)).sort();
  const made = { document: 0, faq: 0 };
  for (const file of shuffled(files, options.random)) {
    if (options.signal?.aborted === true) return;
    const text = await source.text(file);
    const reason = leftOut(file, text);
    if (text === undefined || reason !== undefined) {
      options.drop({ source: 'document', reason: reason ?? 'file cannot be read', question: file, file });
      continue;
    }
    const licence = await options.licenceOf(file);
    for (const section of shuffled(documentSections(text), options.random).slice(0, mostOfFile)) {
      const draft = draftOf(section, file, options);
      if (draft === undefined || made[draft.source] >= mostOf(options, draft.source)) continue;
      made[draft.source] += 1;
      yield { ...draft, provenance: { files: [file], line: section.line, endLine: section.endLine, licence } };
    }
    await source.rest();
  }
}

const documentName = /\.(md|markdown|rst|adoc|asciidoc)$|(^|\/)(faq|readme)[^/]*\.txt$/i;

function leftOut(file: string, text: string | undefined): string | undefined {
  if (/(^|\/)(licen[cs]e|copying|notice|authors|contributors|code_of_conduct|changelog|changes|release[-_ ]?notes|pull_request_template|issue_template|security)\b[^/]*$/i.test(file)) return 'document about the project\'s people, licence or versions';
  if (text !== undefined && isGenerated(file, text)) return 'generated file';
  return undefined;
}

function draftOf(section: DocumentSection, file: string, options: CollectOptions): (Pick<Draft, 'question' | 'answer'> & { readonly source: 'document' | 'faq' }) | undefined {
  const title = section.headings.at(-1) ?? '';
  const isAsked = /[?？]\s*$/.test(title);
  const answer = withoutDecoration(section.text);
  const reason = answer.length > mostCharacters ? 'section too long' : proseWords(answer) < (isAsked ? 5 : fewestWords) ? 'section too short' : isListOfLinks(answer) ? 'list of links' : !isAsked && !isTopic(title) ? 'heading names no topic' : undefined;
  if (reason !== undefined) {
    options.drop({ source: isAsked ? 'faq' : 'document', reason, question: title, file });
    return undefined;
  }
  if (isAsked) return { source: 'faq', question: title.replace(/^(?:Q(?:uestion)?\s*\d*\s*[:.)]|\d+[.)])\s*/i, ''), answer: answer.replace(/^\**(?:A(?:nswer)?)\s*[:.]\**\s*/i, '') };
  const topic = section.headings.slice(-2).join(' › ');
  return { source: 'document', question: (oneOf(['What does the documentation say about "@"?', 'Explain "@" of this project.', 'Summarise the project\'s documentation on "@".'], options.random) ?? '@').replace('@', () => topic), answer };
}

/** Pictures, badges, comments and directives of the page say nothing as text. */
function withoutDecoration(text: string): string {
  return text.replace(/<!--[^]*?-->/g, '').replace(/^\s*(?:\[?!\[[^\n]*|\.\. (?:image|figure|toctree|contents|raw)::[^\n]*(?:\n[ \t]+[^\n]*)*|\{:[^}\n]*\}|---+)\s*$/gm, '').replace(/\n{3,}/g, '\n\n').trim();
}

function isListOfLinks(text: string): boolean {
  const links = [...text.matchAll(/\[[^\]]*\]\([^)]*\)|https?:\/\/\S+/g)].reduce((sum, [link]) => sum + link.length, 0);
  return links > text.length * 0.4;
}

/** Headings that every page has say nothing of what stands below. */
function isTopic(title: string): boolean {
  return proseWords(title) > 0 && !/^(?:introduction|overview|table of contents|contents|licen[cs]e|contribut\w*|credits?|acknowledge?ments?|notes?|example|usage|about|see also|references?|links|todo|v?\d[\d.]*|authors?|support|community)$/i.test(title);
}
