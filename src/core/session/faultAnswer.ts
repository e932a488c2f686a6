import { decodeFault, faultMarkdown } from '../answer/faultDump.ts';
import type { Device } from '../device/device.ts';
import type { FaultAnswer, FaultRequest } from '../engine.ts';
import type { Host } from '../host.ts';
import { readSource } from './readSource.ts';

/** Map files of large programs have some megabytes. */
export const mostMapBytes = 200_000_000;

/** A fault dump decoded, with the function from the linker's map when one is named. */
export async function faultAnswer({ text, map }: FaultRequest, host: Host, device: Device | undefined): Promise<FaultAnswer> {
  const source = map === undefined ? { text: '' } : await readSource(host, map, mostMapBytes);
  const problems = 'problem' in source ? [source.problem] : [];
  const report = decodeFault(text, { device, map: 'text' in source ? source.text : '' });
  if (report === undefined) return { markdown: '', problems: [...problems, { file: '', message: 'The text holds neither CFSR nor HFSR with a value, for example CFSR=0x00008200.' }] };
  return { report, markdown: faultMarkdown(report), problems };
}
