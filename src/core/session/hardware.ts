import { detectDevice, type DetectedDevice } from '../detect/detectDevice.ts';
import type { SvdFile } from '../detect/chooseSvd.ts';
import { coreName } from '../detect/cores.ts';
import { svdMatchScore } from '../detect/matchSvd.ts';
import { addCorePeripherals } from '../device/corePeripherals.ts';
import type { Device } from '../device/device.ts';
import { deviceJson } from '../device/json.ts';
import type { DeviceReport, SvdReport } from '../engine.ts';
import type { Host } from '../host.ts';
import { withManualValues } from '../manual/manualValues.ts';
import type { Problem } from '../text/problem.ts';
import { openDevice, type DeviceCache } from './deviceCache.ts';
import { findSvd, svdOffers, type SvdSources } from './svdOffers.ts';
import { loadPatches, patchPattern } from './svdPatches.ts';

/** The chip of a workspace: what was detected, and the description in use. */
export interface Hardware {
  readonly detected: DetectedDevice;
  /** Absent: no SVD file was found or none could be read; `problems` says why. */
  readonly device?: Device;
  readonly svdFile?: string;
  /** Patches that were applied to it. */
  readonly patchFiles?: readonly string[];
  /** Hash of the SVD file's text, and of its patches'. */
  readonly svdKey?: string;
  /** The device header that the registers come from when there is no SVD file. */
  readonly headerFile?: string;
  /** Where descriptions are looked for: the report names all of them. */
  readonly search?: SvdSources;
  readonly problems: readonly Problem[];
}

/** What the user chose, and where SVD files may be looked for. */
export interface HardwareChoice {
  readonly svd?: string | undefined;
  readonly device?: string | undefined;
  /** Where the file lies that an installed PlatformIO has for a board. */
  readonly findBoardFile?: (board: string) => Promise<string | undefined>;
  /** Keeps descriptions once they are read. */
  readonly deviceCache?: DeviceCache;
  /** Patches the user named; those in the workspace are found. */
  readonly svdPatches?: readonly string[];
  /** The descriptions in the folders of installed tools and in the user's own, the preferred place first; a hover waits for it only when the project itself has no description. */
  readonly installedSvds?: () => Promise<readonly SvdFile[]>;
}

/** Detects the chip and reads its description. */
export async function openHardware(host: Host, choice: HardwareChoice): Promise<Hardware> {
  const { files } = await host.list();
  const detected = await detectDevice(host, files.map(({ file }) => file), choice.device, choice.findBoardFile);
  const search = { ...choice, workspaceFiles: files.map(({ file }) => file) };
  const chosen = await findSvd(detected, search);
  if (chosen === undefined) return { detected, search, problems: detected.problems };
  const patches = await loadPatches(host, chosen.file, { named: choice.svdPatches ?? [], found: files.map(({ file }) => file).filter(file => patchPattern.test(file)) });
  const { device, problems, key } = await openDevice(host, chosen.file, patches, choice.deviceCache);
  const stranger = device === undefined || chosen.isGuess !== true ? undefined : otherChip(detected.device, device, chosen.file);
  if (stranger !== undefined) return { detected, search, problems: [...detected.problems, stranger] };
  return {
    detected, search, svdFile: chosen.file, patchFiles: patches.patches.map(({ file }) => file), problems: [...detected.problems, ...patches.problems, ...problems],
    ...(device !== undefined && key !== undefined && { device: withManualValues(addCorePeripherals(device)), svdKey: key }),
  };
}

/** The only SVD file of a workspace may lie there for another target: wrong registers are worse than none. */
function otherChip(part: string | undefined, device: Device, file: string): Problem | undefined {
  if (part === undefined || svdMatchScore(part, `${device.name}.svd`) > 0) return undefined;
  return { file, message: `${file} describes ${device.name}, but the workspace is for ${part}, so its registers are not used` };
}

export async function deviceReport({ detected, search, device, svdFile, headerFile, patchFiles = [], problems }: Hardware): Promise<DeviceReport> {
  const { chosen, candidates, unread } = await svdOffers(detected, search ?? { workspaceFiles: [] });
  const name = detected.device ?? device?.name;
  const core = detected.core ?? (device?.cpu === undefined ? undefined : coreName(device.cpu.name, device.cpu.fpuPresent));
  return {
    sources: detected.sources, candidates, problems,
    ...(name !== undefined && { device: name }),
    ...(core !== undefined && { core }),
    ...(svdFile !== undefined && device !== undefined && { svd: svdFile, ...(chosen?.file === svdFile && { svdWhy: chosen.why }) }),
    ...(headerFile !== undefined && { header: headerFile }),
    svdOthers: [chosen, ...chosen?.others ?? []].flatMap(offer => (offer === undefined || offer.file === svdFile ? [] : [{ file: offer.file, why: offer.why }])),
    ...(unread.length > 0 && { unreadPacks: unread }),
    ...(patchFiles.length > 0 && { patches: patchFiles }),
    ...(detected.buildSystem !== undefined && { buildSystem: detected.buildSystem }),
    ...(detected.rtos !== undefined && { rtos: detected.rtos }),
  };
}

/** One SVD file as the contract's document: what the file says, without the peripherals added from elsewhere. */
export async function svdReport(host: Host, file: string): Promise<SvdReport> {
  const { device, problems } = await openDevice(host, file, { patches: [], key: '' });
  if (device === undefined) return { problems };
  const unfolded = deviceJson(device, { file });
  return { device: unfolded.device, problems: [...problems, ...unfolded.problems] };
}
