// Hovers on C text in which `^` marks the place, right before the character under the cursor.
import fs from 'node:fs';
import path from 'node:path';
import { addCorePeripherals } from '../../../src/core/device/corePeripherals.ts';
import type { Device } from '../../../src/core/device/device.ts';
import { hover } from '../../../src/core/hover/hover.ts';
import type { HoverReport } from '../../../src/core/hover/report.ts';
import type { CParser } from '../../../src/core/parse/cParser.ts';
import { parseDeviceFile } from '../../../src/core/parse/deviceFile.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { realDevice } from '../device/realDevice.ts';
import { fixtureTexts } from '../graph/factsOf.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';

export interface HoverBed {
  readonly device: Device | undefined;
  readonly svd: string;
  /** Indexed files by name. */
  readonly texts: Readonly<Record<string, string>>;
}

/** The fixture project of the fictional chip. */
export const fictional: HoverBed = {
  device: deviceOf(path.join(import.meta.dirname, '../../fixtures/fictional-mcu/AX32.svd')),
  svd: 'AX32.svd', texts: fixtureTexts('fictional-mcu'),
};

/** A real chip, with the texts of the fixture project for it or others; `device` is undefined where its file is not there. */
export function real(file: string, texts: HoverBed['texts'] = {}): HoverBed {
  const device = realDevice(file);
  return { device: device === undefined ? undefined : addCorePeripherals(device), svd: file, texts };
}

/** A device file's chip, where registers are names of their own. */
export const avr: HoverBed = {
  device: parseDeviceFile(fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/atdf/AX8P28.atdf'), 'utf8'), 'AX8P28.atdf').device,
  svd: 'AX8P28.atdf', texts: {},
};

/** The report at the mark in `marked`, the editor's text of `file`. */
export async function hoverAt(bed: HoverBed, parser: CParser, marked: string, file = 'open.c'): Promise<HoverReport> {
  const before = marked.slice(0, marked.indexOf('^')).split('\n');
  const texts = Object.entries(bed.texts).filter(([name]) => /\.[ch]$/.test(name));
  const facts = memoryFactSource(new Map(texts.map(([name, text]) => [name, parser.parse(text, name).facts])));
  const place = { file, line: before.length, column: (before.at(-1) ?? '').length + 1, text: marked.replace('^', '') };
  return hover(place, { device: bed.device, deviceSource: `/svd/${bed.svd}`, parser, facts });
}

function deviceOf(file: string): Device | undefined {
  const { device } = parseSvd(fs.readFileSync(file, 'utf8'), file);
  return device === undefined ? undefined : addCorePeripherals(device);
}
