// Members of CMSIS-SVD that only some files use: processor, names for headers, protection, named indices.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device, Peripheral, RegisterNode } from '../../../src/core/device/device.ts';
import { parsePeripherals, peripheralText } from './svdDevice.ts';

interface Reading {
  readonly device: Device;
  readonly peripheral: Peripheral;
  readonly nodes: readonly RegisterNode[];
}

/** `registers` of one peripheral P with `peripheral`'s own elements, in a device with `device`'s. */
function check(sentence: string, source: { readonly registers?: string; readonly peripheral?: string; readonly device?: string; readonly problems?: readonly RegExp[] }, expect: (reading: Reading) => readonly [unknown, unknown]): void {
  test(sentence, () => {
    const { device, problems } = parsePeripherals(peripheralText(source.registers ?? '', source.peripheral ?? ''), source.device ?? '');
    const peripheral = device?.peripherals[0];
    assert.ok(device !== undefined && peripheral !== undefined);
    const [actual, expected] = expect({ device, peripheral, nodes: peripheral.registers });
    assert.deepEqual(actual, expected);
    assert.equal(problems.length, source.problems?.length ?? 0, JSON.stringify(problems));
    for (const [index, pattern] of (source.problems ?? []).entries()) assert.match(problems[index]?.message ?? '', pattern);
  });
}

const register = (name: string, rest = '') => `<register><name>${name}</name><addressOffset>0</addressOffset>${rest}</register>`;
const value = (name: string, number: number) => `<enumeratedValue><name>${name}</name><value>${number}</value></enumeratedValue>`;

// Processor
const flags = ['mpuPresent', 'fpuPresent', 'fpuDP', 'dspPresent', 'mvePresent', 'mveFP', 'pmuPresent', 'icachePresent', 'dcachePresent', 'itcmPresent', 'dtcmPresent', 'vtorPresent', 'vendorSystickConfig'];
check('every flag and number of the processor is read',
  { device: `<cpu><name>CM85</name>${flags.map(flag => `<${flag}>true</${flag}>`).join('')}<nvicPrioBits>3</nvicPrioBits><deviceNumInterrupts>0x40</deviceNumInterrupts><sauNumRegions>8</sauNumRegions><pmuNumEventCnt>8</pmuNumEventCnt></cpu>` },
  ({ device }) => [device.cpu, { name: 'CM85', ...Object.fromEntries(flags.map(flag => [flag, true])), nvicPrioBits: 3, deviceNumInterrupts: 64, sauNumRegions: 8, pmuNumEventCnt: 8 }]);
check('numbers of the processor outside the standard\'s bounds are kept and reported',
  { device: '<cpu><name>CM33</name><nvicPrioBits>9</nvicPrioBits><deviceNumInterrupts>2000</deviceNumInterrupts><sauNumRegions>256</sauNumRegions></cpu>', problems: [/nvicPrioBits is 9/, /deviceNumInterrupts is 2000/, /cpu "CM33": sauNumRegions is 256, but the standard allows 0 to 255/] },
  ({ device }) => [device.cpu?.sauNumRegions, 256]);
check('an endianness that is none is reported', { device: '<cpu><name>CM3</name><endian>middle</endian></cpu>', problems: [/endian "middle" is none of little, big, selectable, other/] }, ({ device }) => [device.cpu, { name: 'CM3' }]);
check('a number of the processor that is none is reported', { device: '<cpu><name>CM3</name><nvicPrioBits>many</nvicPrioBits></cpu>', problems: [/nvicPrioBits "many" is not a number/] }, ({ device }) => [device.cpu, { name: 'CM3' }]);
check('regions of the security attribution unit are read',
  { device: '<cpu><name>CM33</name><sauRegionsConfig enabled="true" protectionWhenDisabled="s"><region enabled="true" name="SRAM"><base>0x20000000</base><limit>0x2000FFFF</limit><access>n</access></region></sauRegionsConfig></cpu>' },
  ({ device }) => [device.cpu?.sauRegionsConfig, { enabled: true, protectionWhenDisabled: 's', regions: [{ name: 'SRAM', enabled: true, base: 0x2000_0000n, limit: 0x2000_FFFFn, access: 'n' }] }]);
check('a region without limit is left out, one turned round is reported',
  { device: '<cpu><name>CM33</name><sauRegionsConfig><region><base>1</base></region><region name="R"><base>2</base><limit>1</limit></region></sauRegionsConfig></cpu>', problems: [/no readable base and limit/, /region "R" of sauRegionsConfig ends before it begins/] },
  ({ device }) => [device.cpu?.sauRegionsConfig, { regions: [{ name: 'R', base: 2n, limit: 1n }] }]);

// Names for headers
check('what headers call the device is read', { device: '<vendorID>ACME</vendorID><headerSystemFilename>system_acme</headerSystemFilename><headerDefinitionsPrefix>ACME_</headerDefinitionsPrefix>' },
  ({ device }) => [[device.vendorID, device.headerSystemFilename, device.headerDefinitionsPrefix], ['ACME', 'system_acme', 'ACME_']]);
check('prefix and suffix of register names are told and not applied', { registers: register('CR'), peripheral: '<prependToName>P_</prependToName><appendToName>_S</appendToName>' },
  ({ peripheral, nodes }) => [[peripheral.prependToName, peripheral.appendToName, nodes[0]?.name], ['P_', '_S', 'CR']]);
check('alternate peripheral, version, structure name and condition are read',
  { peripheral: '<version>2</version><alternatePeripheral>Q</alternatePeripheral><headerStructName>P_Type</headerStructName><disableCondition>RCC-&gt;ENR-&gt;P == 0</disableCondition>' },
  ({ peripheral: { version, alternatePeripheral, headerStructName, disableCondition } }) => [{ version, alternatePeripheral, headerStructName, disableCondition }, { version: '2', alternatePeripheral: 'Q', headerStructName: 'P_Type', disableCondition: 'RCC->ENR->P == 0' }]);
check('alternate cluster and structure name of a cluster are read', { registers: `<cluster><name>C</name><addressOffset>0</addressOffset><alternateCluster>D</alternateCluster><headerStructName>C_Type</headerStructName>${register('R')}</cluster>` },
  ({ nodes: [node] }) => [node?.kind === 'cluster' && [node.alternateCluster, node.headerStructName], ['D', 'C_Type']]);
check('alternate register, alternate group and data type of a register are read', { registers: register('R', '<alternateRegister>S</alternateRegister><alternateGroup>G</alternateGroup><dataType>uint16_t</dataType>') },
  ({ nodes: [node] }) => [node?.kind === 'register' && [node.alternateRegister, node.alternateGroup, node.dataType], ['S', 'G', 'uint16_t']]);
check('the enumeration that headers make is told with its values', { registers: register('R', `<fields><field><name>F</name><bitOffset>0</bitOffset><enumeratedValues><headerEnumName>Mode</headerEnumName>${value('On', 1)}</enumeratedValues></field></fields>`) },
  ({ nodes: [node] }) => [node?.kind === 'register' && node.fields[0]?.enumeratedValues, [{ name: 'On', value: 1n, usage: 'read-write', headerEnumName: 'Mode' }]]);

// Protection
check('protection passes from the device down, and to address blocks', { device: '<protection>s</protection>', peripheral: '<addressBlock><offset>0</offset><size>4</size></addressBlock><addressBlock><offset>4</offset><size>4</size><protection>n</protection></addressBlock>', registers: register('A') + register('B', '<alternateRegister>A</alternateRegister><protection>p</protection>') },
  ({ peripheral, nodes }) => [[peripheral.protection, ...peripheral.addressBlocks.map(block => block.protection), ...nodes.map(node => node.kind === 'register' && node.protection)], ['s', 's', 'n', 's', 'p']]);
check('a protection that is none is reported', { registers: register('A', '<protection>secret</protection>'), problems: [/protection "secret" is none of s, n, p/] }, ({ nodes }) => [nodes.length, 1]);

// Named indices
check('an array\'s indices may have names, and its elements a type', { registers: register('R[%s]', `<dim>2</dim><dimIncrement>4</dimIncrement><dimName>R_Type</dimName><dimArrayIndex><headerEnumName>Ch</headerEnumName>${value('UART', 0)}${value('SPI', 1)}</dimArrayIndex>`) },
  ({ nodes: [node] }) => [[node?.dim?.dimName, node?.dim?.indexNames?.map(({ name, value: index, headerEnumName }) => [name, index, headerEnumName])], ['R_Type', [['UART', 0n, 'Ch'], ['SPI', 1n, 'Ch']]]]);
check('names of the indices of a field array are left out and reported', { registers: register('R', `<fields><field><name>F%s</name><dim>2</dim><dimIncrement>1</dimIncrement><dimArrayIndex>${value('A', 0)}</dimArrayIndex><bitOffset>0</bitOffset></field></fields>`), problems: [/field "F%s": the names that dimArrayIndex gives its elements are left out/] },
  ({ nodes: [node] }) => [node?.kind === 'register' && node.fields.map(({ name }) => name), ['F0', 'F1']]);

// Texts of closed lists
check('effects that the standard does not know are reported and not stated', { registers: register('A', '<modifiedWriteValues>oneToFail</modifiedWriteValues><readAction>explode</readAction>'), problems: [/modifiedWriteValues "oneToFail" is none of oneToClear/, /readAction "explode" is none of clear/] },
  ({ nodes: [node] }) => [node?.kind === 'register' && [node.modifiedWriteValues, node.readAction], [undefined, undefined]]);
check('effects in other case are the standard\'s', { registers: register('A', '<modifiedWriteValues>ONETOCLEAR</modifiedWriteValues>') }, ({ nodes: [node] }) => [node?.kind === 'register' && node.modifiedWriteValues, 'oneToClear']);
check('a usage that is none is reported, and means reading and writing', { registers: register('R', `<fields><field><name>F</name><bitOffset>0</bitOffset><enumeratedValues><usage>never</usage>${value('On', 1)}</enumeratedValues></field></fields>`), problems: [/usage "never" is none of read, write, read-write/] },
  ({ nodes: [node] }) => [node?.kind === 'register' && node.fields[0]?.enumeratedValues[0]?.usage, 'read-write']);
check('an address block without size is left out and reported', { peripheral: '<addressBlock><offset>0</offset></addressBlock>', problems: [/addressBlock: offset "0" or size \(none\) is not a number/] }, ({ peripheral }) => [peripheral.addressBlocks, []]);

// What has no place
check('enumerated values directly under a register are left out and reported', { registers: register('R', `<enumeratedValues>${value('On', 1)}</enumeratedValues>`), problems: [/<enumeratedValues> stands where the standard has no place for it/] }, ({ nodes }) => [nodes.length, 1]);
check('elements in vendor extensions are counted', { device: '<vendorExtensions><one><two>x</two></one><three/></vendorExtensions>', registers: register('R', '<vendorExtensions><four/></vendorExtensions>') }, ({ device }) => [device.vendorExtensions, 4]);
check('a register whose fields differ in access states none itself', { registers: register('R', '<fields><field><name>A</name><bitOffset>0</bitOffset><access>read-only</access></field><field><name>B</name><bitOffset>1</bitOffset><access>write-only</access></field><field><name>C</name><bitOffset>2</bitOffset></field></fields>') },
  ({ nodes: [node] }) => [node?.kind === 'register' && [node.access, ...node.fields.map(({ access }) => access)], [undefined, 'read-only', 'write-only', undefined]]);
