import { completeCorePeripheral } from './completeCorePeripheral.ts';
import { debugTexts } from './corePeripheralsDebug.ts';
import { interruptTexts } from './corePeripheralsInterrupts.ts';
import { memoryTexts } from './corePeripheralsMemory.ts';
import { protectionTexts } from './corePeripheralsProtection.ts';
import { riscvTexts } from './corePeripheralsRiscv.ts';
import { systemControlTexts } from './corePeripheralsSystemControl.ts';
import { traceTexts } from './corePeripheralsTrace.ts';
import { hasTrait, readCorePeripheral } from './corePeripheralReader.ts';
import type { CoreCounts, CorePeripheralText, CoreTraits } from './corePeripheralText.ts';
import { coreTraits } from './coreTraits.ts';
import type { Device, Peripheral } from './device.ts';

/**
 * The device with its core's own peripherals (SysTick, NVIC, SCB, MPU, …; CLINT, PLIC, ECLIC, PFIC), which most vendors'
 * files lack or describe in part: missing ones are added, partial ones completed. Other cores are left as they are.
 */
export function addCorePeripherals(device: Device): Device {
  const traits = coreTraits(device);
  if (traits === undefined) return device;
  const counts = countsOf(traits, interruptCount(device));
  const here = coreTexts.filter(text => (text.cores === undefined ? !traits.words.has('riscv') : hasTrait(text.cores, traits)));
  const core = here.map(text => ({ peripheral: readCorePeripheral(text, traits, counts), otherNames: text.otherNames ?? [] }));
  const twins = traits.words.has('v8m') ? here.flatMap((text, index) => {
    const own = core[index];
    return text.hasNonSecureTwin !== true || own === undefined ? [] : [{ peripheral: nonSecureTwin(own.peripheral), otherNames: [] }];
  }) : [];
  return { ...device, peripherals: [...core, ...twins].reduce<readonly Peripheral[]>(completeCorePeripheral, device.peripherals) };
}

const coreTexts: readonly CorePeripheralText[] = [...interruptTexts, ...systemControlTexts, ...protectionTexts, ...memoryTexts, ...debugTexts, ...traceTexts, ...riscvTexts];

function nonSecureTwin(peripheral: Peripheral): Peripheral {
  const { name, groupName, description = '' } = peripheral;
  return { ...peripheral, name: `${name}_NS`, ...(groupName !== undefined && { groupName: `${groupName}_NS` }), baseAddress: peripheral.baseAddress + 0x20000n, description: `${description}: the non-secure one, as secure software reaches it`, alternatePeripheral: name };
}

/** What the file states, or one more than the greatest number that it gives; undefined when it gives none. */
function interruptCount({ cpu, peripherals }: Device): number | undefined {
  let most = (cpu?.deviceNumInterrupts ?? 0) - 1;
  for (const { interrupts } of peripherals) for (const { value } of interrupts) if (value > most) most = value;
  return most < 0 ? undefined : most + 1;
}

/** Whole words of 32 interrupts, two at least on the larger cores: files leave interrupts out. */
function countsOf({ words }: CoreTraits, interrupts: number | undefined): CoreCounts {
  const isArm = !words.has('riscv');
  const most = words.has('v6m') ? 32 : words.has('v8m') ? 480 : words.has('riscv') ? 1024 : 240;
  const count = Math.min(interrupts ?? (isArm ? most : 256), most);
  const lines = isArm ? Math.min(most, Math.max(words.has('main') ? 64 : 32, Math.ceil(count / 32) * 32)) : count;
  return { interrupts: lines, words: Math.ceil(lines / 32), quads: Math.ceil(lines / 4), comparators: words.has('v81') ? 8 : 4, harts: words.has('fiveharts') ? 5 : words.has('twoharts') ? 2 : 1 };
}
