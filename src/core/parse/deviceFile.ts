import { parseAtdf } from './atdf.ts';
import { parseSvd, type SvdParse } from './svd.ts';

/** Reads a chip description in whichever format it is written: CMSIS-SVD, or Microchip's ATDF by its root element. */
export function parseDeviceFile(text: string, file: string): SvdParse {
  return isAtdf(text, file) ? parseAtdf(text, file) : parseSvd(text, file);
}

function isAtdf(text: string, file: string): boolean {
  return /\.atdf$/i.test(file) || /<avr-tools-device-file\b/.test(text.slice(0, 4000));
}
