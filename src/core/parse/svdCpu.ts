import type { Cpu, SauRegion, SauRegionsConfig } from '../device/device.ts';
import { parseSvdBoolean } from './svdNumbers.ts';
import type { SvdProblemLog } from './svdProblems.ts';
import type { RawCpu, RawSauRegion, RawSauRegionsConfig } from './svdRaw.ts';
import { defined, endianChoices, readBounded, readChoice, readNumber, readProtection } from './svdValues.ts';

/** The processor; what lies outside the standard's bounds is reported and kept. */
export function resolveCpu(raw: RawCpu, problems: SvdProblemLog): Cpu {
  const element = { kind: raw.kind, line: raw.line, name: raw.name };
  const bounded = (what: 'nvicPrioBits' | 'deviceNumInterrupts' | 'sauNumRegions' | 'pmuNumEventCnt', least: number, most: number) => readBounded(element, [what, raw[what]], { least, most, problems });
  return defined<Cpu>({
    name: raw.name ?? 'other', revision: raw.revision, endian: readChoice(element, ['endian', raw.endian, endianChoices], problems),
    mpuPresent: parseSvdBoolean(raw.mpuPresent), fpuPresent: parseSvdBoolean(raw.fpuPresent), fpuDP: parseSvdBoolean(raw.fpuDP), dspPresent: parseSvdBoolean(raw.dspPresent),
    mvePresent: parseSvdBoolean(raw.mvePresent), mveFP: parseSvdBoolean(raw.mveFP), pmuPresent: parseSvdBoolean(raw.pmuPresent), pmuNumEventCnt: bounded('pmuNumEventCnt', 2, 31),
    icachePresent: parseSvdBoolean(raw.icachePresent), dcachePresent: parseSvdBoolean(raw.dcachePresent), itcmPresent: parseSvdBoolean(raw.itcmPresent), dtcmPresent: parseSvdBoolean(raw.dtcmPresent),
    vtorPresent: parseSvdBoolean(raw.vtorPresent), nvicPrioBits: bounded('nvicPrioBits', 0, 8), vendorSystickConfig: parseSvdBoolean(raw.vendorSystickConfig),
    deviceNumInterrupts: bounded('deviceNumInterrupts', 0, 1024), sauNumRegions: bounded('sauNumRegions', 0, 255),
    sauRegionsConfig: raw.sauRegionsConfig === undefined ? undefined : resolveSauRegions(raw.sauRegionsConfig, problems),
  });
}

function resolveSauRegions(raw: RawSauRegionsConfig, problems: SvdProblemLog): SauRegionsConfig {
  return defined<SauRegionsConfig>({
    enabled: parseSvdBoolean(raw.enabled), protectionWhenDisabled: readProtection(raw, ['protectionWhenDisabled', raw.protectionWhenDisabled], problems),
    regions: raw.regions.flatMap(region => resolveSauRegion(region, problems)),
  });
}

function resolveSauRegion(raw: RawSauRegion, problems: SvdProblemLog): SauRegion[] {
  const base = readNumber(raw, ['base', raw.base], problems);
  const limit = readNumber(raw, ['limit', raw.limit], problems);
  if (base === undefined || limit === undefined) {
    problems.add('SAU regions left out', raw.line, `region "${raw.name ?? ''}" of sauRegionsConfig has no readable base and limit and was left out.`);
    return [];
  }
  if (limit < base) problems.add('SAU regions turned round', raw.line, `region "${raw.name ?? ''}" of sauRegionsConfig ends before it begins.`);
  return [defined<SauRegion>({ name: raw.name, enabled: parseSvdBoolean(raw.enabled), base, limit, access: raw.access === 'n' || raw.access === 'c' ? raw.access : undefined })];
}
