import type { Device, Peripheral, RegisterPlace } from '../device/device.ts';
import { bitMask, maskOf } from '../device/numbers.ts';
import type { Graph } from '../graph/graph.ts';
import { resolveAccess } from '../graph/resolveAccess.ts';
import { clockBits, peripheralClock } from '../manual/clockGates.ts';
import { manualOf } from '../manual/manualFacts.ts';
import type { AccessFact, SourceFacts } from '../parse/facts.ts';
import { writtenBits } from './joinedAccess.ts';

/** Where a clock gate is opened. */
export interface GateOpening {
  readonly file: string;
  readonly line: number;
  readonly function: string | undefined;
}

/** Every write to the clock gates of the workspace, bit by bit. */
export interface ClockEnables {
  /** Openings of a peripheral's clock; undefined: nothing is known of its gate, or some write may open any. */
  readonly openings: (peripheral: Peripheral) => readonly GateOpening[] | undefined;
}

/** Calls that vendors' libraries open gates with; their arguments may be computed, so that they end all certainty. */
const libraryCalls = /^(RCC_\w+PeriphClockCmd|LL_\w+_EnableClock|__HAL_RCC_\w+_CLK_ENABLE|rcc_periph_clock_enable|rcc_peripheral_enable_clock|rcu_periph_clock_enable|HAL_RCC_\w+|clock_control_on|CLOCK_EnableClock|pmc_enable_periph_clk|sysclk_enable_\w+|rccEnable\w*|RCC_ClockCmd)$/;

/** Looks once through the files that name a clock controller's registers. */
export async function clockEnables(graph: Graph, device: Device, hasVectorTable: boolean): Promise<ClockEnables> {
  const nothing: ClockEnables = { openings: () => undefined };
  if (manualOf(device.name)?.family.clocks === undefined) return nothing;
  const gates = clockBits(device).filter(({ does }) => does === 'enable');
  const registers = new Map(gates.map(({ place }) => [place.address, place]));
  if (gates.length === 0 || (await graph.source.definitions('main')).length === 0) return nothing;
  const opened = new Map<string, GateOpening[]>();
  const open = new Set<bigint>();
  for (const file of await filesThatName(graph, [...registers.values()])) {
    const facts = await graph.source.facts(file);
    if (facts === undefined) continue;
    if (facts.functions.some(({ calls }) => calls.some(({ name }) => libraryCalls.test(name)))) return nothing;
    for (const access of facts.accesses) {
      if (access.kind === 'read' && access.operator !== '&') continue;
      for (const { address, mask } of await writtenOnes(access, facts, { graph, device, registers })) {
        if (mask === undefined) open.add(address);
        for (const gate of mask === undefined ? [] : gates.filter(({ place, field }) => place.address === address && (maskOf(field) & mask) !== 0n)) {
          opened.set(gate.path, [...opened.get(gate.path) ?? [], { file, line: access.line, function: access.function }]);
        }
      }
    }
  }
  // A core outside the workspace, as Arduino's, opens them all.
  if (opened.size === 0 || !hasVectorTable) return nothing;
  return {
    openings: peripheral => {
      const own = (peripheralClock(device, peripheral)?.bits ?? []).filter(({ does }) => does === 'enable');
      if (own.length === 0 || own.some(({ place, field }) => open.has(place.address) || resetsOpen(place, maskOf(field)))) return undefined;
      return own.flatMap(({ path }) => opened.get(path) ?? []);
    },
  };
}

async function filesThatName({ source }: Graph, places: readonly RegisterPlace[]): Promise<Set<string>> {
  const files = new Set<string>();
  const names = places.flatMap(({ register, peripheral }) => [register.name, `${peripheral.name}_${register.name}`]);
  for (const name of new Set([...names, 'RCC_APB1PeriphClockCmd', 'RCC_APB2PeriphClockCmd', 'RCC_AHB1PeriphClockCmd', 'rcc_periph_clock_enable', 'rcu_periph_clock_enable', 'clock_control_on', 'LL_APB1_GRP1_EnableClock', 'LL_AHB1_GRP1_EnableClock', 'HAL_RCC_OscConfig', 'CLOCK_EnableClock'])) {
    for (const file of await source.mentions(name)) files.add(file);
  }
  return files;
}

/** The gates that are open after reset: flash interface, RAM. */
function resetsOpen({ register }: RegisterPlace, mask: bigint): boolean {
  return ((register.resetValue ?? 0n) & mask) !== 0n;
}

async function writtenOnes(access: AccessFact, facts: SourceFacts, { graph, device, registers }: { readonly graph: Graph; readonly device: Device; readonly registers: ReadonlyMap<bigint, RegisterPlace> }): Promise<{ readonly address: bigint; readonly mask: bigint | undefined }[]> {
  const resolved = await resolveAccess(access, { device, graph, facts });
  const places = resolved.places.filter(({ address }) => registers.has(address));
  const [place] = places;
  if (place === undefined) return [];
  const { operator, value } = access;
  // Through an alias, a pointer or a value that only the program knows, any gate may be opened.
  if (operator === undefined || value === undefined || operator === '&' || resolved.how === 'type' || resolved.bit !== undefined) return places.map(({ address }) => ({ address, mask: undefined }));
  const bits = await writtenBits(access, place, resolved, { graph, device });
  if (bits?.kind === 'clear') return [];
  const all = bitMask(0, place.register.size);
  const known = bits === undefined ? 0n : bits.result.ones | bits.result.zeros | bits.result.kept | bits.toggled;
  if (bits === undefined || known !== all) return [{ address: place.address, mask: undefined }];
  return [{ address: place.address, mask: bits.result.ones | bits.toggled }];
}
