/** Separates a pack's own path from the path of a file in it: `Keil.STM32F4xx_DFP.2.17.0.pack!/CMSIS/SVD/STM32F407.svd`. */
const separator = '!/';

/** A pack's own path, and that of a file in it. */
export interface PackPath {
  readonly pack: string;
  readonly entry: string;
}

/** The parts of a name that leads into a pack; undefined for other files. */
export function splitPackPath(file: string): PackPath | undefined {
  const at = file.search(/\.(pack|zip|atpack)!\//i);
  if (at < 0) return undefined;
  const end = file.indexOf(separator, at);
  return { pack: file.slice(0, end), entry: file.slice(end + separator.length) };
}

/** The name under which a file in a pack can be read. */
export function packPath(pack: string, entry: string): string {
  return pack + separator + entry;
}
