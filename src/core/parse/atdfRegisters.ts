import type { Cluster, Dim, Register, RegisterNode } from '../device/device.ts';
import { accessOf, fieldsOf } from './atdfFields.ts';
import type { GroupContext } from './atdfModule.ts';
import { pinFields } from './atdfPins.ts';
import type { AtdfElement } from './atdfXml.ts';
import { parseSvdCount, parseSvdInteger } from './svdNumbers.ts';
import { quoted } from './svdProblems.ts';

/** Groups in groups; real files nest three deep. */
const deepestNesting = 8;

/** What a register group holds: its registers, and groups in it as clusters. */
export function registerNodes(group: AtdfElement, context: GroupContext): RegisterNode[] {
  return group.children.flatMap((child): RegisterNode[] => {
    if (child.name === 'register') return register(child, context);
    return child.name === 'register-group' ? cluster(child, context) : [];
  });
}

function cluster(reference: AtdfElement, context: GroupContext): Cluster[] {
  const { module, problems, path } = context;
  const { name = '', caption, offset, count, size } = reference.attributes;
  const groupName = reference.attributes['name-in-module'] ?? name;
  const group = module.groups.get(groupName);
  if (group === undefined || path.includes(groupName) || path.length >= deepestNesting) {
    problems.add('register groups that cannot be followed', reference.line, `${quoted(name)} refers to the register group ${quoted(groupName)}, which ${group === undefined ? `the module ${module.name} does not have` : 'holds itself'}; it was left out.`);
    return [];
  }
  const dim = dimOf(count, size ?? group.attributes['size']);
  return [{
    kind: 'cluster', name: dim === undefined ? name : `${name}[%s]`, addressOffset: parseSvdInteger(offset ?? '0') ?? 0n,
    ...(caption !== undefined && caption !== '' && { description: caption }),
    ...(dim !== undefined && { dim }),
    registers: registerNodes(group, { ...context, path: [...path, groupName] }),
  }];
}

function register(element: AtdfElement, context: GroupContext): Register[] {
  const { name = '', caption, offset, initval, count } = element.attributes;
  const bytes = parseSvdCount(element.attributes['size'] ?? '1');
  const addressOffset = parseSvdInteger(offset ?? '');
  if (name === '' || addressOffset === undefined || bytes === undefined || bytes < 1 || bytes > 8) {
    context.problems.add('registers that cannot be placed', element.line, `The register ${quoted(element.attributes['name'])} has no usable name, offset or size and was left out.`);
    return [];
  }
  const dim = dimOf(count, element.attributes['size']);
  const access = accessOf(element.attributes['rw']);
  const resetValue = parseSvdInteger(initval ?? '');
  const fields = fieldsOf(element, { ...context, size: bytes * 8 });
  return [{
    kind: 'register', name: dim === undefined ? name : `${name}[%s]`, addressOffset, size: bytes * 8,
    ...(caption !== undefined && caption !== '' && { description: caption }),
    ...(dim !== undefined && { dim }),
    ...(access !== undefined && { access }),
    ...(resetValue !== undefined && { resetValue: BigInt.asUintN(bytes * 8, resetValue) }),
    fields: fields.length > 0 ? fields : pinFields(name, parseSvdInteger(element.attributes['mask'] ?? '')),
  }];
}

function dimOf(count: string | undefined, size: string | undefined): Dim | undefined {
  const elements = parseSvdCount(count ?? '');
  const increment = parseSvdInteger(size ?? '');
  return elements === undefined || elements < 2 || increment === undefined ? undefined : { count: elements, increment, indexText: String };
}
