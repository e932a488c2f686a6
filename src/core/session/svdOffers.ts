import { chooseSvd, type ChosenSvd, type SvdFile } from '../detect/chooseSvd.ts';
import { coreOfPart } from '../detect/cores.ts';
import type { DetectedDevice } from '../detect/detectDevice.ts';
import type { DeviceCandidate } from '../detect/evidence.ts';
import type { Problem } from '../text/problem.ts';

/** Where descriptions may be looked for. */
export interface SvdSources {
  /** The file the user set. */
  readonly svd?: string | undefined;
  readonly workspaceFiles: readonly string[];
  /** The descriptions in the folders of installed tools and in the user's own, the preferred place first. */
  readonly installedSvds?: (() => Promise<readonly SvdFile[]>) | undefined;
}

/** The description to use. What the project itself names or holds settles it without asking every installed tool, which takes longer. */
export async function findSvd(detected: DetectedDevice, search: SvdSources): Promise<ChosenSvd | undefined> {
  const near = chooseSvd(detected, { setting: search.svd, workspaceFiles: search.workspaceFiles, library: [] });
  if (near !== undefined && near.isGuess !== true) return near;
  if (detected.device === undefined && detected.svdHints.length === 0) return near;
  return chooseSvd(detected, { workspaceFiles: search.workspaceFiles, library: await search.installedSvds?.() ?? [] });
}

/** The description in use with all the others that there are, every candidate with the description that it would get, and the packs that could not be read. */
export async function svdOffers(detected: DetectedDevice, search: SvdSources): Promise<{ readonly chosen: ChosenSvd | undefined; readonly candidates: readonly DeviceCandidate[]; readonly unread: readonly Problem[] }> {
  const library = await search.installedSvds?.() ?? [];
  const choices = { workspaceFiles: search.workspaceFiles, library };
  return {
    unread: library.flatMap(({ file, fault }) => fault === undefined ? [] : [{ file, message: fault }]),
    chosen: chooseSvd(detected, { ...choices, setting: search.svd }),
    candidates: detected.candidates.map(candidate => {
      // A hint speaks for the chip in use only.
      const isFirst = candidate.name === detected.device;
      const own = chooseSvd({ ...detected, device: candidate.name, svdHints: isFirst ? detected.svdHints : [] }, choices);
      const core = coreOfPart(candidate.name);
      return { ...candidate, ...(core !== undefined && { core }), ...(own !== undefined && own.isGuess !== true && { svd: own.file, svdWhy: own.why }) };
    }),
  };
}
