import { withHeaderFields } from '../header/withHeaderFields.ts';
import type { HeaderJoin } from '../header/headerJoin.ts';
import { openHardware, type Hardware } from './hardware.ts';
import { openHeader, withHeaderDevice, type OpenHeader } from './header.ts';
import type { EngineParts } from './parts.ts';

/** The chip of one workspace, opened once, and the device header joined to it. */
export interface HardwareCache {
  readonly get: () => Promise<Hardware>;
  /** As `get`, with what the device header says of fields that the description is silent on, once the header is open; it is opened meanwhile, as no hover should wait for it. */
  readonly described: () => Promise<Hardware>;
  /** As `described`, after waiting for the header. */
  readonly fullyDescribed: () => Promise<Hardware>;
  /** The device header joined to it; opened when first asked for. */
  readonly header: () => Promise<OpenHeader>;
  /** The join if it is open; else it is opened meanwhile. */
  readonly openJoin: () => HeaderJoin | undefined;
  readonly forget: () => void;
}

export function createHardwareCache(parts: EngineParts): HardwareCache {
  let opened: Promise<Hardware> | undefined;
  let header: Promise<OpenHeader> | undefined;
  let join: HeaderJoin | undefined;
  let enriched: { readonly plain: Hardware; readonly hardware: Hardware } | undefined;
  const get = () => opened ??= parts.hardwareChoice().then(choice => openHardware(parts.host, choice)).then(hardware => withHeaderDevice(parts, hardware));
  const openOnce = (): Promise<OpenHeader> => {
    if (header !== undefined) return header;
    const opening = get().then(hardware => openHeader(parts, hardware));
    opening.then(found => { if (header === opening) join = found.join; }, (error: unknown) => { parts.host.log(`The device header could not be read: ${error instanceof Error ? error.message : String(error)}`); });
    return header = opening;
  };
  const described = async (): Promise<Hardware> => {
    const plain = await get();
    void openOnce();
    if (join === undefined || plain.device === undefined) return plain;
    if (enriched?.plain !== plain) enriched = { plain, hardware: { ...plain, device: withHeaderFields(plain.device, join) } };
    return enriched.hardware;
  };
  return {
    get, described, header: openOnce,
    fullyDescribed: async () => {
      // A header that cannot be read must not take the registers with it; the log says why.
      await openOnce().catch(() => undefined);
      return described();
    },
    openJoin: () => {
      void openOnce();
      return join;
    },
    forget: () => { opened = undefined; header = undefined; join = undefined; enriched = undefined; },
  };
}
