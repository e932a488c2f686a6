import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { installedSvds } from '../../src/node/installedSvds.ts';
import { zipFile } from './zipFile.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-installed-'));
after(() => { fs.rmSync(root, { recursive: true }); });

/** A machine with these files; what is found, relative to it. */
function check(sentence: string, files: readonly string[], expected: readonly string[], environment: Readonly<Record<string, string>> = {}): void {
  test(sentence, async () => {
    const machine = fs.mkdtempSync(path.join(root, 'machine-'));
    for (const file of files) {
      fs.mkdirSync(path.dirname(path.join(machine, file)), { recursive: true });
      fs.writeFileSync(path.join(machine, file), file.endsWith('.pack') ? zipFile([{ name: 'SVD/AX9.svd', content: Buffer.from('<device/>') }, { name: 'AX9.h', content: Buffer.from('') }]) : '<device/>');
    }
    const found = await installedSvds({ environment: Object.fromEntries(Object.entries(environment).map(([name, folder]) => [name, path.join(machine, folder)])), home: path.join(machine, 'home'), platform: 'linux' });
    assert.deepEqual(found.map(file => path.relative(machine, file)), expected);
  });
}

check('a machine without any tool has none', [], []);
check('an unpacked CMSIS-Pack', ['packs/Keil/STM32F4xx_DFP/2.17.0/CMSIS/SVD/STM32F407.svd'], ['packs/Keil/STM32F4xx_DFP/2.17.0/CMSIS/SVD/STM32F407.svd'], { CMSIS_PACK_ROOT: 'packs' });
check('a CMSIS-Pack as it was downloaded', ['home/.cache/arm/packs/.Download/Vendor.AX_DFP.1.0.0.pack'], ['home/.cache/arm/packs/.Download/Vendor.AX_DFP.1.0.0.pack!/SVD/AX9.svd']);
check('a device pack of Microchip\'s', ['home/.mchp_packs/Microchip/ATmega_DFP/3.0.158/atdf/ATmega328P.atdf'], ['home/.mchp_packs/Microchip/ATmega_DFP/3.0.158/atdf/ATmega328P.atdf']);
check('PlatformIO, in its own folder or where it was moved', ['home/.platformio/platforms/ststm32/misc/svd/STM32F40x.svd', 'pio/platforms/nordicnrf52/misc/svd/nrf52840.svd'], ['pio/platforms/nordicnrf52/misc/svd/nrf52840.svd'], { PLATFORMIO_CORE_DIR: 'pio' });
check('Arduino\'s board packages', ['home/.arduino15/packages/rp2040/hardware/rp2040/3.9.3/svd/rp2040.svd'], ['home/.arduino15/packages/rp2040/hardware/rp2040/3.9.3/svd/rp2040.svd']);
check('the Pico SDK', ['pico/src/rp2040/hardware_regs/RP2040.svd', 'pico/src/rp2350/hardware_regs/RP2350.svd'], ['pico/src/rp2040/hardware_regs/RP2040.svd', 'pico/src/rp2350/hardware_regs/RP2350.svd'], { PICO_SDK_PATH: 'pico' });
check('Zephyr\'s modules', ['zp/modules/hal/nordic/nrfx/mdk/nrf52840.svd', 'zp/zephyr/Kconfig'], ['zp/modules/hal/nordic/nrfx/mdk/nrf52840.svd'], { ZEPHYR_BASE: 'zp/zephyr' });
check('a debugger extension', ['home/.vscode/extensions/vendor.dp-ax-1.0.0/data/SVD/AX1.svd'], ['home/.vscode/extensions/vendor.dp-ax-1.0.0/data/SVD/AX1.svd']);
check('packs come before SDKs', ['home/.platformio/platforms/a/misc/svd/AX1.svd', 'packs/V/P/1/AX2.svd'], ['packs/V/P/1/AX2.svd', 'home/.platformio/platforms/a/misc/svd/AX1.svd'], { CMSIS_PACK_ROOT: 'packs' });
check('a damaged pack hides none of the others', ['home/.cache/arm/packs/V/P/1/AX2.svd', 'home/.cache/arm/packs/.Download/folder.pack/x'], ['home/.cache/arm/packs/V/P/1/AX2.svd']);
