import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCorePeripherals } from '../../../src/core/device/corePeripherals.ts';
import type { Device } from '../../../src/core/device/device.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { registersOf } from '../../../src/core/device/places.ts';
import { parsePeripherals } from '../parse/svdDevice.ts';

function coreDevice(cpu: string, peripherals = ''): Device {
  const { device } = parsePeripherals(peripherals, cpu === '' ? '' : `<cpu><name>${cpu}</name></cpu>`);
  assert.ok(device);
  return addCorePeripherals(device);
}

const names = ({ peripherals }: Device) => peripherals.map(({ name }) => name);

test('a Cortex-M gets its core peripherals, a Cortex-M0 fewer, others none', () => {
  assert.deepEqual(names(coreDevice('CM4')), ['SysTick', 'NVIC', 'SCnSCB', 'SCB', 'MPU', 'FPU', 'CoreDebug', 'DWT', 'ITM', 'TPI']);
  assert.deepEqual(names(coreDevice('CM3')), ['SysTick', 'NVIC', 'SCnSCB', 'SCB', 'MPU', 'CoreDebug', 'DWT', 'ITM', 'TPI']);
  assert.deepEqual(names(coreDevice('CM0PLUS')), ['SysTick', 'NVIC', 'SCB', 'MPU', 'CoreDebug', 'DWT']);
  assert.deepEqual(names(coreDevice('CM0')), ['SysTick', 'NVIC', 'SCB', 'CoreDebug', 'DWT']);
  assert.deepEqual(names(coreDevice('CM23')), ['SysTick', 'NVIC', 'SCB', 'MPU', 'SAU', 'DCB', 'DIB', 'DWT', 'TPI', 'SysTick_NS', 'NVIC_NS', 'SCB_NS', 'MPU_NS', 'DCB_NS', 'DIB_NS']);
  assert.deepEqual(findRegisters(coreDevice('CM0PLUS'), 'SCB->CFSR'), []);
  assert.deepEqual(names(coreDevice('CA53')), []);
  assert.deepEqual(names(coreDevice('')), []);
});

test('core registers stand at their architected addresses, with fields and effects', () => {
  const device = coreDevice('CM7');
  const [cfsr] = findRegisters(device, 'SCB->CFSR.DIVBYZERO');
  assert.equal(cfsr?.place.address, 0xE000ED28n);
  assert.deepEqual([cfsr.field?.bitOffset, cfsr.field?.modifiedWriteValues], [25, 'oneToClear']);
  assert.equal(findRegisters(device, 'NVIC->ISER[1]')[0]?.place.address, 0xE000E104n);
  assert.equal(findRegisters(device, 'NVIC->IP[38]')[0]?.place.address, 0xE000E426n);
  assert.equal(findRegisters(device, 'SCB->SHPR[11]')[0]?.place.address, 0xE000ED23n);
  assert.equal(findRegisters(device, 'DWT->CYCCNT')[0]?.place.address, 0xE0001004n);
  assert.equal(findRegisters(device, 'SysTick->CTRL.COUNTFLAG')[0]?.field?.readAction, 'clear');
  assert.ok(device.peripherals.every(({ origin }) => /DDI 0403|DDI 0489/.test(origin ?? '')));
});

test('registers that a vendor\'s SCB lacks join it, its own stay', () => {
  const device = coreDevice('CM4', '<peripheral><name>SCB</name><baseAddress>0xE000ED00</baseAddress><registers><register><name>CPUID</name><description>vendor</description><addressOffset>0</addressOffset></register></registers></peripheral>');
  assert.equal(names(device).filter(name => name === 'SCB').length, 1);
  assert.equal(findRegisters(device, 'SCB.CPUID')[0]?.place.register.description, 'vendor');
  assert.equal(findRegisters(device, 'SCB.HFSR').length, 1);
});

test('every core register lies within its 32-bit word and every field within its register', () => {
  for (const peripheral of coreDevice('CM4').peripherals) {
    for (const { register, path } of registersOf(peripheral)) {
      assert.ok(register.description !== undefined && register.description.length > 0, path);
      for (const field of register.fields) assert.ok(field.bitWidth > 0 && field.bitOffset + field.bitWidth <= register.size && /^\w+$/.test(field.name), `${path}.${field.name}`);
    }
  }
});

/** `query = PATH@address bits access effect`, or `nothing`. */
function check(cpu: string, expected: readonly string[]): void {
  test(`${cpu}: ${expected.join('; ')}`, () => {
    const device = coreDevice(cpu);
    assert.deepEqual(expected.map(line => {
      const [query = ''] = line.split(' = ');
      const found = findRegisters(device, query).map(({ place, field }) => [
        `${place.path}@${place.address.toString(16)}`, ...(field === undefined ? [] : [`${field.bitOffset + field.bitWidth - 1}:${field.bitOffset}`]),
        (field ?? place.register).access, (field ?? place.register).modifiedWriteValues, (field ?? place.register).readAction,
      ].filter(part => part !== undefined).join(' '));
      return `${query} = ${found.length === 0 ? 'nothing' : found.join(', ')}`;
    }), expected);
  });
}

check('CM0', ['NVIC->IP[7] = NVIC.IP[7]@e000e41c read-write', 'SCB->SHP[1] = SCB.SHPR[1]@e000ed20 read-write', 'SCB->VTOR = nothing', 'MPU->CTRL = nothing', 'NVIC->IABR[0] = nothing', 'SCB->AIRCR.PRIGROUP = nothing']);
check('CM0+', ['SCB->VTOR.TBLOFF = SCB.VTOR@e000ed08 31:8 read-write', 'MPU->RBAR.ADDR = MPU.RBAR@e000ed9c 31:8 read-write', 'SCB->CPACR = nothing']);
check('CM3', ['SCB->VTOR.TBLOFF = SCB.VTOR@e000ed08 31:7 read-write', 'SCB->SHP[11] = SCB.SHPR[11]@e000ed23 read-write', 'SCB->SHPR[1] = SCB.SHPR[1]@e000ed19 read-write', 'SCB->SHPR1 = SCB.SHPR1@e000ed18 read-write', 'SCB->CPACR.CP10 = nothing', 'DWT->FUNCTION0.MATCHED = DWT.FUNCTION0@e0001028 24:24 read-only clear']);
check('CM4', ['SCB->AIRCR.VECTKEY = SCB.AIRCR@e000ed0c 31:16 write-only', 'CoreDebug->DHCSR.DBGKEY = CoreDebug.DHCSR@e000edf0 31:16 write-only', 'DCB->DEMCR = CoreDebug.DEMCR@e000edfc read-write', 'SCB->ICSR.PENDSVCLR = SCB.ICSR@e000ed04 27:27 write-only oneToClear', 'SCB->ICSR.STTNS = nothing', 'SCB->CLIDR = nothing', 'SCB->UFSR.DIVBYZERO = SCB.UFSR@e000ed2a 9:9 read-write oneToClear', 'SCB->CFSR.STKOF = nothing']);
check('CM7', ['SCB->DCISW.WAY = SCB.DCISW@e000ef60 31:30 write-only', 'SCB->CCSIDR = SCB.CCSIDR@e000ed80 read-only', 'FPU->MVFR2 = FPU.MVFR2@e000ef48 read-only', 'SCB_NS->VTOR = nothing']);
check('CM23', ['NVIC->IPR[3] = NVIC.IPR[3]@e000e40c read-write', 'NVIC->ITNS[1] = NVIC.ITNS[1]@e000e384 read-write', 'SAU->SFSR = nothing', 'SAU->CTRL.ALLNS = SAU.CTRL@e000edd0 1:1 read-write', 'MPU->RBAR_A1 = nothing']);
check('CM33', ['SCB->CFSR.STKOF = SCB.CFSR@e000ed28 20:20 read-write oneToClear', 'MPU->RLAR.AttrIndx = MPU.RLAR@e000eda0 3:1 read-write', 'SAU->SFSR.INVEP = SAU.SFSR@e000ede4 0:0 read-write oneToClear', 'FPU->FPCCR.LSPENS = FPU.FPCCR@e000ef34 29:29 read-write', 'NVIC_NS->ISER[0] = NVIC_NS.ISER[0]@e002e100 read-write oneToSet', 'TPIU->ACPR = TPI.ACPR@e0040010 read-write', 'ICB->CPPWR = SCnSCB.CPPWR@e000e00c read-write', 'PMU->CTRL = nothing']);
check('CM55', ['PMU->CNTENSET.CNT7_ENABLE = PMU.CNTENSET@e0003c00 7:7 read-write oneToSet', 'DCB->DSCEMCR.CLR_MON_PEND = DCB.DSCEMCR@e000ee00 17:17 write-only', 'SCB->RFSR.V = SCB.RFSR@e000ef04 31:31 read-write', 'FPU->FPDSCR.LTPSIZE = FPU.FPDSCR@e000ef3c 18:16 read-write']);
check('CM85', ['MEMSYSCTL->MSCR = MEMSYSCTL.MSCR@e001e000 read-write']);

test('a hostile file whose NVIC holds a billion registers is completed at once', () => {
  const device = coreDevice('CM4', '<peripheral><name>NVIC</name><baseAddress>0xE000E100</baseAddress><registers><register><dim>1000000000</dim><dimIncrement>4</dimIncrement><name>X[%s]</name><size>32</size><addressOffset>0</addressOffset></register></registers></peripheral>');
  assert.equal(findRegisters(device, 'NVIC->IP[5]').length, 1);
});

test('a RISC-V part\'s file that names an Arm core gets the part\'s own peripherals', () => {
  const { device } = parsePeripherals('', '<cpu><name>CM3</name></cpu>');
  assert.ok(device);
  assert.deepEqual(names(addCorePeripherals({ ...device, name: 'CH32V307' })), ['PFIC', 'STK']);
  assert.deepEqual(names(addCorePeripherals({ ...device, name: 'GD32VF103' })), ['TIMER', 'ECLIC']);
  assert.deepEqual(findRegisters(addCorePeripherals({ ...device, name: 'CH32V003' }), 'SysTick->SR.CNTIF').map(({ place, field }) => [place.address, field?.modifiedWriteValues]), [[0xE000F004n, 'zeroToClear']]);
});

test('a part whose file does not name its core is known by its name', () => {
  const { device } = parsePeripherals('');
  assert.ok(device);
  assert.ok(names(addCorePeripherals({ ...device, name: 'STM32F407VG' })).includes('FPU'));
  assert.ok(!names(addCorePeripherals({ ...device, name: 'STM32F103C8' })).includes('FPU'));
  assert.deepEqual(names(addCorePeripherals({ ...device, name: 'FE310' })), ['CLINT', 'PLIC']);
});

test('registers of the chip\'s other peripherals are not read', () => {
  const { device } = parsePeripherals('<peripheral><name>UART</name><baseAddress>0x40000000</baseAddress></peripheral>', '<cpu><name>CM33</name></cpu>');
  assert.ok(device);
  let reads = 0;
  const watched = device.peripherals.map(peripheral => Object.defineProperty({ ...peripheral }, 'registers', { enumerable: true, get: () => (reads += 1, []) }));
  assert.ok(addCorePeripherals({ ...device, peripherals: watched }).peripherals.length > 10);
  assert.equal(reads, 0);
});
