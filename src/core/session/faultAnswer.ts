import { decodeFault, faultMarkdown, type FaultReport } from '../answer/faultDump.ts';
import type { Device } from '../device/device.ts';
import type { FaultAnswer, FaultRequest } from '../engine.ts';
import type { Host } from '../host.ts';
import type { Problem } from '../text/problem.ts';
import { readSource } from './readSource.ts';

/** Map files of large programs have some megabytes. */
const mostMapBytes = 200_000_000;

/** A fault dump decoded, with the text of the linker's map that names its functions. */
export interface ReadFault {
  /** Absent: the text holds no dump. */
  readonly report: FaultReport | undefined;
  /** Empty where none is named or it cannot be read. */
  readonly map: string;
  readonly problems: readonly Problem[];
}

/** Decodes a fault dump, with the linker's map when one is named. */
export async function readFault({ text, map }: FaultRequest, host: Host, device: Device | undefined): Promise<ReadFault> {
  const source = map === undefined ? { text: '' } : await readSource(host, map, mostMapBytes);
  const mapText = 'text' in source ? source.text : '';
  return { report: decodeFault(text, { device, map: mapText }), map: mapText, problems: 'problem' in source ? [source.problem] : [] };
}

/** A fault dump for people, with the function from the linker's map. */
export async function faultAnswer(request: FaultRequest, host: Host, device: Device | undefined): Promise<FaultAnswer> {
  const { report, problems } = await readFault(request, host, device);
  if (report === undefined) return { markdown: '', problems: [...problems, { file: '', message: 'The text holds neither CFSR nor HFSR with a value, for example CFSR=0x00008200.' }] };
  return { report, markdown: faultMarkdown(report), problems };
}
