import type { CompletionReport, CompletionRequest, Engine, InitTimelineReport, InlayReport, InlayRequest, OutlineReport, OutlineRequest, XrefReport } from '../engine.ts';
import type { CardOptions } from '../card/deviceCards.ts';
import { completionsAt } from '../completion/completions.ts';
import type { Device } from '../device/device.ts';
import { findAccesses } from '../graph/findAccesses.ts';
import { initTimeline } from '../graph/initTimeline.ts';
import { symbolUses } from '../graph/symbolUses.ts';
import { registerInlays } from '../inlay/registerInlays.ts';
import { outlineChain, outlineRows } from '../outline/outline.ts';
import { outlineCard } from '../outline/outlineCard.ts';
import { findInOutline } from '../outline/outlineFind.ts';
import type { SourceFacts } from '../parse/facts.ts';
import type { Problem } from '../text/problem.ts';
import { createAccessCounts } from './accessCounts.ts';
import type { Hardware } from './hardware.ts';
import { indexedFacts } from './indexedFacts.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';
import { noDevice } from './registerReports.ts';

/** The part of the engine that shows the chip itself: its tree, where its registers are used, and what an editor draws and offers in the code. */
export type ChipBrowsing = Pick<Engine, 'outline' | 'outlineFind' | 'outlineCard' | 'xref' | 'initTimeline' | 'useCounts' | 'inlays' | 'completions'>;

export function createChipBrowsing(parts: EngineParts, hardware: () => Promise<Hardware>): ChipBrowsing {
  return {
    outline: async request => outlineReport(request ?? {}, await hardware()),
    outlineFind: async (query, limit) => {
      const found = await hardware();
      return found.device === undefined ? { nodes: [], total: 0, problems: [noDevice(found)] } : { ...findInOutline(found.device, query, limit), problems: [] };
    },
    outlineCard: async id => {
      const { device, svdFile } = await hardware();
      const markdown = device === undefined ? undefined : outlineCard(device, id, cardOptions(device, svdFile));
      return { ...(markdown !== undefined && { markdown }), problems: [] };
    },
    xref: query => xref(query, parts, hardware),
    initTimeline: async peripheral => {
      const found = await hardware();
      return found.device === undefined ? { steps: [], problems: [noDevice(found)] } : initTimelineOf(peripheral, parts, found.device);
    },
    useCounts: createAccessCounts(parts, hardware),
    inlays: (request, signal) => inlays(request, { parts, hardware, signal }),
    completions: request => completions(request, parts, hardware),
  };
}

function outlineReport({ parent, filter, path, id }: OutlineRequest, hardware: Hardware): OutlineReport {
  const { device } = hardware;
  if (device === undefined) return { nodes: [], problems: [noDevice(hardware)] };
  const wanted = id !== undefined || path !== undefined;
  return { nodes: wanted ? outlineChain(device, { ...(id !== undefined && { id }), ...(path !== undefined && { path }) }) : outlineRows(device, parent, filter), problems: [] };
}

function cardOptions(device: Device, svdFile: string | undefined): CardOptions {
  return { device: device.name, machine: device, ...(svdFile !== undefined && { source: svdFile.split('/').at(-1) ?? svdFile }) };
}

/** Uses of what the chip has by this name, else of what the code has. */
async function xref(query: string, parts: EngineParts, hardware: () => Promise<Hardware>): Promise<XrefReport> {
  const found = await hardware();
  const source = await indexedFacts(parts, found.device);
  const ofChip = found.device === undefined ? { accesses: [], problems: [noDevice(found)] } : await findAccesses(source, found.device, query, { parse: await macroReader(parts) });
  if (ofChip.accesses.length > 0 || ofChip.calls !== undefined) return ofChip;
  const name = ofChip.problems.length > 0 ? /^\s*([A-Za-z_]\w*)(\(\))?\s*$/.exec(query)?.[1] : undefined;
  const symbol = name === undefined ? undefined : await symbolUses(source, name);
  if (symbol !== undefined) return { accesses: [], symbol, problems: [] };
  if (found.device !== undefined) return orNothingIndexed(ofChip, parts);
  return name === undefined ? ofChip : orNothingIndexed({ accesses: [], problems: [...ofChip.problems, { file: '', message: `No indexed file names ${query.trim()}.` }] }, parts);
}

/** Reads a macro's body as C. */
async function macroReader(parts: EngineParts): Promise<(text: string) => SourceFacts> {
  const parser = await parts.parser();
  return text => parser.parse(text, 'macro.c').facts;
}

async function initTimelineOf(peripheral: string, parts: EngineParts, device: Device): Promise<InitTimelineReport> {
  const report = await initTimeline(await indexedFacts(parts, device), device, peripheral, await macroReader(parts));
  return report.start !== undefined || report.peripheral === undefined ? report : orNothingIndexed(report, parts);
}

/** Where nothing was found: that nothing is indexed, if that is why. */
async function orNothingIndexed<T extends { readonly problems: readonly Problem[] }>(report: T, parts: EngineParts): Promise<T> {
  const { files } = await (await parts.index()).catalog.stats();
  return files > 0 ? report : { ...report, problems: [nothingIndexed] };
}

const nothingIndexed = { file: '', message: 'Nothing is indexed yet, so no use is known. Run "Halcyon: Rebuild Index", or halcyon index.' };

interface InlayContext {
  readonly parts: EngineParts;
  readonly hardware: () => Promise<Hardware>;
  readonly signal: AbortSignal | undefined;
}

async function inlays(request: InlayRequest, { parts, hardware, signal }: InlayContext): Promise<InlayReport> {
  const source = request.text === undefined ? await readSource(parts.host, request.file) : { text: request.text };
  if ('problem' in source) return { inlays: [], problems: [source.problem] };
  const { device } = await hardware();
  return { inlays: await registerInlays({ ...request, text: source.text }, { device, parser: await parts.parser(), facts: await indexedFacts(parts, device) }, signal), problems: [] };
}

async function completions(request: CompletionRequest, parts: EngineParts, hardware: () => Promise<Hardware>): Promise<CompletionReport> {
  const { device } = await hardware();
  const list = await completionsAt(request, { device, parser: await parts.parser(), facts: await indexedFacts(parts) });
  return { ...list, problems: [] };
}
