import type { DeviceReport } from '../core/index.ts';

/** The file that the registers come from: the SVD file, or the vendor's header where there is none. */
export function descriptionFile(device: DeviceReport | undefined): string | undefined {
  return device?.svd ?? device?.header;
}
