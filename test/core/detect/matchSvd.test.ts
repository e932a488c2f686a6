// Which SVD file describes a part, and which one a workspace uses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseSvd, type SvdChoices } from '../../../src/core/detect/chooseSvd.ts';
import type { DetectedDevice } from '../../../src/core/detect/detectDevice.ts';
import { matchSvd } from '../../../src/core/detect/matchSvd.ts';

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
check('ATSAMD51G19A', 'ATSAMD51G18A.svd', undefined);
check('ATmega328P', 'ATmega328PB.svd ATmega328P.svd', 'ATmega328P.svd');
check('ATmega328PB', 'ATmega328P.svd', undefined);
check('MK64FN1M0VLL12', 'MK64F12.svd MK21D5.svd', 'MK64F12.svd');
check('GD32VF103CBT6', 'GD32F103.svd GD32VF103.svd', 'GD32VF103.svd');
check('LPC55S69JBD100', 'LPC55S69_cm33_core1.svd LPC55S69_cm33_core0.svd LPC5502.svd', 'LPC55S69_cm33_core0.svd');
check('R7FA4M1AB3CFM', 'R7FA4M1AB.svd R7FA6M5BH.svd', 'R7FA4M1AB.svd');
check('FE310-G002', 'e310x.svd k210.svd', 'e310x.svd');
check('XMC4800-F144K2048', 'XMC4500.svd XMC4800.svd', 'XMC4800.svd');
check('MAX32650', 'max32650.svd', 'max32650.svd');

function checkChoice(name: string, detected: { readonly device?: string; readonly svdHints?: DetectedDevice['svdHints'] }, choices: Partial<SvdChoices>, expected: string | undefined): void {
  test(name, () => {
    const found = chooseSvd({ sources: [], candidates: [], svdHints: [], problems: [], ...detected }, { workspaceFiles: [], library: [], ...choices });
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
