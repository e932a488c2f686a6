import { findParts } from './partNames.ts';

/** The part on a board, by the board's id in PlatformIO, Zephyr, Arduino or the Pico SDK; undefined for boards that are not known. */
export function partOfBoard(board: string): string | undefined {
  // Zephyr: `nrf5340dk/nrf5340/cpuapp`, `nrf52840dk_nrf52840`, `bl5340_dvk@1.0`.
  const id = board.trim().toLowerCase().replace(/@.*$/, '');
  const known = boards.get(id) ?? boards.get(id.replace(/\/.*$/, '')) ?? boards.get(id.replace(/_ns$/, ''));
  return known ?? partByRule(id);
}

/** ST's boards and PlatformIO's generic ones carry the part in their name: `nucleo_f446re`, `disco_f407vg`, `genericSTM32F103C8`. */
function partByRule(id: string): string | undefined {
  const st = /^(?:nucleo|disco|bluepill|blackpill|maple|generic|weact|eval|stm32|b|p)[-_]?(?:stm32)?([cfghlu]\d[0-9a-z]{1,6}|w[bl]a?\d[0-9a-z]{1,6}|n6\d[0-9a-z]{1,5}|mp1\d[0-9a-z]{1,5})(?:[-_].*)?$/.exec(id);
  if (st !== null) return findParts(`STM32${(st[1] ?? '').replace(/x+$/, '')}`)[0];
  const esp = /(?:^|[-_])(esp32(?:[-_]?(?:s2|s3|c2|c3|c5|c6|h2|p4))?)(?:dev|_|-|$)/.exec(id);
  return findParts(id.replace(/^generic[-_]?/, '').replace(/dk(?=[_/]|$)/, ' '))[0] ?? (esp === null ? undefined : findParts(esp[1] ?? '')[0]);
}

const boards: ReadonlyMap<string, string> = new Map(`
STM32F103C8T6 bluepill_f103c8 bluepill_f103c8_128k genericstm32f103c8 stm32_min_dev stm32_min_dev_blue
STM32F103RBT6 maple maple_mini_b20 maple_mini_origin nucleo_f103rb
STM32F401CCU6 blackpill_f401cc
STM32F411CEU6 blackpill_f411ce weact_f411ce
STM32F407VGT6 disco_f407vg stm32f4_disco genericstm32f407vgt6 stm32f4discovery
STM32F405RGT6 adafruit_feather_f405 feather_f405 pyboard sparkfun_micromod_f405
STM32F429ZIT6 disco_f429zi stm32f429i_disc1 stm32f429i_disco
STM32F469NIH6 disco_f469ni stm32f469i_disco
STM32F746NGH6 disco_f746ng stm32f746g_disco
STM32F769NIH6 disco_f769ni stm32f769i_disco
STM32F303VCT6 disco_f303vc stm32f3_disco
STM32F051R8T6 disco_f051r8 stm32f0_disco
STM32L475VGT6 disco_l475vg_iot01a disco_l475_iot1
STM32L476VGT6 disco_l476vg
STM32L152RBT6 disco_l152rb
STM32L072CZY6 b_l072z_lrwan1
STM32U585AIT6 b_u585i_iot02a
STM32L4S5VIT6 b_l4s5i_iot01a
STM32G431CBU6 b_g431b_esc1 b_g431b_esc
STM32H747XIH6 portenta_h7_m7 portenta_h7_m4 portenta_h7 giga_r1_m7 stm32h747i_disco envie_m7 giga
STM32H735IGK6 stm32h735g_disco
STM32H750VBT6 daisy_seed weact_mini_h7xx
STM32WB55RGV6 nucleo_wb55rg p_nucleo_wb55rg
STM32WL55JCI7 nucleo_wl55jc
RP2040 pico rpipico pico_w rpipicow rpi_pico rpi_pico_w raspberrypi_pico raspberry_pi_pico nanorp2040connect adafruit_feather_rp2040 adafruit_qt_py_rp2040 seeed_xiao_rp2040 sparkfun_promicrorp2040 waveshare_rp2040_zero pimoroni_tiny2040
RP2350 pico2 rpipico2 pico2_w rpi_pico2 rpipico2w seeed_xiao_rp2350
ESP32 esp32dev esp32doit-devkit-v1 esp32-evb esp32cam esp-wrover-kit wemos_d1_mini32 lolin32 lolin_d32 nodemcu-32s m5stack-core-esp32 m5stick-c featheresp32 ttgo-lora32-v1 heltec_wifi_lora_32 az-delivery-devkit-v4 pico32 upesy_wroom esp32 esp32_devkitc_wroom esp32_devkitc_wrover
ESP32-S2 esp32-s2-saola-1 lolin_s2_mini featheresp32-s2 esp32s2_saola esp32s2
ESP32-S3 esp32-s3-devkitc-1 esp32-s3-devkitm-1 lolin_s3 seeed_xiao_esp32s3 adafruit_feather_esp32s3 esp32s3_devkitm esp32s3_devkitc m5stack-cores3 esp32s3
ESP32-C3 esp32-c3-devkitm-1 esp32-c3-devkitc-02 seeed_xiao_esp32c3 lolin_c3_mini xiao_esp32c3 esp32c3_devkitm esp32c3_supermini esp32c3 adafruit_qtpy_esp32c3
ESP32-C6 esp32-c6-devkitc-1 esp32-c6-devkitm-1 seeed_xiao_esp32c6 esp32c6_devkitc xiao_esp32c6 esp32c6
ESP32-H2 esp32-h2-devkitm-1 esp32h2
ESP8266 esp01 esp01_1m esp12e nodemcu nodemcuv2 d1_mini d1 huzzah
nRF52840_xxAA nrf52840_dk nrf52840dk nrf52840dk_nrf52840 nrf52840dongle nrf52840dongle_nrf52840 adafruit_feather_nrf52840 particle_xenon particle_argon particle_boron nano33ble arduino_nano_33_ble xiaoblesense xiao_ble nicenano itsybitsy52840_express adafruit_clue_nrf52840
nRF52832_xxAA nrf52_dk nrf52dk nrf52dk_nrf52832 adafruit_feather_nrf52832 thingy_52 reel_board_v1
nRF52833_xxAA bbcmicrobit_v2 nrf52833dk nrf52833dk_nrf52833 microbit_v2 bbc_microbit_v2
nRF51822_xxAA bbcmicrobit bbc_microbit nrf51_dk nrf51dk nrf51dk_nrf51422
nRF5340_xxAA nrf5340dk nrf5340_dk thingy53 nrf5340dk_nrf5340_cpuapp nrf5340_audio_dk
nRF54L15_xxAA nrf54l15dk nrf54l15_dk
nRF9160_xxAA nrf9160dk thingy91 nrf9160dk_nrf9160 actinius_icarus
ATmega328P uno nanoatmega328 nanoatmega328new pro16mhzatmega328 pro8mhzatmega328 miniatmega328 diecimilaatmega328 atmega328p nano
ATmega2560 megaatmega2560 mega
ATmega32U4 leonardo micro sparkfun_promicro16 sparkfun_promicro8 feather32u4 yun
ATmega4809 nano_every uno_wifi_rev2 megaavr
ATtiny85 attiny85 digispark-tiny trinket3 trinket5
ATSAM3X8E due duex arduino_due_x
ATSAMD21G18A zero zerousb mkrzero mkrwifi1010 mkr1000usb mkr1000 nano_33_iot adafruit_feather_m0 adafruit_itsybitsy_m0 seeed_xiao arduino_zero seeeduino_xiao
ATSAMD21E18A adafruit_trinket_m0 adafruit_gemma_m0
ATSAMD51J19A adafruit_feather_m4 adafruit_metro_m4
ATSAMD51G19A adafruit_itsybitsy_m4
ATSAMD51P19A seeed_wio_terminal
ATSAME70Q21B same70_xplained sam_e70_xplained
R7FA4M1AB3CFM uno_r4_minima uno_r4_wifi minima unor4wifi arduino_uno_r4_minima
R7FA6M5BH3CFC portenta_c33
MK20DX256VLH7 teensy31 teensy32
MK64FX512VMD12 teensy35
MK66FX1M0VMD18 teensy36
MK64FN1M0VLL12 frdm_k64f
MKL25Z128VLK4 frdm_kl25z
MIMXRT1062DVL6A teensy40 teensy41 mimxrt1060_evk mimxrt1060_evkb
LPC1768 lpc1768 mbed_lpc1768
LPC55S69JBD100 lpcxpresso55s69
XMC4700-F144K2048 xmc4700_relax_kit
XMC1100-T038F0064 xmc1100_xmc2go
GD32VF103CBT6 sipeed-longan-nano longan_nano
GD32F303RCT6 genericgd32f303rc
CH32V003F4P6 ch32v003f4p6_evt_r0 genericch32v003f4p6
CH32V307VCT6 ch32v307_evt
K210 sipeed-maix-bit sipeed-maixduino
FE310-G000 hifive1
FE310-G002 hifive1-revb hifive1_revb
TM4C123GH6PM lptm4c1230c3pm lptm4c123gh6pm ek_tm4c123gxl
MSP430G2553 lpmsp430g2553
CC2652R1 cc26x2r1_launchxl
`.trim().split('\n').flatMap(line => {
  const [part = '', ...ids] = line.split(' ');
  return ids.map(id => [id, part] as const);
}));
