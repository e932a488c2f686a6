import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { installedSvds } from '../../src/node/installedSvds.ts';
import { zipFile } from './zipFile.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-installed-'));
after(() => { fs.rmSync(root, { recursive: true }); });

const pack = zipFile([
  { name: 'SVD/AX9.svd', content: Buffer.from('<device/>') }, { name: 'AX9.h', content: Buffer.from('') },
  { name: 'Vendor.AX_DFP.pdsc', content: Buffer.from('<package><devices><family><device Dname="AX9"><debug svd="SVD/AX9.svd"/></device></family></devices></package>') },
]);

/** A machine with these files; what is found, relative to it. */
function check(sentence: string, files: readonly (string | { readonly name: string; readonly content: string | Buffer })[], expected: readonly string[], environment: Readonly<Record<string, string>> = {}): void {
  test(sentence, async () => {
    const machine = fs.mkdtempSync(path.join(root, 'machine-'));
    for (const file of files) {
      const { name, content } = typeof file === 'string' ? { name: file, content: file.endsWith('.pack') ? pack : '<device/>' } : file;
      fs.mkdirSync(path.dirname(path.join(machine, name)), { recursive: true });
      fs.writeFileSync(path.join(machine, name), content);
    }
    const found = await installedSvds({ environment: Object.fromEntries(Object.entries(environment).map(([name, folder]) => [name, path.join(machine, folder)])), home: path.join(machine, 'home'), platform: 'linux' });
    assert.deepEqual(found.map(({ file, place, parts, fault }) => `${path.relative(machine, file)}${parts === undefined ? '' : ` (${parts.join(' ')})`} ${fault?.replaceAll(machine, '') ?? place}`), expected);
  });
}

const damaged = (file: string, reason: string) => `${file} /${file} cannot be read as a CMSIS-Pack (${reason}). Fetch it again, or choose the .svd file itself.`;
const packed = 'in an installed CMSIS-Pack';
const list = '<package><devices><family><device Dname="AX1"><debug svd="SVD/AX1.svd"/></device><device Dname="AX9"><debug svd="SVD/AX9.svd"/></device></family></devices></package>';
const outside = '<package><devices><family><device Dname="AX1"><debug svd="../../../../AX1.svd"/></device><device Dname="AX2"><debug svd="/etc/AX2.svd"/></device></family></devices></package>';

check('a machine without any tool has none', [], []);
check('an unpacked CMSIS-Pack with its list', ['packs/V/AX_DFP/2.17.0/SVD/AX1.svd', { name: 'packs/V/AX_DFP/2.17.0/V.AX_DFP.pdsc', content: list }], [`packs/V/AX_DFP/2.17.0/SVD/AX1.svd (AX1) ${packed}`, `packs/V/AX_DFP/2.17.0/SVD/AX9.svd (AX9) ${packed}`], { CMSIS_PACK_ROOT: 'packs' });
check('only the newest version of a pack', [{ name: 'packs/V/AX_DFP/2.9.0/V.AX_DFP.pdsc', content: list }, { name: 'packs/V/AX_DFP/2.17.0/V.AX_DFP.pdsc', content: list }, 'packs/.Download/V.AX_DFP.2.17.0.pack', 'packs/.Download/V.AX_DFP.2.3.0.pack'], [`packs/V/AX_DFP/2.17.0/SVD/AX1.svd (AX1) ${packed}`, `packs/V/AX_DFP/2.17.0/SVD/AX9.svd (AX9) ${packed}`], { CMSIS_PACK_ROOT: 'packs' });
check('a pack that was downloaded after the unpacked one', [{ name: 'packs/V/AX_DFP/2.9.0/V.AX_DFP.pdsc', content: list }, 'packs/.Download/V.AX_DFP.2.17.0.pack'], [`packs/.Download/V.AX_DFP.2.17.0.pack!/SVD/AX9.svd (AX9) ${packed}`], { CMSIS_PACK_ROOT: 'packs' });
check('a list that names files outside its pack', [{ name: 'packs/V/AX_DFP/2.9.0/V.AX_DFP.pdsc', content: outside }], ['packs/V/AX_DFP/2.9.0/V.AX_DFP.pdsc /packs/V/AX_DFP/2.9.0/V.AX_DFP.pdsc cannot be used in full (its list names ../../../../AX1.svd, which lies outside the pack). Install the pack again, or choose the .svd file itself.'], { CMSIS_PACK_ROOT: 'packs' });
check('an unpacked CMSIS-Pack without its list', ['packs/Keil/STM32F4xx_DFP/2.17.0/CMSIS/SVD/STM32F407.svd'], [`packs/Keil/STM32F4xx_DFP/2.17.0/CMSIS/SVD/STM32F407.svd ${packed}`], { CMSIS_PACK_ROOT: 'packs' });
check('a CMSIS-Pack as it was downloaded', ['home/.cache/arm/packs/.Download/Vendor.AX_DFP.1.0.0.pack'], [`home/.cache/arm/packs/.Download/Vendor.AX_DFP.1.0.0.pack!/SVD/AX9.svd (AX9) ${packed}`]);
check('a CMSIS-Pack of pyOCD\'s', ['home/.local/share/cmsis-pack-manager/Vendor/AX_DFP/1.0.0.pack'], [`home/.local/share/cmsis-pack-manager/Vendor/AX_DFP/1.0.0.pack!/SVD/AX9.svd (AX9) ${packed}`]);
check('a device pack of Microchip\'s', ['home/.mchp_packs/Microchip/ATmega_DFP/3.0.158/atdf/ATmega328P.atdf'], [`home/.mchp_packs/Microchip/ATmega_DFP/3.0.158/atdf/ATmega328P.atdf ${packed}`]);
check('PlatformIO, in its own folder or where it was moved', ['home/.platformio/platforms/ststm32/misc/svd/STM32F40x.svd', 'pio/platforms/nordicnrf52/misc/svd/nrf52840.svd'], ['pio/platforms/nordicnrf52/misc/svd/nrf52840.svd of PlatformIO'], { PLATFORMIO_CORE_DIR: 'pio' });
check('Arduino\'s board packages', ['home/.arduino15/packages/rp2040/hardware/rp2040/3.9.3/svd/rp2040.svd'], ['home/.arduino15/packages/rp2040/hardware/rp2040/3.9.3/svd/rp2040.svd of Arduino']);
check('the Pico SDK', ['pico/src/rp2040/hardware_regs/RP2040.svd', 'pico/src/rp2350/hardware_regs/RP2350.svd'], ['pico/src/rp2040/hardware_regs/RP2040.svd of the Pico SDK', 'pico/src/rp2350/hardware_regs/RP2350.svd of the Pico SDK'], { PICO_SDK_PATH: 'pico' });
check('Zephyr\'s modules', ['zp/modules/hal/nordic/nrfx/mdk/nrf52840.svd', 'zp/zephyr/Kconfig'], ['zp/modules/hal/nordic/nrfx/mdk/nrf52840.svd of Zephyr\'s modules'], { ZEPHYR_BASE: 'zp/zephyr' });
check('a debugger extension', ['home/.vscode/extensions/vendor.dp-ax-1.0.0/data/SVD/AX1.svd'], ['home/.vscode/extensions/vendor.dp-ax-1.0.0/data/SVD/AX1.svd of a debugger extension']);
check('packs come before SDKs', ['home/.platformio/platforms/a/misc/svd/AX1.svd', 'packs/V/P/1/AX2.svd'], [`packs/V/P/1/AX2.svd ${packed}`, 'home/.platformio/platforms/a/misc/svd/AX1.svd of PlatformIO'], { CMSIS_PACK_ROOT: 'packs' });
check('a damaged pack hides none of the others', ['home/.cache/arm/packs/V/P/1/AX2.svd', 'home/.cache/arm/packs/.Download/folder.pack/x'], [damaged('home/.cache/arm/packs/.Download/folder.pack', 'EISDIR: illegal operation on a directory, read'), `home/.cache/arm/packs/V/P/1/AX2.svd ${packed}`]);
check('a pack that was cut off is named with the reason, and the version before it is used', [{ name: 'packs/.Download/Vendor.AX_DFP.1.0.0.pack', content: pack }, { name: 'packs/.Download/Vendor.AX_DFP.2.0.0.pack', content: pack.subarray(0, 200) }],
  [`packs/.Download/Vendor.AX_DFP.1.0.0.pack!/SVD/AX9.svd (AX9) ${packed}`, damaged('packs/.Download/Vendor.AX_DFP.2.0.0.pack', 'End of central directory record signature not found. Either not a zip file, or file is truncated')], { CMSIS_PACK_ROOT: 'packs' });
check('a web page in place of a pack', [{ name: 'packs/V.AX_DFP.1.0.0.pack', content: '<html>Sign in</html>' }], [damaged('packs/V.AX_DFP.1.0.0.pack', 'End of central directory record signature not found. Either not a zip file, or file is truncated')], { CMSIS_PACK_ROOT: 'packs' });
check('a pack whose files lead out of it', [{ name: 'packs/V.AX_DFP.1.0.0.pack', content: zipFile([{ name: '../../AX9.svd', content: Buffer.from('<device/>') }]) }], [damaged('packs/V.AX_DFP.1.0.0.pack', 'invalid relative path: ../../AX9.svd')], { CMSIS_PACK_ROOT: 'packs' });
check('a pack whose list unfolds without end', [{ name: 'packs/V.AX_DFP.1.0.0.pack', content: zipFile([{ name: 'SVD/AX9.svd', content: Buffer.from('<device/>') }, { name: 'V.AX_DFP.pdsc', content: Buffer.from('<package/>'), statedSize: 200_000_000 }]) }],
  [`packs/V.AX_DFP.1.0.0.pack!/SVD/AX9.svd ${packed}`, damaged('packs/V.AX_DFP.1.0.0.pack', 'V.AX_DFP.pdsc would unfold to 200000000 bytes from 12')], { CMSIS_PACK_ROOT: 'packs' });

test('a variable that names the root of the disk or no absolute path is not searched', async () => {
  const found = await installedSvds({ environment: { CMSIS_PACK_ROOT: '/', IDF_PATH: '/', PICO_SDK_PATH: '.', PLATFORMIO_CORE_DIR: '' }, home: path.join(root, 'none'), platform: 'linux' });
  assert.deepEqual(found, []);
});

test('a search can be given up', async () => {
  const machine = fs.mkdtempSync(path.join(root, 'machine-'));
  await assert.rejects(installedSvds({ environment: {}, home: machine, platform: 'linux' }, AbortSignal.abort()), { name: 'AbortError' });
});
