/**
 * An SVD file as written: elements with their texts, nothing inherited, derived or unfolded yet.
 * Every node of a kind is made by one literal with all members, so that hundreds of thousands of them share one shape.
 */
export interface RawProperties {
  size: string | undefined;
  access: string | undefined;
  resetValue: string | undefined;
  resetMask: string | undefined;
}

/** Members of an element that may be an array. */
export interface RawDimension {
  dim: string | undefined;
  dimIncrement: string | undefined;
  dimIndex: string | undefined;
}

export interface RawDevice extends RawProperties {
  readonly kind: 'device';
  readonly line: number;
  readonly parent: undefined;
  name: string | undefined;
  vendor: string | undefined;
  series: string | undefined;
  version: string | undefined;
  description: string | undefined;
  addressUnitBits: string | undefined;
  width: string | undefined;
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
  nvicPrioBits: string | undefined;
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

/** One `<enumeratedValues>` block. */
export interface RawEnumeration {
  readonly kind: 'enumeratedValues';
  readonly line: number;
  readonly parent: RawField;
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

export type RawNode = RawDevice | RawCpu | RawPeripheral | RawAddressBlock | RawInterrupt | RawCluster | RawRegister | RawField | RawWriteConstraint | RawEnumeration | RawEnumeratedValue;

/** Where a raw node starts and what it names as its base. */
export interface RawStart {
  readonly line: number;
  readonly derivedFrom: string | undefined;
}

const noProperties = { size: undefined, access: undefined, resetValue: undefined, resetMask: undefined };
const noDimension = { dim: undefined, dimIncrement: undefined, dimIndex: undefined };

/** An empty device node. */
export function rawDevice(line: number): RawDevice {
  return { kind: 'device', line, parent: undefined, name: undefined, vendor: undefined, series: undefined, version: undefined, description: undefined, addressUnitBits: undefined, width: undefined, cpu: undefined, peripherals: [], ...noProperties };
}

/** An empty cpu node. */
export function rawCpu(line: number): RawCpu {
  return { kind: 'cpu', line, name: undefined, revision: undefined, endian: undefined, mpuPresent: undefined, fpuPresent: undefined, nvicPrioBits: undefined };
}

/** An empty peripheral node. */
export function rawPeripheral(start: RawStart, parent: RawDevice): RawPeripheral {
  return { kind: 'peripheral', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, description: undefined, groupName: undefined, headerStructName: undefined, alternatePeripheral: undefined, baseAddress: undefined, addressBlocks: [], interrupts: [], children: [], ...noProperties, ...noDimension };
}

/** An empty address block node. */
export function rawAddressBlock(line: number): RawAddressBlock {
  return { kind: 'addressBlock', line, offset: undefined, size: undefined, usage: undefined };
}

/** An empty interrupt node. */
export function rawInterrupt(line: number): RawInterrupt {
  return { kind: 'interrupt', line, name: undefined, description: undefined, value: undefined };
}

/** An empty cluster node. */
export function rawCluster(start: RawStart, parent: RawPeripheral | RawCluster): RawCluster {
  return { kind: 'cluster', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, description: undefined, addressOffset: undefined, alternateCluster: undefined, children: [], ...noProperties, ...noDimension };
}

/** An empty register node. */
export function rawRegister(start: RawStart, parent: RawPeripheral | RawCluster): RawRegister {
  return { kind: 'register', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, displayName: undefined, description: undefined, addressOffset: undefined, modifiedWriteValues: undefined, readAction: undefined, alternateRegister: undefined, alternateGroup: undefined, writeConstraint: undefined, fields: [], ...noProperties, ...noDimension };
}

/** An empty field node; written out, as spreading costs at this frequency. */
export function rawField(start: RawStart, parent: RawRegister): RawField {
  return { kind: 'field', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, description: undefined, bitOffset: undefined, bitWidth: undefined, lsb: undefined, msb: undefined, bitRange: undefined, access: undefined, modifiedWriteValues: undefined, readAction: undefined, writeConstraint: undefined, blocks: [], dim: undefined, dimIncrement: undefined, dimIndex: undefined };
}

/** An empty write constraint node. */
export function rawWriteConstraint(line: number): RawWriteConstraint {
  return { kind: 'writeConstraint', line, writeAsRead: undefined, useEnumeratedValues: undefined, minimum: undefined, maximum: undefined };
}

/** An empty `<enumeratedValues>` node. */
export function rawEnumeration(start: RawStart, parent: RawField): RawEnumeration {
  return { kind: 'enumeratedValues', line: start.line, parent, derivedFrom: start.derivedFrom, name: undefined, headerEnumName: undefined, usage: undefined, values: [] };
}

/** An empty `<enumeratedValue>` node. */
export function rawEnumeratedValue(line: number): RawEnumeratedValue {
  return { kind: 'enumeratedValue', line, name: undefined, description: undefined, value: undefined, isDefault: undefined };
}
