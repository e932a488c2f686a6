// Real parts for the device and card tests; tests skip where the files are not beside the repository.
import fs from 'node:fs';
import path from 'node:path';
import type { Device } from '../../../src/core/device/device.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';

/** The device of a file in `shared/svd`, or undefined when it is not there. */
export function realDevice(file: string): Device | undefined {
  const place = path.resolve(import.meta.dirname, '../../../../shared/svd', file);
  return fs.existsSync(place) ? parseSvd(fs.readFileSync(place, 'utf8'), file).device : undefined;
}
