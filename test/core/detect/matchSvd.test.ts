// Which SVD file describes a part, and which one a workspace uses.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { chooseSvd, type SvdChoices } from '../../../src/core/detect/chooseSvd.ts';
import type { DetectedDevice } from '../../../src/core/detect/detectDevice.ts';
import { matchSvd, rankSvds } from '../../../src/core/detect/matchSvd.ts';

function check(part: string, files: string, expected: string | undefined): void {
  test(`${part} among ${files}: ${expected ?? 'none'}`, () => { assert.equal(matchSvd(part, files.split(' ')), expected); });
}

check('STM32F407VGT6', 'STM32F405.svd STM32F407.svd STM32F40x.svd', 'STM32F407.svd');
check('STM32F407VGT6', 'STM32F103.svd STM32F40x.svd STM32F4x7.svd', 'STM32F40x.svd');
check('STM32F407VGT6', 'STM32F4x7.svd STM32F41x.svd', 'STM32F4x7.svd');
check('STM32F407VGT6', 'STM32F405.svd STM32F417.svd STM32F4.svd STM32F47x.svd STM32F411.svd', undefined);
check('STM32F407VGT6', '/lib/st/stm32f407.svd', '/lib/st/stm32f407.svd');
check('STM32F407VGT6', 'stm32f407.svd.patched stm32f446.svd.patched', 'stm32f407.svd.patched');
check('STM32F103xB', 'STM32F101.svd STM32F103.svd', 'STM32F103.svd');
check('STM32F103CBT6', 'STM32F103x8.svd STM32F103xB.svd', 'STM32F103xB.svd');
check('STM32F4', 'STM32F407.svd STM32F429.svd', undefined);
check('STM32L476RG', 'STM32L4x6.svd STM32L4x5.svd STM32L4x1.svd', 'STM32L4x6.svd');
check('STM32U5G9ZJT6', 'STM32U5Gx.svd STM32U575.svd', 'STM32U5Gx.svd');
check('STM32H745ZI', 'STM32H745_CM4.svd STM32H745_CM7.svd', 'STM32H745_CM7.svd');
check('STM32WBA52CGU6', 'STM32WB55.svd STM32WB.svd', undefined);
check('nRF52840_xxAA', 'nrf52.svd nrf52833.svd nrf52840.svd', 'nrf52840.svd');
check('nRF52840', 'nrf52.svd nrf52833.svd', undefined);
check('nRF52832_xxAA', 'nrf51.svd nrf52.svd nrf52840.svd', 'nrf52.svd');
check('nRF5340_xxAA', 'nrf5340_network.svd nrf5340_application.svd', 'nrf5340_application.svd');
check('ESP32-C3', 'esp32.svd esp32s3.svd esp32c3.svd', 'esp32c3.svd');
check('ESP32-C3', 'esp32.svd esp32s3.svd', undefined);
check('ESP32', 'esp32c3.svd esp32s3.svd', undefined);
check('ESP32-WROOM-32', 'esp32c3.svd esp32.svd', 'esp32.svd');
check('RP2040', 'rp2040-old.svd RP2040.svd RP2350.svd', 'RP2040.svd');
check('ATSAMD21G18A', 'ATSAMD21E18A.svd ATSAMD51G18A.svd ATSAMD21G18A.svd', 'ATSAMD21G18A.svd');
check('ATSAMD51G19A', 'ATSAMD51G18A.svd', 'ATSAMD51G18A.svd');
check('ATSAMD51G19A', 'ATSAMD51G18A.svd ATSAMD51J19A.svd ATSAMD51G19A.svd', 'ATSAMD51G19A.svd');
check('ATSAMD51G19A', 'ATSAMD21G18A.svd', undefined);
check('ATmega328P', 'ATmega328PB.svd ATmega328P.svd', 'ATmega328P.svd');
check('ATmega328PB', 'ATmega328P.svd', undefined);
check('MK64FN1M0VLL12', 'MK64F12.svd MK21D5.svd', 'MK64F12.svd');
check('GD32VF103CBT6', 'GD32F103.svd GD32VF103.svd', 'GD32VF103.svd');
check('LPC55S69JBD100', 'LPC55S69_cm33_core1.svd LPC55S69_cm33_core0.svd LPC5502.svd', 'LPC55S69_cm33_core0.svd');
check('R7FA4M1AB3CFM', 'R7FA4M1AB.svd R7FA6M5BH.svd', 'R7FA4M1AB.svd');
check('FE310-G002', 'e310x.svd k210.svd', 'e310x.svd');
check('XMC4800-F144K2048', 'XMC4500.svd XMC4800.svd', 'XMC4800.svd');
check('MAX32650', 'max32650.svd', 'max32650.svd');

// Vendors' own ways of naming files
check('GD32F303RC', 'GD32F30x_CL.svd GD32F30x_HD.svd GD32F30x_XD.svd', 'GD32F30x_HD.svd');
check('GD32F303CGT6', 'GD32F30x_CL.svd GD32F30x_HD.svd GD32F30x_XD.svd', 'GD32F30x_XD.svd');
check('GD32F307VCT6', 'GD32F30x_HD.svd GD32F30x_XD.svd GD32F30x_CL.svd', 'GD32F30x_CL.svd');
check('GD32F103C8T6', 'GD32F10x_CL.svd GD32F10x_HD.svd GD32F10x_MD.svd', 'GD32F10x_MD.svd');
check('GD32F103RET6', 'GD32F10x_CL.svd GD32F10x_MD.svd', undefined);
check('GD32E503CET6', 'GD32E50X_CL.svd GD32E50X_HD.svd', 'GD32E50X_HD.svd');
check('GD32A503CBT3', 'GD32A50X.svd', 'GD32A50X.svd');
check('GD32H737IMK6', 'GD32H7XX.svd', 'GD32H7XX.svd');
check('STM32F103RE', 'STM32F10X_MD.svd STM32F10X_HD.svd', 'STM32F10X_HD.svd');
check('CH32V203C8T6', 'CH32V00xxx.svd CH32V20xxx.svd CH32V30xxx.svd', 'CH32V20xxx.svd');
check('CH32X033F8P6', 'CH32X035xx.svd', 'CH32X035xx.svd');
check('CH571D', 'CH56Xxx.svd CH57Xxx.svd', 'CH57Xxx.svd');
check('AT32F403AVGT7', 'AT32F403xx_v2.svd AT32F403Axx_v2.svd', 'AT32F403Axx_v2.svd');
check('AT32F403VGT6', 'AT32F403Axx_v2.svd AT32F403xx_v2.svd', 'AT32F403xx_v2.svd');
check('LPC1768', 'LPC178x_7x.svd LPC176x5x_v0.2.svd', 'LPC176x5x_v0.2.svd');
check('LPC1758', 'LPC178x_7x.svd LPC176x5x_v0.2.svd', 'LPC176x5x_v0.2.svd');
check('LPC1778', 'LPC178x_7x.svd', 'LPC178x_7x.svd');
check('LPC4078', 'LPC408x_7x_v0.7.svd', 'LPC408x_7x_v0.7.svd');
check('LPC43S67', 'LPC43xx_43Sxx.svd', 'LPC43xx_43Sxx.svd');
check('LPC812', 'LPC800_v0.3.svd', 'LPC800_v0.3.svd');
check('LPC11U68', 'LPC11Uxx_v7.svd LPC11xx_v6.svd', undefined);
check('LPC1114', 'LPC11Uxx_v7.svd LPC11xx_v6.svd', 'LPC11xx_v6.svd');
check('MKL25Z128VLK4', 'MKL24Z4.svd MKL25Z4.svd', 'MKL25Z4.svd');
check('MK22FN512VLH12', 'MK22F25612.svd MK22F51212.svd', 'MK22F51212.svd');
check('MIMXRT1062DVL6A', 'MIMXRT1052.svd MIMXRT1062.svd', 'MIMXRT1062.svd');
check('R7FA6M1AD3CFP', 'R7FA6M1AD.svd R7FA6M2AF.svd', 'R7FA6M1AD.svd');
check('EFR32MG24B210F1536IM48', 'EFR32MG24A010F1024IM40.svd EFR32MG24B210F1536IM48.svd', 'EFR32MG24B210F1536IM48.svd');
check('MSP432P401R', 'MSP432P4011.svd MSP432P401R.svd', 'MSP432P401R.svd');
check('XMC4800-F144x2048', 'XMC4700.svd XMC4800.svd', 'XMC4800.svd');
check('CY8C6347BZI-BLD53', 'psoc62.svd psoc63.svd', 'psoc63.svd');
check('CY8C624ABZI-D44', 'psoc6_01.svd psoc6_02.svd', 'psoc6_02.svd');
check('K210', 'k210.svd', 'k210.svd');
check('ESP32-S3-WROOM', 'esp32.svd esp32s3-ulp.svd esp32s3.svd', 'esp32s3.svd');
check('RP2350', 'rp2040.svd RP2350.svd', 'RP2350.svd');
check('CC1310F128', 'CC13x0.svd CC26x0.svd', 'CC13x0.svd');
check('STM32L151CCU6', 'STM32L1xx.svd STM32L15xC.svd', 'STM32L15xC.svd');
check('STM32L152RBT6A', 'STM32L15xxE.svd STM32L15xxxA.svd', 'STM32L15xxxA.svd');
check('STM32F469NIH6', 'STM32F40x.svd STM32F46_79x.svd', 'STM32F46_79x.svd');
check('STM32WLE5JC', 'STM32WL55_CM4.svd STM32WLE5.svd STM32WLE5_CM4.svd', 'STM32WLE5.svd');

// Files that a wildcard seems to take in, of chips with other registers
check('STM32F401CCU6', 'STM32F40x.svd', undefined);
check('STM32F411CEU6', 'STM32F41x.svd', undefined);
check('STM32F417VGT6', 'STM32F41x.svd', 'STM32F41x.svd');
check('STM32H735IGK6', 'STM32H7x5_CM7.svd', undefined);
check('nRF54L15', 'nrf54h20.svd nrf5340_application.svd', undefined);

// The nearest variant, where there is no better
function checkNote(part: string, file: string, note: RegExp): void {
  test(`${part} and ${file}`, () => { assert.match(rankSvds(part, [file])[0]?.note ?? '', note); });
}
checkNote('ATSAMD21G18A', 'ATSAMD21E18A.svd', /close: of the E variant, not G/);
checkNote('ATSAMD21G17A', 'ATSAMD21G18A.svd', /close: with memory size 18, not 17/);
checkNote('TM4C123GH6PM', 'TM4C123GH6PGE.svd', /close: of the PGE variant, not PM/);
checkNote('STM32F439ZIT6', 'STM32F429.svd', /close: of STM32F429, which lacks the crypto units/);
checkNote('STM32F412CE', 'STM32F412xG.svd', /close: with memory code G, not E/);

function checkChoice(name: string, detected: { readonly device?: string; readonly svdHints?: DetectedDevice['svdHints'] }, choices: Omit<Partial<SvdChoices>, 'library'> & { readonly library?: readonly string[] }, expected: string | undefined): void {
  test(name, () => {
    const found = chooseSvd({ sources: [], candidates: [], svdHints: [], problems: [], ...detected }, { workspaceFiles: [], ...choices, library: (choices.library ?? []).map(file => ({ file, place: path.dirname(file) })) });
    assert.equal(found?.file, expected);
    assert.notEqual(found?.why, '');
  });
}

const hint = (file: string) => ({ svdHints: [{ file, from: '.vscode/launch.json' }] });
checkChoice('the setting comes first', { device: 'STM32F407VGT6', ...hint('a.svd') }, { setting: '/home/x/mine.svd', workspaceFiles: ['a.svd', 'STM32F407.svd'] }, '/home/x/mine.svd');
checkChoice('then the debug configuration', { device: 'STM32F407VGT6', ...hint('svd/a.svd') }, { workspaceFiles: ['STM32F407.svd', 'svd/a.svd'] }, 'svd/a.svd');
checkChoice('a hint by an absolute path', hint('/opt/svd/b.svd'), {}, '/opt/svd/b.svd');
checkChoice('a hint by an absolute path of Windows', hint('C:\\svd\\b.svd'), {}, 'C:/svd/b.svd');
checkChoice('a hint to a file that is not there', { device: 'RP2040', ...hint('gone.svd') }, { library: ['/l/RP2040.svd'] }, '/l/RP2040.svd');
checkChoice('a hint found by name in the library', hint('deep/rp2040.svd'), { library: ['/l/RP2040.svd'] }, '/l/RP2040.svd');
checkChoice('the workspace before the library', { device: 'STM32F407VGT6' }, { workspaceFiles: ['hw/STM32F40x.svd'], library: ['/l/STM32F407.svd'] }, 'hw/STM32F40x.svd');
checkChoice('the library, when the workspace\'s file is another chip\'s', { device: 'STM32F407VGT6' }, { workspaceFiles: ['STM32F103.svd'], library: ['/l/STM32F407.svd'] }, '/l/STM32F407.svd');
checkChoice('nothing, when the only file is another chip\'s', { device: 'STM32F407VGT6' }, { workspaceFiles: ['STM32F103.svd'] }, undefined);
checkChoice('the only file, when no chip is known', {}, { workspaceFiles: ['main.c', 'AX32.svd'] }, 'AX32.svd');
checkChoice('the only file, when its name says no chip', { device: 'STM32F407VGT6' }, { workspaceFiles: ['device.svd'] }, 'device.svd');
checkChoice('nothing, among several that fit nothing', {}, { workspaceFiles: ['a.svd', 'b.svd'] }, undefined);
checkChoice('nothing from the library without a chip', {}, { library: ['/l/only.svd'] }, undefined);
checkChoice('the first place, though a later one has a nearer name', { device: 'STM32F407VGT6' }, { library: ['/packs/STM32F40x.svd', '/pio/STM32F407.svd'] }, '/packs/STM32F40x.svd');
checkChoice('a later place, when the first has only a variant', { device: 'ATSAMD21G18A' }, { library: ['/packs/ATSAMD21E18A.svd', '/pio/ATSAMD21G18A.svd'] }, '/pio/ATSAMD21G18A.svd');

function checkListed(sentence: string, device: string, library: SvdChoices['library'], expected: readonly string[]): void {
  test(sentence, () => {
    const chosen = chooseSvd({ device, sources: [], candidates: [], svdHints: [], problems: [] }, { workspaceFiles: [], library });
    assert.deepEqual([chosen, ...chosen?.others ?? []].flatMap(offer => (offer === undefined ? [] : [offer.file])), expected);
  });
}

const inPack = (file: string, ...parts: string[]) => ({ file, parts, place: 'in an installed CMSIS-Pack' });
checkListed('a pack\'s own list comes before names', 'STM32F417VGT6', [inPack('STM32F41x.svd'), inPack('STM32F4_all.svd', 'STM32F407VG', 'STM32F417VG')], ['STM32F4_all.svd', 'STM32F41x.svd']);
checkListed('a part told less exactly than the list', 'STM32F417', [inPack('odd.svd', 'STM32F417VGTx')], ['odd.svd']);
checkListed('a family is not looked up in the list', 'STM32F4', [inPack('odd.svd', 'STM32F417VGTx')], []);
checkListed('the core that runs the application', 'LPC55S69JBD100', [inPack('LPC55S69_cm33_core1.xml', 'LPC55S69JBD100'), inPack('LPC55S69_cm33_core0.xml', 'LPC55S69JBD100')], ['LPC55S69_cm33_core0.xml', 'LPC55S69_cm33_core1.xml']);
checkListed('a pack that cannot be read is nothing to choose', 'STM32F407VGT6', [{ file: 'STM32F407.pack', place: 'in an installed CMSIS-Pack', fault: 'STM32F407.pack cannot be read' }, inPack('STM32F407.svd')], ['STM32F407.svd']);
checkListed('the others are named', 'RP2040', [inPack('RP2040.svd'), { file: 'rp2040-old.svd', place: 'in the SVD folders' }], ['RP2040.svd', 'rp2040-old.svd']);
