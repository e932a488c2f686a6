// Small workspaces in memory, and the chip each of them is for.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { detectDevice } from '../../../src/core/detect/detectDevice.ts';
import { memoryHost } from '../../memoryHost.ts';

interface Expected {
  readonly device?: string | undefined;
  readonly core?: string | undefined;
  readonly buildSystem?: string | undefined;
  readonly rtos?: string | undefined;
  /** The first source, as `file:line evidence`. */
  readonly source?: string;
  readonly svd?: string;
  readonly candidates?: readonly string[];
  readonly problem?: RegExp;
}

function check(name: string, files: Readonly<Record<string, string | Uint8Array | Error>>, expected: Expected & { readonly chosen?: string }): void {
  test(name, async () => {
    const found = await detectDevice(memoryHost(files), Object.keys(files), expected.chosen);
    const [source] = found.sources;
    const seen: Record<string, unknown> = {
      device: found.device, core: found.core, buildSystem: found.buildSystem, rtos: found.rtos, chosen: expected.chosen,
      source: source === undefined ? undefined : `${source.file}:${source.line ?? ''} ${source.evidence}`,
      svd: found.svdHints[0]?.file, candidates: found.candidates.map(candidate => candidate.name), problem: expected.problem,
    };
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map(key => [key, seen[key]])), { ...expected });
    if (expected.problem === undefined) assert.deepEqual(found.problems, []);
    else assert.match(found.problems.map(problem => problem.message).join('\n'), expected.problem);
  });
}

// PlatformIO
check('a board of the table', { 'platformio.ini': '; comment\n[env:discovery]\nplatform = ststm32\nboard = disco_f407vg\n' }, { device: 'STM32F407VGT6', core: 'Cortex-M4F', buildSystem: 'PlatformIO', source: 'platformio.ini:4 board = disco_f407vg' });
for (const part of ['PIC18F25K83', 'PIC16LF1455', 'dsPIC33CH128MP508', 'dsPIC30F4013', 'PIC24FJ128GA010']) {
  check(`MPLAB X for a ${part}`, { 'nbproject/configurations.xml': `<configurationDescriptor>\n<toolsSet>\n<targetDevice>${part}</targetDevice>\n</toolsSet></configurationDescriptor>\n` }, { device: part });
}
check('a board by rule', { 'platformio.ini': '[env:a]\nboard = nucleo_f446re\n' }, { device: 'STM32F446RE' });
check('a generic board', { 'platformio.ini': '[env:a]\nboard = genericSTM32F407VGT6\n' }, { device: 'STM32F407VGT6' });
check('an AVR board', { 'platformio.ini': '[env:uno]\nboard = uno\nframework = arduino\n' }, { device: 'ATmega328P', core: 'AVR', rtos: undefined });
check('an ESP32 board', { 'platformio.ini': '[env:e]\nboard = esp32dev\nframework = espidf\n' }, { device: 'ESP32', core: 'Xtensa LX6', rtos: 'FreeRTOS' });
check('the mcu of an own board', { 'platformio.ini': '[env:a]\nboard = our_board_3\nboard_build.mcu = stm32g431cbu6\n' }, { device: 'STM32G431CBU6', core: 'Cortex-M4F' });
check('build flags over several lines', { 'platformio.ini': '[env:a]\nboard = ours\nbuild_flags =\n  -Wall\n  -DSTM32L476xx\n' }, { device: 'STM32L476', source: 'platformio.ini:5 -DSTM32L476xx' });
check('the default environment first', { 'platformio.ini': '[platformio]\ndefault_envs = b\n[env:a]\nboard = bluepill_f103c8\n[env:b]\nboard = pico\n' }, { device: 'RP2040', candidates: ['RP2040', 'STM32F103C8T6'] });
check('a board nobody knows', { 'platformio.ini': '[env:a]\nboard = secret_mk2\n' }, { device: undefined, buildSystem: 'PlatformIO', candidates: [] });

// STM32CubeMX, Keil, IAR
check('a CubeMX project', { 'app.ioc': '#MicroXplorer\nMcu.CPN=STM32F407VGT6\nMcu.Family=STM32F4\nMcu.IP0=FREERTOS\nMcu.UserName=STM32F407VGTx\n', 'Makefile': 'all:\n' }, { device: 'STM32F407VGT6', rtos: 'FreeRTOS', buildSystem: 'Make', source: 'app.ioc:2 Mcu.CPN=STM32F407VGT6' });
check('a CubeMX project and its define for any package', { 'a.ioc': 'Mcu.CPN=STM32F103CBT6\n', Makefile: 'CFLAGS = -DSTM32F103xB\n' }, { device: 'STM32F103CBT6', candidates: ['STM32F103CBT6'] });
check('a define for another size of memory', { 'a.ioc': 'Mcu.CPN=STM32F103C8T6\n', Makefile: 'CFLAGS = -DSTM32F103xB\n' }, { device: 'STM32F103C8T6', candidates: ['STM32F103C8T6', 'STM32F103xB'] });
check('a Keil project', { 'MDK/app.uvprojx': '<Project>\n<Device>STM32F103C8</Device>\n<Cpu>IRAM(0x20000000,0x5000) CPUTYPE("Cortex-M3")</Cpu></Project>' }, { device: 'STM32F103C8', core: 'Cortex-M3', buildSystem: 'Keil MDK' });
check('an IAR project', { 'app.ewp': '<option>\n<name>OGChipSelectEditMenu</name>\n<state>nRF52832_xxAA\tNordicSemi nRF52832_xxAA</state>\n</option>' }, { device: 'nRF52832_xxAA', buildSystem: 'IAR' });

// Command lines
check('a compile database', { 'build/compile_commands.json': '[{"command": "arm-none-eabi-gcc -mcpu=cortex-m33 -DSTM32H573xx -c a.c"}]' }, { device: 'STM32H573', core: 'Cortex-M33' });
check('a compile database with arguments', { 'compile_commands.json': '[{"arguments": ["gcc", "-D", "NRF52840_XXAA", "-c", "a.c"]}]' }, { device: 'nRF52840_xxAA' });
check('a truncated compile database', { 'compile_commands.json': '[{"command": "gcc -DSTM32U575xx' }, { device: 'STM32U575' });
check('several presets of CMake, the first one first', { 'CMakePresets.json': '{"configurePresets": [\n{"cacheVariables": {"MCU": "STM32F407xx"}},\n{"cacheVariables": {"CHIP_MODEL": {"type": "STRING", "value": "STM32H743xx"}}},\n{"cacheVariables": {"CMAKE_C_FLAGS": "-mcpu=cortex-m33 -DSTM32H573xx"}}]}' }, { device: 'STM32F407', candidates: ['STM32F407', 'STM32H743', 'STM32H573'] });
check('defines of the C++ extension', { '.vscode/c_cpp_properties.json': '{"configurations": [{"defines": [\n"DEBUG",\n"STM32L476xx"]}]}' }, { device: 'STM32L476', source: '.vscode/c_cpp_properties.json:3 "STM32L476xx"' });
check('several targets of a Keil project', { 'app.uvprojx': '<Target><Device>STM32F103C8</Device></Target>\n<Target><Device>STM32F407VG</Device></Target>' }, { device: 'STM32F103C8', candidates: ['STM32F103C8', 'STM32F407VG'] });
check('a define of a Makefile', { Makefile: 'CFLAGS = -mcpu=cortex-m4 -DSTM32F407xx\n' }, { device: 'STM32F407', source: 'Makefile:1 -DSTM32F407xx', buildSystem: 'Make' });
check('a define that is commented out', { Makefile: '# CFLAGS += -DSTM32F103xB\nCFLAGS += -DSTM32F072xB\n' }, { device: 'STM32F072xB' });
check('an AVR Makefile', { Makefile: 'CC = avr-gcc -mmcu=atmega2560\n' }, { device: 'ATmega2560' });
check('an AVR Makefile with a variable', { Makefile: 'MCU = attiny85\nCC = avr-gcc -mmcu=$(MCU)\n' }, { device: 'ATtiny85', source: 'Makefile:1 MCU = attiny85' });
check('CMake definitions without -D', { 'CMakeLists.txt': 'add_executable(a a.c)\ntarget_compile_definitions(a PRIVATE\n  USE_HAL\n  STM32G071xx)\n' }, { device: 'STM32G071', source: 'CMakeLists.txt:4 STM32G071xx', buildSystem: 'CMake' });
check('a Pico', { 'CMakeLists.txt': 'set(PICO_BOARD pico2)\npico_sdk_init()\n' }, { device: 'RP2350' });
check('a Pico without a board', { 'CMakeLists.txt': 'pico_sdk_init()\n' }, { device: 'RP2040', core: 'Cortex-M0+' });
check('an old library\'s device line', { Makefile: 'CFLAGS += -DSTM32F40_41xxx\n', 'startup_stm32f407.s': '' }, { device: 'STM32F407' });

// Frameworks
check('Zephyr by its configuration', { 'prj.conf': 'CONFIG_GPIO=y\n', 'build/zephyr/.config': 'CONFIG_BOARD="nrf52840dk"\nCONFIG_SOC_NRF52840=y\nCONFIG_SOC="nrf52840"\n' }, { device: 'nRF52840_xxAA', buildSystem: 'Zephyr', rtos: 'Zephyr' });
check('Zephyr by the board in CMake', { 'prj.conf': '', 'CMakeLists.txt': 'set(BOARD nrf5340dk/nrf5340/cpuapp)\n' }, { device: 'nRF5340_xxAA', core: 'Cortex-M33' });
check('Zephyr with an own board', { 'app/prj.conf': '', 'app/boards/nucleo_f302r8.overlay': '', 'boards/us/plank/plank.dts': '/dts-v1/;\n#include <nordic/nrf52840_qiaa.dtsi>\n', 'boards/us/plank/board.yml': 'board:\n  name: plank\n  socs:\n    - name: nrf52840\n', 'boards/us/plank/Kconfig.plank': 'config BOARD_PLANK\n\tselect SOC_NRF52840_QIAA\n' }, { device: 'nRF52840', source: 'boards/us/plank/Kconfig.plank:2 select SOC_NRF52840_QIAA', candidates: ['nRF52840', 'STM32F302R8'] });
check('Zephyr by the name of an overlay', { 'prj.conf': '', 'boards/nrf52840dk_nrf52840.overlay': '' }, { device: 'nRF52840_xxAA', rtos: 'Zephyr', source: 'boards/nrf52840dk_nrf52840.overlay: board overlay nrf52840dk_nrf52840.overlay' });
check('Zephyr for many boards', { 'prj.conf': '', 'boards/nrf52840dk_nrf52840.overlay': '', 'boards/nucleo_f446re.overlay': '' }, { device: undefined, buildSystem: 'Zephyr' });
check('NuttX', { 'include/nuttx/config.h': '' }, { rtos: 'NuttX' });
check('ESP-IDF', { 'sdkconfig': '# generated\nCONFIG_IDF_TARGET="esp32c3"\n', 'CMakeLists.txt': '' }, { device: 'ESP32-C3', core: 'RISC-V', buildSystem: 'ESP-IDF', rtos: 'FreeRTOS' });
check('an Arduino sketch', { 'sketch.yaml': 'default_fqbn: arduino:samd:mkrwifi1010\n', 'a.ino': '' }, { device: 'ATSAMD21G18A', buildSystem: 'Arduino' });
check('Arduino in VS Code', { '.vscode/arduino.json': '{ "sketch": "a.ino", "board": "arduino:avr:uno" }' }, { device: 'ATmega328P' });

// Debugger and file names
check('a debug configuration', { '.vscode/launch.json': '{\n // "device": "STM32F100C8",\n "device": "STM32F411CE",\n "svdFile": "${workspaceFolder}/svd/STM32F411.svd",\n}' }, { device: 'STM32F411CE', svd: 'svd/STM32F411.svd', source: '.vscode/launch.json:3 "device": "STM32F411CE"' });
check('a linker script', { 'STM32F303VCTx_FLASH.ld': '' }, { device: 'STM32F303VCT' });
check('a startup file', { 'src/startup_stm32l073xx.s': '' }, { device: 'STM32L073' });
check('an SVD file alone', { 'nrf52840.svd': '' }, { device: 'nRF52840' });
check('a device header in main.c', { 'main.c': '#include <stdio.h>\n#include "stm32f767xx.h"\n' }, { device: 'STM32F767', source: 'main.c:2 #include "stm32f767xx.h"' });
check('a family header says little', { 'main.c': '#include "stm32f4xx_hal.h"\n', 'link/STM32F446RETx.ld': '' }, { device: 'STM32F446RET' });
check('one project within an SDK', { 'Makefile': 'CFLAGS += -DSTM32F446xx\n', ...Object.fromEntries(['405', '407', '411', '429'].map(chip => [`Drivers/CMSIS/Device/stm32f${chip}xx.h`, ''])) }, { device: 'STM32F446' });
check('an example within a library is no evidence against the project', { 'platformio.ini': '[env:a]\nboard = pico\n', 'lib/x/examples/demo/platformio.ini': '[env:a]\nboard = uno\n' }, { device: 'RP2040', candidates: ['RP2040', 'ATmega328P'] });
check('an SDK for many chips is for none of them', Object.fromEntries(['f103', 'f407', 'l476', 'g071'].map(chip => [`Drivers/CMSIS/Device/stm32${chip}xx.h`, ''])), { device: undefined });
check('two linker scripts tell nothing', { 'a/lpc1768.ld': '', 'b/lpc4322.ld': '' }, { device: undefined, candidates: ['LPC1768', 'LPC4322'] });
check('the first target of several', { 'app.uvprojx': '<Device>STM32F407VGTx</Device>\n<Device>STM32F401RETx</Device>' }, { device: 'STM32F407VGT', candidates: ['STM32F407VGT', 'STM32F401RET'] });
check('the user\'s choice wins', { 'platformio.ini': '[env:a]\nboard = pico\n' }, { chosen: 'STM32F407VG', device: 'STM32F407VG', core: 'Cortex-M4F', source: ': chosen by the user', candidates: ['STM32F407VG', 'RP2040'] });

// Cores
check('an M4 with its floating-point unit', { Makefile: 'CFLAGS = -mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard\n' }, { core: 'Cortex-M4F' });
check('an M4 without', { Makefile: 'CFLAGS = -mcpu=cortex-m4 -mfloat-abi=soft\n' }, { core: 'Cortex-M4' });
check('an M0+ by its option', { Makefile: 'CFLAGS = -mcpu=cortex-m0plus\n' }, { core: 'Cortex-M0+' });
check('Keil\'s words for an M4 with a unit', { 'a.uvprojx': '<Cpu>CPUTYPE("Cortex-M4") FPU2 CLOCK(12000000)</Cpu>' }, { core: 'Cortex-M4F' });
check('an M4 whose chip has no unit', { Makefile: 'MCU = STM32WLE5JC\n' }, { device: 'STM32WLE5JC', core: 'Cortex-M4' });
check('an Xtensa core', { sdkconfig: 'CONFIG_IDF_TARGET="esp32s3"\n' }, { device: 'ESP32-S3', core: 'Xtensa LX7' });
check('a GD32 that is no M4', { 'a.ld': '', Makefile: 'CFLAGS = -DGD32F103C8\n' }, { device: 'GD32F103C8', core: 'Cortex-M3' });

// Boards that files describe
const ownBoard = '{ "build": { "cpu": "cortex-m4", "mcu": "stm32f446ret6" }, "debug": { "jlink_device": "STM32F446RE", "svd_path": "STM32F446x.svd" } }';
check('a board of the workspace\'s own', { 'platformio.ini': '[env:a]\nboard = our_board\n', 'boards/our_board.json': ownBoard, 'boards/other.json': '{ "build": { "mcu": "stm32f103c8t6" } }' }, { device: 'STM32F446RET6', svd: 'STM32F446x.svd', candidates: ['STM32F446RET6'], source: 'platformio.ini:2 board = our_board' });
check('a board\'s own file is surer than the table', { 'platformio.ini': '[env:a]\nboard = uno\n', 'boards/uno.json': '{ "build": { "mcu": "atmega328pb" } }' }, { device: 'ATmega328PB', candidates: ['ATmega328PB'] });
check('a board whose file is broken', { 'platformio.ini': '[env:a]\nboard = uno\n', 'boards/uno.json': '{ "build": { "mcu": ' }, { device: 'ATmega328P' });
check('an unknown board of a platform for one chip', { 'platformio.ini': '[env:a]\nplatform = espressif32\nboard = secret\n' }, { device: 'ESP32' });

test('a board that an installed PlatformIO describes', async () => {
  const host = memoryHost({ 'platformio.ini': '[env:a]\nboard = rare_board\n', '/home/u/.platformio/platforms/x/boards/rare_board.json': ownBoard });
  const found = await detectDevice(host, ['platformio.ini'], undefined, async board => `/home/u/.platformio/platforms/x/boards/${board}.json`);
  assert.equal(found.device, 'STM32F446RET6');
});

test('a board\'s id is no path', async () => {
  const asked: string[] = [];
  await detectDevice(memoryHost({ 'platformio.ini': '[env:a]\nboard = ../../etc/passwd\n' }), ['platformio.ini'], undefined, async board => { asked.push(board); return undefined; });
  assert.deepEqual(asked, []);
});

// Development environments
check('MPLAB X', { 'app.X/nbproject/configurations.xml': '<confs><conf><toolsSet><targetDevice>ATSAMD21G18A</targetDevice></toolsSet></conf></confs>' }, { device: 'ATSAMD21G18A' });
check('Microchip Studio', { 'app.cproj': '<PropertyGroup><avrdevice>ATmega328PB</avrdevice></PropertyGroup>' }, { device: 'ATmega328PB', core: 'AVR' });
check('STM32CubeIDE', { '.cproject': '<option id="x" name="MCU" superClass="com.st.stm32cube.ide.mcu.gnu.managedbuild.option.target_mcu" value="STM32F407VGTx" valueType="string"/>\n<listOptionValue builtIn="false" value="STM32F407xx"/>' }, { device: 'STM32F407VGT', buildSystem: 'STM32CubeIDE', candidates: ['STM32F407VGT'] });
check('MCUXpresso', { '.cproject': '&lt;info chip="MK64FN1M0xxx12" name="MK64FN1M0xxx12"&gt;\n<listOptionValue builtIn="false" value="CPU_MK64FN1M0VLL12"/>' }, { device: 'MK64FN1M0XXX12' });
check('Code Composer Studio', { '.ccsproject': '<deviceVariant value="MSP432P401R"/>' }, { device: 'MSP432P401R', core: 'Cortex-M4F' });
check('e2 studio', { '.cproject': '<option superClass="com.renesas.cdt.managedbuild.renesas.ccrx.common.option.deviceName" value="R7FA6M1AD3CFP" />' }, { device: 'R7FA6M1AD3CFP' });
check('MounRiver Studio', { '.template': 'Mcu Type=CH32V30x\nTarget Path=obj\\app.hex\nVendor=WCH\nSeries=CH32V307\nMCU=CH32V307VCT6\n', 'app.wvproj': '' }, { device: 'CH32V307VCT6', core: 'RISC-V', source: '.template:5 MCU=CH32V307VCT6', candidates: ['CH32V307VCT6'] });
check('MounRiver Studio, by its project\'s name', { 'CH32V003F4P6.wvproj': new Uint8Array([0x53, 0x00, 0x3C, 0xC6]), 'main.c': '' }, { device: 'CH32V003F4P6', buildSystem: 'MounRiver Studio' });
check('the pin settings of MCUXpresso', { 'board.mex': '<common>\n<processor>LPC55S69</processor>\n<package>LPC55S69JBD100</package></common>' }, { device: 'LPC55S69JBD100', core: 'Cortex-M33' });
check('Simplicity Studio', { 'app.slcp': 'project_name: app\ncomponent:\n- {id: sl_system}\n- {id: EFR32MG24B210F1536IM48}\n- {id: brd4186c}\n' }, { device: 'EFR32MG24B210F1536IM48', core: 'Cortex-M33', source: 'app.slcp:4 id: EFR32MG24B210F1536IM48' });
check('Simplicity Studio with a module', { 'app.slcp': 'component:\n- {id: BGM220PC22HNA}\n' }, { device: 'BGM220PC22HNA', core: 'Cortex-M33', buildSystem: 'Simplicity Studio' });
check('Code Composer Studio by its device id', { '.cproject': '<listOptionValue builtIn="false" value="DEVICE_CONFIGURATION_ID=TMS320C28XX.TMS320F28379D"/>\n<listOptionValue builtIn="false" value="DEVICE_ENDIANNESS=little"/>' }, { device: 'TMS320F28379D' });
check('Code Composer Studio with an MSP430', { '.cproject': '<listOptionValue builtIn="false" value="DEVICE_CONFIGURATION_ID=MSP430FR5994"/>' }, { device: 'MSP430FR5994', core: 'MSP430' });
check('Segger Embedded Studio with its newer word for the SVD file', { 'app.emProject': '<configuration arm_target_device_name="STM32F103CB" debug_svd_file="$(ProjectDir)/STM32F103xx.svd" />' }, { device: 'STM32F103CB', svd: 'STM32F103xx.svd' });
check('Segger Embedded Studio', { 'app.emProject': '<configuration Name="Common" arm_target_device_name="nRF52840_xxAA" debug_register_definition_file="$(ProjectDir)/nrf52840.svd" />' }, { device: 'nRF52840_xxAA', svd: 'nrf52840.svd' });
check('ModusToolbox', { 'bsp/design.modus': '<Device mpn="CY8C624ABZI-S2D44"/>' }, { device: 'CY8C624ABZI' });
check('Keil with its SVD file', { 'a.uvprojx': '<Device>STM32F407VG</Device>\n<SFDFile>$$Device:STM32F407VG$CMSIS\\SVD\\STM32F407.svd</SFDFile>' }, { device: 'STM32F407VG', svd: 'STM32F407.svd' });
check('a CMSIS solution', { 'app.csolution.yml': 'solution:\n  target-types:\n    - type: Board\n      device: STMicroelectronics::STM32F407VGTx\n' }, { device: 'STM32F407VGT' });

// Debuggers
check('probe-rs embed', { 'Embed.toml': '[default.general]\nchip = "STM32F401CC"\n' }, { device: 'STM32F401CC' });
check('a runner of cargo\'s', { '.cargo/config.toml': '[target.thumbv7em-none-eabihf]\nrunner = "probe-rs run --chip nRF52840_xxAA"\n' }, { device: 'nRF52840_xxAA' });
check('OpenOCD for one chip', { 'openocd.cfg': 'source [find interface/cmsis-dap.cfg]\nsource [find target/rp2040.cfg]\n' }, { device: 'RP2040' });
check('OpenOCD for a family, and a script for the chip', { 'openocd.cfg': 'source [find target/stm32f4x.cfg]\n', 'flash.jlink': 'device STM32F411CE\nr\n' }, { device: 'STM32F411CE', candidates: ['STM32F411CE'] });
check('Ozone', { 'app.jdebug': 'void OnProjectLoad (void) {\n  Project.SetDevice ("STM32H743ZI");\n  Project.AddSvdFile ("$(InstallDir)/Config/Peripherals/STM32H743.svd");\n}' }, { device: 'STM32H743ZI', svd: 'Config/Peripherals/STM32H743.svd' });
check('a debug configuration of probe-rs', { '.vscode/launch.json': '{ "type": "probe-rs-debug", "chip": "STM32G071RB" }' }, { device: 'STM32G071RB' });

// What builds leave, and scripts
check('a build folder of CMake\'s for Zephyr', { 'prj.conf': '', 'build/CMakeCache.txt': '//Board\nBOARD:STRING=nucleo_f446re\n' }, { device: 'STM32F446RE' });
check('the Pico SDK\'s cache', { 'CMakeLists.txt': 'pico_sdk_init()\n', 'build/CMakeCache.txt': 'PICO_BOARD:STRING=pico2\n' }, { device: 'RP2350' });
check('a board within a group of Arduino\'s', { 'sketch.yaml': 'default_fqbn: STMicroelectronics:stm32:GenF4:pnum=BLACKPILL_F411CE\n' }, { device: 'STM32F411CEU6' });
check('a linker script\'s heading', { 'link.ld': '/*\n** Abstract : Linker script for STM32F407VGTx Device with\n*/\n' }, { device: 'STM32F407VGT' });
check('memory where few have it supports what a define says', { 'link.ld': 'MEMORY {\n FLASH (rx) : ORIGIN = 0x08000000, LENGTH = 1024K\n CCM (rw) : ORIGIN = 0x10000000, LENGTH = 64K\n RAM (rw) : ORIGIN = 0x20000000, LENGTH = 128K\n}\n', Makefile: 'CFLAGS = -DSTM32F407xx\n' }, { device: 'STM32F407', candidates: ['STM32F407'] });

test('a workspace for two chips names the folder of each', async () => {
  const files = { 'main/Makefile': 'CFLAGS += -DSTM32F405xx\n', 'radio/Makefile': 'CFLAGS += -DNRF51822_QFAA\n', 'README.md': '' };
  const { candidates } = await detectDevice(memoryHost(files), Object.keys(files));
  assert.deepEqual(candidates.map(({ name, folder }) => [name, folder]), [['STM32F405', 'main'], ['nRF51822', 'radio']]);
});

// Bad input
check('an empty folder', {}, { device: undefined, core: undefined, buildSystem: undefined, candidates: [] });
check('a file that cannot be read', { 'platformio.ini': new Error('platformio.ini: permission denied'), 'STM32F303VCTx.ld': '' }, { device: 'STM32F303VCT', problem: /permission denied/ });
check('a binary file', { 'Makefile': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2]) }, { device: undefined, problem: /Makefile was not searched for the chip: it is not a text file/ });
check('a broken launch.json', { '.vscode/launch.json': '{ "device": "STM32F411CE", "svd' }, { device: 'STM32F411CE' });
check('a million empty lines', { Makefile: `${'\n'.repeat(1_000_000)}CFLAGS = -DSTM32F407xx\n` }, { device: 'STM32F407' });
check('a hundred thousand definitions that never end', { 'CMakeLists.txt': `${'add_definitions('.repeat(100_000)}\nset(MCU STM32F407VG)\n` }, { device: 'STM32F407VG' });
check('a line of a million characters', { Makefile: `A = ${'x'.repeat(1_000_000)}\nCFLAGS = -DSTM32F407xx\n` }, { device: 'STM32F407' });

test('a file too large to open is a problem that says so', async () => {
  const host = { ...memoryHost({ 'compile_commands.json': '[]' }), stat: async () => ({ sizeBytes: 100 * 1024 * 1024, modifiedMs: 0 }) };
  const found = await detectDevice(host, ['compile_commands.json']);
  assert.match(found.problems.map(problem => problem.message).join('\n'), /compile_commands\.json was not searched for the chip: 100 MB/);
});

const fixtures = path.resolve(import.meta.dirname, '../../fixtures');
for (const [folder, expected] of [
  ['stm32f4-uart', { device: 'STM32F407VGT6', core: 'Cortex-M4F', buildSystem: 'PlatformIO' }],
  ['fictional-mcu', { device: undefined, core: 'Cortex-M4', buildSystem: 'Make' }],
] as const) {
  check(`the fixture ${folder}`, Object.fromEntries(fs.readdirSync(path.join(fixtures, folder)).map(file => [file, new Uint8Array(fs.readFileSync(path.join(fixtures, folder, file)))])), expected);
}
