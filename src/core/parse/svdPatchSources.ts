import { copiedPeripheral } from './svdCopy.ts';
import { createSvdProblemLog } from './svdProblems.ts';
import type { SvdPatch } from './svdPatchTree.ts';
import type { RawDevice, RawPeripheral } from './svdRaw.ts';
import { readSvdTree } from './svdXml.ts';

/** Peripherals of other SVD files, which a patch copies: `../svd/stm32l4x1.svd:TIM1`. */
export interface PatchSources {
  /** A copy for `device` of what `from`, written in the patch file `file`, names; a text says why there is none. */
  peripheral(from: string, file: string, device: RawDevice): RawPeripheral | string;
}

/** The files whose peripherals a patch and its includes copy; each is read when it is first asked for. */
export function createPatchSources(patch: SvdPatch): PatchSources {
  const devices = new Map<string, RawDevice | undefined>();
  return {
    peripheral: (from, file, device) => {
      const at = from.lastIndexOf(':');
      const [path, name] = [from.slice(0, at), from.slice(at + 1)];
      const text = patchOf(patch, file)?.copied?.get(path);
      if (text === undefined) return `${path} was not found`;
      if (!devices.has(text)) devices.set(text, readSvdTree(text.trimStart(), createSvdProblemLog(path)).device);
      const other = devices.get(text);
      if (other === undefined) return `${path} is no SVD file`;
      const source = other.peripherals.find(peripheral => peripheral.name === name);
      return source === undefined ? `${path} has no peripheral ${name}` : moved(source, other, device);
    },
  };
}

function patchOf(patch: SvdPatch, file: string): SvdPatch | undefined {
  if (patch.file === file) return patch;
  return [...patch.includes.values()].map(included => patchOf(included, file)).find(found => found !== undefined);
}

/** What the other file's device says for all its registers holds for the copy too; what its base holds becomes its own. */
function moved(source: RawPeripheral, other: RawDevice, device: RawDevice): RawPeripheral {
  const base = other.peripherals.find(({ name }) => name === source.derivedFrom) ?? source;
  return Object.assign(copiedPeripheral({ ...base, ...source, children: source.children.length > 0 ? source.children : base.children, parent: device, derivedFrom: undefined }), {
    addressBlocks: source.addressBlocks.length > 0 ? source.addressBlocks : base.addressBlocks,
    size: source.size ?? base.size ?? other.size, access: source.access ?? base.access ?? other.access, protection: source.protection ?? base.protection ?? other.protection,
    resetValue: source.resetValue ?? base.resetValue ?? other.resetValue, resetMask: source.resetMask ?? base.resetMask ?? other.resetMask,
  });
}
