import { decodeText, isListedAs, packMatchScore, parsePackIndex, parsePdsc, type IndexedPack } from '../core/index.ts';
import { requestBytes } from './boundedRequest.ts';
import type { DownloadOptions } from './fileDownload.ts';

/** Where packs are listed; it is asked only on the user's click. */
export interface PackIndex {
  readonly name: string;
  readonly url: string;
}

/** Arm's index of all vendors' public packs. */
export const publicPackIndex: PackIndex = { name: 'the public CMSIS-Pack index', url: 'https://www.keil.com/pack/index.pidx' };

/** A pack that may describe a part. */
export interface PackOffer {
  readonly pack: IndexedPack;
  /** Parts of the pack's own list that the wanted one can be; empty when its name alone speaks for it. */
  readonly parts: readonly string[];
}

const remedy = 'Download the chip vendor\'s .svd file or CMSIS-Pack yourself and choose it with "Halcyon: Choose SVD File…".';

/** The index has some 300 KB; lists of packs go up to 30 MB. */
const most = { indexBytes: 50_000_000, listBytes: 64_000_000 };

/** Device lists that are fetched for one part: the first that names it ends the search. */
const mostLists = 3;

type Asking = Pick<DownloadOptions, 'signal' | 'offline'>;

/** All packs of an index. Rejects with a sentence, or with the signal's reason. */
export async function listPacks({ name, url }: PackIndex, asking: Asking = {}): Promise<readonly IndexedPack[]> {
  const decoded = decodeText(await requestBytes({ url, name, mostBytes: most.indexBytes, remedy }, asking));
  const { packs } = decoded.binary ? { packs: [] } : parsePackIndex(decoded.text, name);
  if (packs.length === 0) throw new Error(`${name} could not be read: the server's answer names no pack. ${remedy}`);
  return packs;
}

/**
 * The packs whose names fit a part, best first. An index does not say what is in a pack: the lists of the best three are
 * fetched, until one names the part; that one then comes first. A list that cannot be had leaves the name's word.
 */
export async function packsForPart(packs: readonly IndexedPack[], part: string, asking: Asking = {}): Promise<PackOffer[]> {
  const ranked = packs.map(pack => ({ pack, score: packMatchScore(part, pack.name) })).filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score || left.pack.name.localeCompare(right.pack.name, 'en', { numeric: true })).map(({ pack }) => pack);
  for (const pack of ranked.slice(0, mostLists)) {
    const parts = await listedParts(pack, part, asking);
    if (parts.length > 0) return [{ pack, parts }, ...ranked.filter(other => other !== pack).map(other => ({ pack: other, parts: [] }))];
  }
  return ranked.map(pack => ({ pack, parts: [] }));
}

async function listedParts(pack: IndexedPack, part: string, asking: Asking): Promise<string[]> {
  const name = `The list of ${pack.vendor}.${pack.name}`;
  const bytes = await requestBytes({ url: pack.listUrl, name, mostBytes: most.listBytes, remedy }, asking).catch((error: unknown) => {
    asking.signal?.throwIfAborted();
    if (asking.offline === true) throw error;
    return undefined;
  });
  const decoded = bytes === undefined ? undefined : decodeText(bytes);
  if (decoded === undefined || decoded.binary) return [];
  return [...new Set(parsePdsc(decoded.text, name).descriptions.flatMap(({ parts }) => parts))].filter(listed => isListedAs(part, listed));
}
