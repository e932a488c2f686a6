import { parseAtdf } from './atdf.ts';
import { parseSvd, type SvdParse } from './svd.ts';
import type { SvdPatch } from './svdPatchTree.ts';

/** Reads a chip description in whichever format it is written: CMSIS-SVD, or Microchip's ATDF by its root element. Patches are for SVD files. */
export function parseDeviceFile(text: string, file: string, patches: readonly SvdPatch[] = []): SvdParse {
  return isAtdf(text, file) ? parseAtdf(text, file) : parseSvd(text, file, patches);
}

function isAtdf(text: string, file: string): boolean {
  return /\.atdf$/i.test(file) || /<avr-tools-device-file\b/.test(text.slice(0, 4000));
}
