/**
 * An SVD file as written: elements with their texts, nothing inherited, derived or unfolded yet.
 * Every node of a kind is made by one literal with all members, so that hundreds of thousands of them share one shape.
 */
export interface RawProperties {
  size: string | undefined;
  access: string | undefined;
  protection: string | undefined;
  resetValue: string | undefined;
  resetMask: string | undefined;
}

/** Members of an element that may be an array. */
export interface RawDimension {
  dim: string | undefined;
  dimIncrement: string | undefined;
  dimIndex: string | undefined;
  dimName: string | undefined;
  dimArrayIndex: RawEnumeration | undefined;
}

export interface RawDevice extends RawProperties {
  readonly kind: 'device';
  readonly line: number;
  readonly parent: undefined;
  name: string | undefined;
  vendor: string | undefined;
  vendorID: string | undefined;
  series: string | undefined;
  version: string | undefined;
  description: string | undefined;
  addressUnitBits: string | undefined;
  width: string | undefined;
  headerSystemFilename: string | undefined;
  headerDefinitionsPrefix: string | undefined;
  /** Elements met in vendorExtensions anywhere in the file. */
  vendorExtensions: number;
  /** How many nodes the file holds: what reading it may cost is measured by that. */
  elements: number;
  cpu: RawCpu | undefined;
  readonly peripherals: RawPeripheral[];
}

export interface RawCpu {
  readonly kind: 'cpu';
  readonly line: number;
  name: string | undefined;
  revision: string | undefined;
  endian: string | undefined;
  mpuPresent: string | undefined;
  fpuPresent: string | undefined;
  fpuDP: string | undefined;
  dspPresent: string | undefined;
  mvePresent: string | undefined;
  mveFP: string | undefined;
  pmuPresent: string | undefined;
  pmuNumEventCnt: string | undefined;
  icachePresent: string | undefined;
  dcachePresent: string | undefined;
  itcmPresent: string | undefined;
  dtcmPresent: string | undefined;
  vtorPresent: string | undefined;
  nvicPrioBits: string | undefined;
  vendorSystickConfig: string | undefined;
  deviceNumInterrupts: string | undefined;
  sauNumRegions: string | undefined;
  sauRegionsConfig: RawSauRegionsConfig | undefined;
}

export interface RawSauRegionsConfig {
  readonly kind: 'sauRegionsConfig';
  readonly line: number;
  readonly enabled: string | undefined;
  readonly protectionWhenDisabled: string | undefined;
  readonly regions: RawSauRegion[];
}

export interface RawSauRegion {
  readonly kind: 'region';
  readonly line: number;
  readonly enabled: string | undefined;
  readonly name: string | undefined;
  base: string | undefined;
  limit: string | undefined;
  access: string | undefined;
}

export interface RawPeripheral extends RawProperties, RawDimension {
  readonly kind: 'peripheral';
  readonly line: number;
  readonly parent: RawDevice;
  readonly derivedFrom: string | undefined;
  name: string | undefined;
  description: string | undefined;
  groupName: string | undefined;
  headerStructName: string | undefined;
  alternatePeripheral: string | undefined;
  version: string | undefined;
  prependToName: string | undefined;
  appendToName: string | undefined;
  disableCondition: string | undefined;
  baseAddress: string | undefined;
  addressBlocks: RawAddressBlock[];
  interrupts: RawInterrupt[];
  children: RawRegisterNode[];
}

export interface RawAddressBlock {
  readonly kind: 'addressBlock';
  readonly line: number;
  offset: string | undefined;
  size: string | undefined;
  usage: string | undefined;
  protection: string | undefined;
}

export interface RawInterrupt {
  readonly kind: 'interrupt';
  readonly line: number;
  name: string | undefined;
  description: string | undefined;
  value: string | undefined;
}

export type RawRegisterNode = RawRegister | RawCluster;

export interface RawCluster extends RawProperties, RawDimension {
  readonly kind: 'cluster';
  readonly line: number;
  readonly parent: RawPeripheral | RawCluster;
  readonly derivedFrom: string | undefined;
  name: string | undefined;
  description: string | undefined;
  addressOffset: string | undefined;
  alternateCluster: string | undefined;
  headerStructName: string | undefined;
  children: RawRegisterNode[];
}

export interface RawRegister extends RawProperties, RawDimension {
  readonly kind: 'register';
  readonly line: number;
  readonly parent: RawPeripheral | RawCluster;
  readonly derivedFrom: string | undefined;
  name: string | undefined;
  displayName: string | undefined;
  description: string | undefined;
  addressOffset: string | undefined;
  modifiedWriteValues: string | undefined;
  readAction: string | undefined;
  alternateRegister: string | undefined;
  alternateGroup: string | undefined;
  dataType: string | undefined;
  writeConstraint: RawWriteConstraint | undefined;
  fields: RawField[];
}

export interface RawField extends RawDimension {
  readonly kind: 'field';
  readonly line: number;
  readonly parent: RawRegister;
  readonly derivedFrom: string | undefined;
  name: string | undefined;
  description: string | undefined;
  bitOffset: string | undefined;
  bitWidth: string | undefined;
  lsb: string | undefined;
  msb: string | undefined;
  bitRange: string | undefined;
  access: string | undefined;
  modifiedWriteValues: string | undefined;
  readAction: string | undefined;
  writeConstraint: RawWriteConstraint | undefined;
  blocks: RawEnumeration[];
}

export interface RawWriteConstraint {
  readonly kind: 'writeConstraint';
  readonly line: number;
  writeAsRead: string | undefined;
  useEnumeratedValues: string | undefined;
  minimum: string | undefined;
  maximum: string | undefined;
}

/** One `<enumeratedValues>` block, or the `<dimArrayIndex>` of an array. */
export interface RawEnumeration {
  readonly kind: 'enumeratedValues';
  readonly line: number;
  readonly parent: RawField | RawPeripheral | RawRegisterNode;
  readonly derivedFrom: string | undefined;
  name: string | undefined;
  headerEnumName: string | undefined;
  usage: string | undefined;
  values: RawEnumeratedValue[];
}

export interface RawEnumeratedValue {
  readonly kind: 'enumeratedValue';
  readonly line: number;
  name: string | undefined;
  description: string | undefined;
  value: string | undefined;
  isDefault: string | undefined;
}

export type RawNode = RawDevice | RawCpu | RawSauRegionsConfig | RawSauRegion | RawPeripheral | RawAddressBlock | RawInterrupt | RawCluster | RawRegister | RawField | RawWriteConstraint | RawEnumeration | RawEnumeratedValue;

/** Where a raw node starts and what it names as its base. */
export interface RawStart {
  readonly line: number;
  readonly derivedFrom: string | undefined;
}

const noProperties = { size: undefined, access: undefined, protection: undefined, resetValue: undefined, resetMask: undefined };
const noDimension = { dim: undefined, dimIncrement: undefined, dimIndex: undefined, dimName: undefined, dimArrayIndex: undefined };

/** An empty device node. */
export function rawDevice(line: number): RawDevice {
  return { kind: 'device', line, parent: undefined, name: undefined, vendor: undefined, vendorID: undefined, series: undefined, version: undefined, description: undefined, addressUnitBits: undefined, width: undefined, headerSystemFilename: undefined, headerDefinitionsPrefix: undefined, vendorExtensions: 0, elements: 0, cpu: undefined, peripherals: [], ...noProperties };
}

/** An empty cpu node. */
export function rawCpu(line: number): RawCpu {
  return {
    kind: 'cpu', line, name: undefined, revision: undefined, endian: undefined, mpuPresent: undefined, fpuPresent: undefined, fpuDP: undefined, dspPresent: undefined, mvePresent: undefined, mveFP: undefined,
    pmuPresent: undefined, pmuNumEventCnt: undefined, icachePresent: undefined, dcachePresent: undefined, itcmPresent: undefined, dtcmPresent: undefined, vtorPresent: undefined, nvicPrioBits: undefined,
    vendorSystickConfig: undefined, deviceNumInterrupts: undefined, sauNumRegions: undefined, sauRegionsConfig: undefined,
  };
}

/** An empty sauRegionsConfig node. */
export function rawSauRegionsConfig(line: number, attributes: Readonly<Record<string, string>>): RawSauRegionsConfig {
  return { kind: 'sauRegionsConfig', line, enabled: attributes['enabled'], protectionWhenDisabled: attributes['protectionWhenDisabled'], regions: [] };
}

/** An empty region node of a sauRegionsConfig. */
export function rawSauRegion(line: number, attributes: Readonly<Record<string, string>>): RawSauRegion {
  return { kind: 'region', line, enabled: attributes['enabled'], name: attributes['name'], base: undefined, limit: undefined, access: undefined };
}

/** An empty peripheral node. */
export function rawPeripheral(start: RawStart, parent: RawDevice): RawPeripheral {
  return { kind: 'peripheral', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, description: undefined, groupName: undefined, headerStructName: undefined, alternatePeripheral: undefined, version: undefined, prependToName: undefined, appendToName: undefined, disableCondition: undefined, baseAddress: undefined, addressBlocks: [], interrupts: [], children: [], ...noProperties, ...noDimension };
}

/** An empty address block node. */
export function rawAddressBlock(line: number): RawAddressBlock {
  return { kind: 'addressBlock', line, offset: undefined, size: undefined, usage: undefined, protection: undefined };
}

/** An empty interrupt node. */
export function rawInterrupt(line: number): RawInterrupt {
  return { kind: 'interrupt', line, name: undefined, description: undefined, value: undefined };
}

/** An empty cluster node. */
export function rawCluster(start: RawStart, parent: RawPeripheral | RawCluster): RawCluster {
  return { kind: 'cluster', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, description: undefined, addressOffset: undefined, alternateCluster: undefined, headerStructName: undefined, children: [], ...noProperties, ...noDimension };
}

/** An empty register node. */
export function rawRegister(start: RawStart, parent: RawPeripheral | RawCluster): RawRegister {
  return { kind: 'register', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, displayName: undefined, description: undefined, addressOffset: undefined, modifiedWriteValues: undefined, readAction: undefined, alternateRegister: undefined, alternateGroup: undefined, dataType: undefined, writeConstraint: undefined, fields: [], ...noProperties, ...noDimension };
}

/** An empty field node; written out, as spreading costs at this frequency. */
export function rawField(start: RawStart, parent: RawRegister): RawField {
  return { kind: 'field', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, description: undefined, bitOffset: undefined, bitWidth: undefined, lsb: undefined, msb: undefined, bitRange: undefined, access: undefined, modifiedWriteValues: undefined, readAction: undefined, writeConstraint: undefined, blocks: [], dim: undefined, dimIncrement: undefined, dimIndex: undefined, dimName: undefined, dimArrayIndex: undefined };
}

/** An empty write constraint node. */
export function rawWriteConstraint(line: number): RawWriteConstraint {
  return { kind: 'writeConstraint', line, writeAsRead: undefined, useEnumeratedValues: undefined, minimum: undefined, maximum: undefined };
}

/** An empty `<enumeratedValues>` node. */
export function rawEnumeration(start: RawStart, parent: RawEnumeration['parent']): RawEnumeration {
  return { kind: 'enumeratedValues', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, headerEnumName: undefined, usage: undefined, values: [] };
}

/** An empty `<enumeratedValue>` node. */
export function rawEnumeratedValue(line: number): RawEnumeratedValue {
  return { kind: 'enumeratedValue', line, name: undefined, description: undefined, value: undefined, isDefault: undefined };
}
