import { SaxesParser } from 'saxes';
import type { Problem } from '../text/problem.ts';

/** A CMSIS-Pack that a public index offers. */
export interface IndexedPack {
  readonly vendor: string;
  /** `STM32F4xx_DFP`. */
  readonly name: string;
  readonly version: string;
  /** The pack itself. */
  readonly packUrl: string;
  /** Its list of devices, which can be read without the pack. */
  readonly listUrl: string;
}

/** XML faults after which the rest of an index says nothing reliable any more. */
const mostFaults = 20;

/** Far more than the public index has. */
const mostPacks = 50_000;

/** Thrown through saxes to stop reading early. */
const stopReading = new Error('stop reading');

/** Reads a pack index (`.pidx`): the packs that are not deprecated, each with where it lies. Never throws; a broken index is read as far as it goes. */
export function parsePackIndex(text: string, file: string): { readonly packs: readonly IndexedPack[]; readonly problems: readonly Problem[] } {
  const packs: IndexedPack[] = [];
  const problems: Problem[] = [];
  let faults = 0;
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  parser.on('error', () => {
    faults += 1;
    if (faults === 1) problems.push({ file, message: `${file} is not well-formed: some packs may be missing` });
    if (faults > mostFaults) throw stopReading;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'pdsc') packs.push(...indexedPack(attributes));
    if (packs.length >= mostPacks) throw stopReading;
  });
  try {
    parser.write(text.trimStart()).close();
  } catch (error) {
    if (error !== stopReading) problems.push({ file, message: `${file} is not XML` });
  }
  return { packs, problems };
}

/** Names become parts of addresses: only those that cannot lead elsewhere are taken. */
function indexedPack({ url = '', vendor = '', name = '', version = '', deprecated }: Readonly<Record<string, string>>): IndexedPack[] {
  if (deprecated !== undefined || !/^https?:\/\//.test(url) || !URL.canParse(url) || ![vendor, name, version].every(part => /^[\w.+-]+$/.test(part))) return [];
  const folder = url.endsWith('/') ? url : `${url}/`;
  return [{ vendor, name, version, packUrl: new URL(`${vendor}.${name}.${version}.pack`, folder).href, listUrl: new URL(`${vendor}.${name}.pdsc`, folder).href }];
}
