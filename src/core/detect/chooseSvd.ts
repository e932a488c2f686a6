import * as path from 'node:path/posix';
import type { DetectedDevice } from './detectDevice.ts';
import { isListedAs } from './matchPack.ts';
import { rankSvds } from './matchSvd.ts';
import { findParts } from './partNames.ts';

/** A description outside the workspace. */
export interface SvdFile {
  /** Absolute; may lead into a pack. */
  readonly file: string;
  /** Where it was found, for the user: `in an installed CMSIS-Pack`. */
  readonly place: string;
  /** Parts that the pack's own list says it describes. */
  readonly parts?: readonly string[];
  /** Why a pack that is there gives no description, for the user: `file` is the pack itself then, and nothing to choose. */
  readonly fault?: string;
}

/** Where an SVD file may come from. */
export interface SvdChoices {
  /** The file the user set: wins. */
  readonly setting?: string | undefined;
  readonly workspaceFiles: readonly string[];
  /** Files outside the workspace; those of the preferred place first. */
  readonly library: readonly SvdFile[];
}

/** A file that could describe the chip. */
export interface OfferedSvd {
  readonly file: string;
  /** Half a sentence for the user: why this one. */
  readonly why: string;
}

export interface ChosenSvd extends OfferedSvd {
  /** Nothing ties it to the chip: hold its contents against the part before it is used. */
  readonly isGuess?: boolean;
  /** The next best ones, best first. */
  readonly others: readonly OfferedSvd[];
}

/** The SVD file to read: what the user set, what a debug configuration names, the workspace's own, then the library's, one place after the other. */
export function chooseSvd(detected: DetectedDevice, choices: SvdChoices): ChosenSvd | undefined {
  const own = choices.workspaceFiles.filter(file => /\.(svd|atdf)$/i.test(file));
  const offered = offers(detected, own, { ...choices, library: choices.library.filter(({ fault }) => fault === undefined) });
  const [first] = offered;
  if (first === undefined) return undefined;
  const others = offered.slice(1).filter(({ file }, index, all) => file !== first.file && all.findIndex(other => other.file === file) === index);
  return { ...first, others: others.slice(0, mostOthers).map(({ file, why }) => ({ file, why })) };
}

/** More than this is a search, not a choice. */
const mostOthers = 20;

type Offer = OfferedSvd & Pick<ChosenSvd, 'isGuess'>;

function offers(detected: DetectedDevice, own: readonly string[], { setting, library }: SvdChoices): Offer[] {
  const set = setting === undefined || setting === '' ? [] : [{ file: setting, why: 'set by the user' }];
  const matching = detected.device === undefined ? [] : matches(detected.device, [...own.map(file => ({ file, place: 'in the workspace' })), ...library]);
  const only = onlyOne(detected, own);
  return [...set, ...hinted(detected, own, library), ...matching, ...(only === undefined ? [] : [only])];
}

/** A hint is followed when its file is there: beside the file that names it, in the workspace, in the library, or anywhere on the disk. */
function hinted(detected: DetectedDevice, own: readonly string[], library: readonly SvdFile[]): Offer[] {
  return detected.svdHints.flatMap(hint => {
    const why = `named in ${hint.from}`;
    const wanted = path.normalize(hint.file.replaceAll('\\', '/'));
    if (/^(\/|[A-Za-z]:\/)/.test(wanted)) return [{ file: wanted, why }];
    const near = path.join(path.dirname(hint.from), wanted);
    const name = path.basename(wanted).toLowerCase();
    const found = own.find(file => file === wanted) ?? own.find(file => file === near) ?? [...own, ...library.map(({ file }) => file)].find(file => path.basename(file).toLowerCase() === name);
    return found === undefined ? [] : [{ file: found, why }];
  });
}

/** Files for the very chip, one place after the other; then those of its variants. */
function matches(part: string, files: readonly SvdFile[]): Offer[] {
  const places = [...new Set(files.map(({ place }) => place))];
  const found = places.flatMap(place => matchesOfPlace(part, files.filter(file => file.place === place)));
  return [...found.filter(({ note }) => note === undefined), ...found.filter(({ note }) => note !== undefined)]
    .map(({ file, place, note }) => ({ file, why: note === undefined ? `describes ${part}, ${place}` : `${note}; ${place}` }));
}

/** A pack's own list of its parts is its vendor's word; file names come after it. */
function matchesOfPlace(part: string, files: readonly SvdFile[]): { readonly file: string; readonly place: string; readonly note?: string }[] {
  const [place = ''] = files.map(file => file.place);
  const listed = files.filter(({ parts = [] }) => parts.some(name => isListedAs(part, name))).map(({ file }) => file);
  const byName = rankSvds(part, files.map(({ file }) => file));
  const order = new Map(byName.map(({ file }, index) => [file, index]));
  const rank = (file: string) => order.get(file) ?? byName.length;
  return [
    ...listed.sort((left, right) => rank(left) - rank(right) || coreRank(left) - coreRank(right)).map(file => ({ file, place })),
    ...byName.filter(({ file }) => !listed.includes(file)).map(({ file, note }) => ({ file, place, ...(note !== undefined && { note }) })),
  ];
}

/** Of a chip with several cores the one that runs the application is meant. */
function coreRank(file: string): number {
  return Number(/core1|cpu1|network|cm0p|_cm4|_ns\b/i.test(path.basename(file)));
}

/** The only file of the workspace, unless its name plainly is another chip's than the detected one. */
function onlyOne(detected: DetectedDevice, own: readonly string[]): Offer | undefined {
  const [file] = own;
  if (file === undefined || own.length > 1) return undefined;
  const named = findParts(path.basename(file).replace(/\.(svd|atdf)$/i, ''));
  if (detected.device !== undefined && named.length > 0) return undefined;
  return { file, why: 'the only SVD file in the workspace', isGuess: true };
}
