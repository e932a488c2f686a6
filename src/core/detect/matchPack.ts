import { comparedName, isMoreExact } from './partNames.ts';

/**
 * How well a pack's name fits a part; 0 when it does not. Vendors name their device packs after the parts in them, with `x`
 * or zeros for what differs: `STM32F4xx_DFP`, `XMC4000_DFP`, `nRF_DeviceFamilyPack`, `GeckoPlatform_EFR32MG24_DFP`.
 */
export function packMatchScore(part: string, packName: string): number {
  if (!/DFP|DeviceFamilyPack|DeviceSupport/i.test(packName)) return 0;
  const name = comparedName(part);
  // Kinetis parts are `MK…` where their family is `K…`.
  const wanted = name.startsWith('MK') ? [name, name.slice(1)] : [name];
  const words = packName.split(/[_-]/).filter(word => !/^(DFP|DeviceFamilyPack|DeviceSupport)$/i.test(word));
  return Math.max(0, ...words.flatMap(word => wanted.map(spelling => wordScore(spelling, word))));
}

/** Whether a name in a pack's list means the part. Packs list `STM32F407VGTx` and `STM32F407VG`; the project may say more or less than that. */
export function isListedAs(part: string, name: string): boolean {
  const listed = name.replace(/x+$/, '');
  return comparedName(listed) === comparedName(part) || isMoreExact(part, listed) || (comparedName(part).length >= 9 && isMoreExact(listed, part));
}

/** Letters and digits that say which family it is. */
const leastLetters = 2;

function wordScore(wanted: string, word: string): number {
  const compared = comparedName(word);
  // Two letters alone are a vendor's mark, not a family, unless wildcards follow.
  if (compared.length < 3) return 0;
  const zeros = /0+$/.exec(compared)?.index ?? compared.length;
  let exact = 0;
  for (let at = 0; at < compared.length; at += 1) {
    const letter = compared.charAt(at);
    if (at < wanted.length && letter === wanted.charAt(at)) exact += 1;
    else if (at < wanted.length && (word.charAt(at + word.length - compared.length) === 'x' || (at >= zeros && /[0-9]/.test(wanted.charAt(at))))) continue;
    // Kinetis packs shorten the size of the flash: MKL25Z4 for MKL25Z128.
    else return at === compared.length - 1 && exact >= 6 ? (exact - 1) * 10 : 0;
  }
  return exact >= leastLetters ? exact * 10 - (compared.length - exact) : 0;
}
