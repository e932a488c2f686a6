import type { Device } from '../device/device.ts';
import type { CallTree } from './callTree.ts';
import type { CodePlace, Hazard, IsrDossier, LoopUse } from './dossier.ts';

/** What makes the handler's time long or unknown. */
export function workloadOf(tree: CallTree): Pick<IsrDossier, 'floatingPoint' | 'openLoops'> {
  const [floatingPoint] = floatingPlaces(tree);
  const openLoops = loopsWithoutBound(tree);
  return { ...(floatingPoint !== undefined && { floatingPoint }), ...(openLoops.length > 0 && { openLoops }) };
}

/** Loops listed; a library's file system would fill the dossier. */
const mostLoops = 12;

/** Loops whose condition counts nothing: how often they run depends on data. Those that never end are hazards of their own. */
function loopsWithoutBound({ functions }: CallTree): LoopUse[] {
  return functions.flatMap(({ file, function: { name, loops = [] } }) => loops
    .filter(({ condition }) => condition !== '' && !/^(1U?|0|true|false)$/.test(condition) && !isCounting(condition))
    .map(({ line, condition }) => ({ file, line, function: name, condition }))).slice(0, mostLoops);
}

/** `i < n`, `n--`, `--timeout`, `count > 0`. */
function isCounting(condition: string): boolean {
  return /--|\+\+|(?<![<-])[<>]=?(?![<>])|^\w+ ?!= ?\w+$/.test(condition);
}

function floatingPlaces({ functions }: CallTree): (CodePlace & { readonly function: string })[] {
  return functions.flatMap(({ file, facts, function: { name, startLine, endLine, signature, parameters, calls } }) => {
    const local = facts.variables.find(variable => variable.function === name && variable.line >= startLine && variable.line <= endLine && isFloating(variable.type));
    const call = calls.find(each => /^(sqrt|sin|cos|tan|atan|atan2|asin|acos|pow|exp|log|log10|fabs|floor|ceil|round|fmod|arm_(sin|cos|sqrt)_f32)f?$/.test(each.name));
    const line = local?.line ?? call?.line ?? (parameters.some(({ type }) => isFloating(type)) || /^\s*(static\s+|inline\s+)*(float|double)\b/.test(signature) ? startLine : undefined);
    return line === undefined ? [] : [{ file, line, function: name }];
  });
}

function isFloating(type: string): boolean {
  return /\b(float|double|float32_t|float64_t)\b/.test(type) && !type.includes('*');
}

/** Floating point where the core has no unit for it; with one, stacking its registers is lazy and only costs where it is used. */
export function floatingPointHazard(tree: CallTree, device: Device | undefined): Hazard[] {
  const cpu = device?.cpu;
  const hasNone = cpu?.fpuPresent === false || cpu !== undefined && cpu.fpuPresent === undefined && /^(CM0|CM0\+|CM0PLUS|CM1|CM3|CM23|SC000|SC300|avr)/i.test(cpu.name);
  const [place] = hasNone ? floatingPlaces(tree) : [];
  if (place === undefined) return [];
  return [{ id: 'software-floating-point', file: place.file, line: place.line, certainty: 'likely', message: `${place.function} computes with floating point, which ${cpu?.name ?? 'this core'} does in software: tens to hundreds of cycles for each operation.` }];
}
