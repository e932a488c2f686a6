// Core peripherals on real vendors' files: what they lack is there, what they have is completed and not doubled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCorePeripherals } from '../../../src/core/device/corePeripherals.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { realDevice } from './realDevice.ts';

/** `query = PATH@address effect`; `nothing` where there is none. */
function check(file: string, expected: readonly string[]): void {
  const bare = realDevice(file);
  test(`${file}: ${expected.join('; ')}`, { skip: bare === undefined && 'the file is not here' }, () => {
    if (bare === undefined) return;
    const device = addCorePeripherals(bare);
    assert.deepEqual(expected.map(line => {
      const [query = ''] = line.split(' = ');
      const found = findRegisters(device, query).map(({ place, field }) => [`${place.path}@${place.address.toString(16)}`, (field ?? place.register).modifiedWriteValues, (field ?? place.register).readAction].filter(part => part !== undefined).join(' '));
      return `${query} = ${found.length === 0 ? 'nothing' : found.join(', ')}`;
    }), expected);
    const names = device.peripherals.map(({ name }) => name);
    assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
  });
}

check('STM32F103.svd', ['SysTick->CTRL.COUNTFLAG = SysTick.CTRL@e000e010 clear', 'STK->VAL = SysTick.VAL@e000e018 clear', 'NVIC->ISER[1] = NVIC.ISER1@e000e104 oneToSet', 'NVIC->IP[38] = NVIC.IP[38]@e000e426', 'NVIC->STIR = NVIC.STIR@e000ef00', 'SCB->SHCSR = SCB.SHCSR@e000ed24', 'SCB_SHPR1 = SCB.SHPR1@e000ed18', 'SCB_AIRCR_VECTKEY_Msk = SCB.AIRCR@e000ed0c', 'SCB_AIRCR_VECTKEYSTAT_Msk = SCB.AIRCR@e000ed0c', 'SCB->SHP[1] = SCB.SHPR[1]@e000ed19', 'SCB->CFSR.DIVBYZERO = SCB.CFSR@e000ed28 oneToClear', 'SCnSCB->ACTLR = SCnSCB.ACTLR@e000e008', 'MPU->TYPE = MPU.TYPE@e000ed90', 'MPU->RASR_A3 = MPU.RASR_A3@e000edb8', 'FPU->FPCCR = nothing']);
check('STM32F407.svd', ['FPU->FPCCR = FPU.FPCCR@e000ef34', 'SCB->CPACR.CP10 = SCB.CPACR@e000ed88', 'NVIC->ICPR[2] = NVIC.ICPR[2]@e000e288 oneToClear', 'ITM->PORT[0] = ITM.PORT[0]@e0000000 modifyExternal', 'DWT->CYCCNT = DWT.CYCCNT@e0001004', 'TPI->ACPR = TPI.ACPR@e0040010', 'CoreDebug->DEMCR.TRCENA = CoreDebug.DEMCR@e000edfc', 'SAU->CTRL = nothing']);
check('STM32H753.svd', ['SCB->DCCIMVAC = SCB.DCCIMVAC@e000ef70', 'SCB->ITCMCR = SCB.ITCMCR@e000ef90', 'SCB->CCR.DC = SCB.CCR@e000ed14', 'NVIC->IPR[149] = NVIC.IP[149]@e000e495']);
check('STM32G431.svd', ['SCB->HFSR.FORCED = SCB.HFSR@e000ed2c oneToClear', 'SysTick->LOAD = SysTick.LOAD@e000e014']);
check('STM32H573.svd', ['SAU->RLAR.NSC = SAU.RLAR@e000ede0', 'NVIC->ITNS[0] = NVIC.ITNS[0]@e000e380', 'CFSR = SCB.CFSR@e000ed28', 'SCB_NS->VTOR = SCB_NS.VTOR@e002ed08', 'MPU->MAIR1 = MPU.MAIR1@e000edc4', 'CoreDebug->DHCSR.S_RESET_ST = DCB.DHCSR@e000edf0 clear', 'MPU->RASR = nothing']);
check('STM32N657.svd', ['PMU->CCNTR = PMU.CCNTR@e000307c', 'MEMSYSCTL->MSCR = MEMSYSCTL.MSCR@e001e000', 'NVIC->IPR[194] = NVIC.IPR[194]@e000e4c2', 'DWT->COMP7 = DWT.COMP7@e0001090']);
check('STM32U5Gx.svd', ['DCB->DSCSR = DCB.DSCSR@e000ee08', 'DCB->DEMCR = DCB.DEMCR@e000edfc']);
check('RP2040.svd', ['PPB->NVIC_ISER.SETENA = PPB.NVIC_ISER@e000e100 oneToSet', 'PPB->SYST_CSR.COUNTFLAG = PPB.SYST_CSR@e000e010 clear', 'SysTick->CTRL.ENABLE = SysTick.CTRL@e000e010', 'NVIC->IPR[7] = NVIC.IP[7]@e000e41c', 'SCB->VTOR = SCB.VTOR@e000ed08', 'SCB->CFSR = nothing']);
check('nrf52840.svd', ['FPU->FPCCR = Core_FPU.FPCCR@e000ef34', 'NVIC->ISER[0] = NVIC.ISER[0]@e000e100 oneToSet']);
check('ATSAMD51G18A.svd', ['SysTick->VAL = SysTick.VAL@e000e018 clear', 'NVIC->IP[135] = NVIC.IP[135]@e000e487', 'SCB->AIRCR = SCB.AIRCR@e000ed0c']);
check('GD32VF103.svd', ['TIMER->MTIME = TIMER.MTIME@d1000000', 'ECLIC->MTH = ECLIC.MTH@d200000b', 'SCB->VTOR = nothing']);
check('e310x.svd', ['PLIC->claim = PLIC.claim@c200004 modifyExternal', 'PLIC->priority[52] = PLIC.priority[52]@c0000d0', 'CLINT->mtime = CLINT.mtime@200bff8']);
check('k210.svd', ['PLIC->targets[0].claim = PLIC.targets[0].claim@c200004 modifyExternal', 'CLINT->msip[1] = CLINT.msip[1]@2000004']);
check('D1-H.svd', ['PLIC->mclaim = PLIC.mclaim@10200004 modifyExternal', 'PLIC->sclaim = PLIC.sclaim@10201004 modifyExternal']);
