import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packMatchScore } from '../../../src/core/detect/matchPack.ts';

const packs = [
  'STM32F1xx_DFP', 'STM32F4xx_DFP', 'STM32H7xx_DFP', 'STM32G4xx_DFP', 'STM32NUCLEO_BSP', 'nRF_DeviceFamilyPack', 'LPC1700_DFP', 'LPC4300_DFP', 'LPC55S69_DFP', 'MIMXRT1062_DFP', 'MKL25Z4_DFP', 'Kinetis_KLxx_DFP',
  'SAMD21_DFP', 'SAME54_DFP', 'ATmega_DFP', 'ATtiny_DFP', 'XMC1000_DFP', 'XMC4000_DFP', 'GD32F4xx_DFP', 'GD32F10x_DFP', 'GeckoPlatform_EFR32MG24_DFP', 'RP2xxx_DFP', 'AT32F403A_407_DFP', 'MSP432_DFP', 'CMSIS-RTX', 'RA_DFP',
];

/** The packs whose names fit a part, best first. */
function check(part: string, ...expected: readonly string[]): void {
  test(`${part}: ${expected.join(', ') || 'none'}`, () => {
    const ranked = packs.map(name => ({ name, score: packMatchScore(part, name) })).filter(({ score }) => score > 0).sort((left, right) => right.score - left.score);
    assert.deepEqual(ranked.map(({ name }) => name), expected);
  });
}

check('STM32F407VGT6', 'STM32F4xx_DFP');
check('STM32G431KBT6', 'STM32G4xx_DFP');
check('nRF52840_xxAA', 'nRF_DeviceFamilyPack');
check('LPC1768FBD100', 'LPC1700_DFP');
check('LPC55S69JBD100', 'LPC55S69_DFP');
check('MIMXRT1062DVL6A', 'MIMXRT1062_DFP');
check('MKL25Z128VLH4', 'MKL25Z4_DFP', 'Kinetis_KLxx_DFP');
check('ATSAMD21G18A', 'SAMD21_DFP');
check('ATmega328P', 'ATmega_DFP');
check('XMC4800-F144', 'XMC4000_DFP');
check('GD32F450ZIT6', 'GD32F4xx_DFP');
check('GD32F103C8T6', 'GD32F10x_DFP');
check('EFR32MG24B210F1536IM48', 'GeckoPlatform_EFR32MG24_DFP');
check('RP2040', 'RP2xxx_DFP');
check('AT32F403AVGT7', 'AT32F403A_407_DFP');
check('MSP432P401R', 'MSP432_DFP');
check('ESP32-S3');
