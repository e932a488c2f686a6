// What the manuals of Microchip's, Espressif's, Nordic's, NXP's, Raspberry Pi's and SiFive's parts say, on the vendors' own files where these are at hand.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { addCorePeripherals } from '../../../src/core/device/corePeripherals.ts';
import type { Device } from '../../../src/core/device/device.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { manualOf } from '../../../src/core/manual/manualFacts.ts';
import { registerNotes } from '../../../src/core/manual/registerNotes.ts';
import { effectText } from '../../../src/core/manual/sideEffects.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';

const svdFolder = path.resolve(import.meta.dirname, '../../../../shared/svd');
const devices = new Map<string, Device | undefined>();

/** Notes of a register of a shared file that must be there, and words that must not. */
function check(where: string, expected: readonly RegExp[], never: readonly RegExp[] = []): void {
  const [file = '', register = ''] = where.split(' ');
  test(`${where} says ${expected.join(' and ')}`, { skip: fs.existsSync(path.join(svdFolder, file)) ? false : 'the shared SVD files are not here' }, () => {
    expectNotes(sharedDevice(file), register, expected, never);
  });
}

/** The same for a part without an SVD file: its name, a peripheral, a register and its fields from bit 0 on. */
function checkPart(description: string, expected: readonly RegExp[], never: readonly RegExp[] = []): void {
  const [, part = '', peripheral = '', register = '', fields = ''] = /^(\w+) (\w+)\.(\w+):? ?(.*)$/.exec(description) ?? [];
  test(`${description} says ${expected.join(' and ')}`, () => {
    const bits = fields.split(' ').filter(name => name !== '').map((name, bit) => `<field><name>${name}</name><bitOffset>${bit}</bitOffset><bitWidth>1</bitWidth></field>`).join('');
    const { device } = parseSvd(`<device><name>${part}</name><peripherals><peripheral><name>${peripheral}</name><baseAddress>0x40</baseAddress><registers><register><name>${register}</name><addressOffset>0</addressOffset><size>8</size><fields>${bits}</fields></register></registers></peripheral></peripherals></device>`, 'part.svd');
    expectNotes(device, `${peripheral}.${register}`, expected, never);
  });
}

function sharedDevice(file: string): Device | undefined {
  if (!devices.has(file)) {
    const { device } = parseSvd(fs.readFileSync(path.join(svdFolder, file), 'utf8'), file);
    devices.set(file, device === undefined ? undefined : addCorePeripherals(device));
  }
  return devices.get(file);
}

function expectNotes(device: Device | undefined, register: string, expected: readonly RegExp[], never: readonly RegExp[]): void {
  assert.ok(device);
  const place = findRegisters(device, register)[0]?.place;
  assert.ok(place, register);
  const notes = registerNotes(place, { device: device.name, machine: device }).map(effectText);
  for (const pattern of expected) assert.ok(notes.some(note => pattern.test(note)), `${pattern.source} in ${JSON.stringify(notes)}`);
  for (const pattern of never) assert.ok(!notes.some(note => pattern.test(note)), `${pattern.source} not in ${JSON.stringify(notes)}`);
}

check('ATSAMD21E18A.svd SERCOM0.USART.INTFLAG', [/^RXC: Set while received data is there, cleared by reading DATA/, /^TXC: Writing 1 clears the flag, writing DATA does too/, /^RXS, CTSIC, RXBRK, ERROR: Writing 1 clears.*DS40001882/, /Clock: PM\.APBCMASK\.SERCOM0_/], [/^Writing 1 clears the flag/]);
check('ATSAMD21E18A.svd SERCOM0.I2CM.STATUS', [/^BUSERR, ARBLOST.*Writing 1 clears/, /^BUSSTATE: Writing 1 forces the bus state to idle/]);
check('ATSAMD21E18A.svd TC3.COUNT16.INTFLAG', [/^Writing 1 clears the flag/, /Clock: PM\.APBCMASK\.TC3_.*generic clock/]);
check('ATSAMD21E18A.svd TC3.COUNT16.INTENSET', [/^Writing 1 enables the interrupt/]);
check('ATSAMD21E18A.svd WDT.CLEAR', [/any other value resets the chip.*0xA5 clears the counter/]);
check('ATSAMD21E18A.svd NVMCTRL.CTRLA', [/^CMDEX: .*0xA5 carries out CMD/]);
check('ATSAMD21E18A.svd PORT.OUTTGL0', [/^Writing 1 toggles/]);
check('ATSAMD21E18A.svd SysTick.CTRL', [/Reading clears/], [/generic clock/i]);
check('ATSAMD51G18A.svd NVMCTRL.CTRLB', [/^CMDEX: .*0xA5.*DS60001507/]);
check('ATSAMD51G18A.svd PAC.WRCTRL', [/^KEY: .*0x1 takes it away; 0x2 sets it/]);
check('ATSAMD51G18A.svd TC0.COUNT8.CTRLBSET', [/^Writing 1 sets/, /Clock: MCLK\.APBAMASK\.TC0_/]);

check('ATSAMD21E18A.svd EIC.NMIFLAG', [/^Writing 1 clears the flag/]);
check('ATSAMD21E18A.svd SERCOM0.I2CS.STATUS', [/^BUSERR, COLL.*Writing 1 clears the bit; a new start condition/, /CLKHOLD.*hardware only/]);
check('ATSAMD21E18A.svd I2S.INTFLAG', [/^RXRDY0, RXRDY1: .*reading DATA or writing 1/, /^RXOR0, RXOR1, TXUR0, TXUR1: Writing 1 clears/]);
check('ATSAMD21E18A.svd TCC0.STATUS', [/^FAULTA, FAULTB, FAULT0, FAULT1: Writing 1 clears the fault state while its input is low/, /^STOP, IDX.*hardware only/]);
check('ATSAMD21E18A.svd TC3.COUNT16.COUNT', [/READREQ first/], [/READSYNC/]);
check('ATSAMD51G18A.svd TC0.COUNT16.COUNT', [/READSYNC command/], [/READREQ/]);
check('ATSAMD21E18A.svd PORT_IOBUS.OUTSET0', [/^Writing 1 sets the pin's bit/]);
check('ATSAMD21E18A.svd PORT.WRCONFIG0', [/half of the port that HWSEL chooses/]);
check('ATSAMD51G18A.svd PAC.INTFLAGAHB', [/^Writing 1 clears the flag/]);
check('ATSAMD51G18A.svd DMAC.CHANNEL[0].CHSTATUS', [/^PEND, BUSY: .*hardware only/, /^CRCERR: Writing 1 clears/]);
check('ATSAMD51G18A.svd QSPI.INTFLAG', [/^RXC: .*cleared by reading RXDATA/, /^ERROR, CSRISE, INSTREND: Writing 1 clears/]);

check('esp32.svd UART0.INT_CLR', [/^Writing 1 clears the bit in the raw and masked.*\(ESP32 Technical Reference Manual, /, /Clock: DPORT\.PERIP_CLK_EN\.UART_CLK_EN; reset: DPORT\.PERIP_RST_EN\.UART_RST/]);
check('esp32.svd UART0.FIFO', [/^Reading takes the oldest byte/]);
check('esp32.svd GPIO.OUT_W1TS', [/^Writing 1 sets the bit of the register it is named after/]);
check('esp32.svd TIMG0.WDTWPROTECT', [/0x50D83AA1 unlocks/, /Clock: DPORT\.PERIP_CLK_EN\.TIMERGROUP_CLK_EN/]);
check('esp32c3.svd RTC_CNTL.SWD_WPROTECT', [/0x8F1D312A unlocks/]);
check('esp32c3.svd I2C0.INT_RAW', [/cleared by writing 1 to the same bit of the INT_CLR/, /SYSTEM\.PERIP_CLK_EN0\.I2C_EXT0_CLK_EN/]);
check('esp32s3.svd TIMG1.WDTFEED', [/^Writing anything restarts the watchdog/, /TIMERGROUP1_CLK_EN.*PERIP_RST_EN0\.TIMERGROUP1_RST/]);
check('esp32s3.svd GPIO.STATUS_W1TC', [/^Writing 1 clears the bit of the register it is named after/]);

check('esp32s3.svd GPIO.STATUS', [/cleared by writing 1 to the same bit of the W1TC register/]);
check('esp32s3.svd USB_DEVICE.EP1', [/^Reading takes the oldest received byte out of the FIFO/]);
check('esp32s3.svd USB_DEVICE.EP1_CONF', [/^WR_DONE: Writing 1 hands what was written/]);
check('esp32s3.svd LEDC.INT_ENA', [/lets the raw status through to INT_ST/], [/Writing 1/]);
check('esp32s3.svd RMT.CH0DATA', [/move on to the next word/]);
check('esp32s3.svd DMA.IN_LINK_CH0', [/^INLINK_STOP, INLINK_START, INLINK_RESTART: Writing 1 triggers/]);
check('esp32.svd EFUSE.CONF', [/^OP_CODE: .*0x5A5A programming; 0x5AA5 reading/]);

check('RP2040.svd SIO.FIFO_RD', [/^(Reading changes the value|Reading takes the oldest word)/], [/0x1000 further/]);
check('RP2040.svd SIO.GPIO_OUT_XOR', [/^Writing 1 flips the bit/]);
check('RP2040.svd UART0.UARTCR', [/0x1000 further writing flips/, /Reset: RESETS\.RESET\.UART0/]);
checkPart('RP2040 UART0.INTENSET: TX RX', [/0x1000 further/, /Writing 1 probably sets.*inferred/]);
check('nrf52840.svd UART0.EVENTS_RXDRDY', [/cleared by writing 0/, /no clock gates/]);
check('nrf52840.svd WDT.RR[3]', [/0x6E524635 reloads/]);
check('MK21D5.svd UART0.S1', [/Cleared by reading S1 while it is set and then reading D/, /Clock: SIM\.SCGC4\.UART0/]);
check('MK21D5.svd FTM0.SC', [/^TOF: Cleared by reading the register while the flag is 1 and then writing 0/]);
check('MK21D5.svd WDOG.UNLOCK', [/in this order: 0xC520, then 0xD928/], [/Probably/]);
check('MK21D5.svd PORTA.PCR0', [/^ISF: Writing 1 clears/]);
check('e310x.svd UART0.rxdata', [/^Reading takes the oldest received byte/]);
check('e310x.svd WDOG.wdogkey', [/0x51F15E unlocks/]);
check('e310x.svd GPIO0.rise_ip', [/^Writing 1 clears the pending bit/]);

checkPart('ATmega328P TC1.TIFR1: TOV1 OCF1A OCF1B', [/^Writing 1 clears the flag, and so does running its interrupt handler.*DS40002061/]);
checkPart('ATmega328P USART0.UCSR0A: MPCM0 U2X0 UPE0 DOR0 FE0 UDRE0 TXC0 RXC0', [/^TXC0: Writing 1 clears/, /^RXC0: .*cleared by reading UDR/, /^UDRE0: .*cleared by writing UDR/, /^UPE0, DOR0, FE0: .*valid until UDR is read/]);
checkPart('ATmega328P PORTB.PINB: PINB0 PINB1', [/Writing 1 toggles the bit in PORTx/]);
checkPart('ATmega8 PORTB.PINB: PINB0 PINB1', [/not stated/], [/toggles/]);
checkPart('ATmega8 SPI.SPSR: SPI2X WCOL SPIF', [/^WCOL, SPIF: Cleared by reading SPSR.*then accessing SPDR.*inferred from the ATmega328P's data sheet/]);
checkPart('ATmega2560 TWI.TWCR: TWIE TWEN TWINT', [/^TWINT: Writing 1 clears the flag, which starts the next step.*\(2549\)/]);
checkPart('ATmega32U4 CPU.CLKPR: CLKPS0 CLKPCE', [/timed sequence: write 1 to CLKPCE.*within four clock cycles/]);
checkPart('ATtiny841 CPU.CLKPR: CLKPS', [/after CCP has taken the key 0xD8.*DS40002210/], [/timed sequence/]);
checkPart('ATtiny841 WDT.WDTCSR: WDE WDP0', [/switched off only within four instructions after CCP/], [/timed sequence/]);
checkPart('ATtiny1634 CPU.CCP', [/Keys: 0xD8 protected/], [/0x9D/, /0xE7/]);
checkPart('ATtiny104 CPU.CCP', [/0xD8 protected.*0xE7 self-programming/], [/0x9D/]);
checkPart('ATtiny104 USART.UCSRA: MPCM U2X UPE DOR FE UDRE TXC RXC', [/^TXC: Writing 1 clears/]);
checkPart('ATtiny85 WDT.WDTCR: WDP WDE WDCE WDTIE WDTIF', [/^WDTIF: Writing 1 clears the flag/]);
checkPart('ATmega328P TC2.ASSR: TCR2BUB TCR2AUB OCR2BUB OCR2AUB TCN2UB AS2 EXCLK', [/^TCR2BUB, TCR2AUB, OCR2BUB, OCR2AUB, TCN2UB: Set from a write/, /^AS2: Changing it may corrupt/]);
checkPart('ATmega328P CPU.OSCCAL: OSCCAL', [/factory calibration/]);
checkPart('ATmega8 CPU.MCUCSR: PORF EXTRF BORF WDRF', [/stays until 0 is written to it or, PORF apart/], [/keeps it on/]);
checkPart('ATmega328P CPU.PRR: PRADC PRUSART0', [/^PRADC, PRUSART0: Inverted|^Inverted/]);
checkPart('AT90CAN128 CAN.CANSTMOB: AERR FERR CERR SERR BERR RXOK TXOK DLCW', [/^AERR.*TXOK: Cleared by writing 0/]);
checkPart('ATmega4809 BOD.CTRLA: SLEEP ACTIVE', [/^SLEEP: Protected: .*0xD8/]);
checkPart('ATmega4809 NVMCTRL.CTRLB: APCWP BOOTLOCK', [/^Protected: .*0xD8/]);
checkPart('ATmega4809 NVMCTRL.CTRLA: CMD', [/key 0x9D/], [/0xD8/]);
checkPart('ATmega4809 RTC.STATUS: CTRLABUSY CNTBUSY', [/on its way/]);
checkPart('ATtiny1627 ADC0.COMMAND: START MODE', [/not stated/]);
checkPart('ATtiny85 WDT.WDTCR: WDE WDCE WDP0', [/timed sequence/]);
checkPart('ATmega4809 TCA0.INTFLAGS: OVF CMP0', [/^Writing 1 clears the flag.*DS40002015/]);
checkPart('ATtiny1614 CPU.CCP', [/0x9D self-programming \(SPM\); 0xD8 protected/]);
checkPart('AVR128DA48 CLKCTRL.MCLKCTRLA: CLKSEL CLKOUT', [/^Protected: .*0xD8/]);
checkPart('AVR128DA48 PORTA.OUTSET: OUTSET', [/^Writing 1 sets the pin's bit/]);
checkPart('ESP32C6 LP_WDT.SWD_WPROTECT', [/0x50D83AA1 unlocks/]);

test('each AVR part is in the family whose PINx and names it has', () => {
  const family = (part: string) => manualOf(part)?.family.inferredFrom;
  for (const part of ['ATmega4809', 'ATmega809', 'ATtiny202', 'ATtiny416', 'ATtiny1614', 'ATtiny3217', 'ATtiny826', 'AVR64DB32', 'AVR16EA28']) assert.match(family(part) ?? '', /megaAVR 0/, part);
  for (const part of ['ATmega8', 'ATmega16A', 'ATmega328P', 'ATmega1284P', 'ATmega32U4', 'ATmega256RFR2', 'ATtiny13A', 'ATtiny85', 'ATtiny2313A', 'ATtiny87', 'ATtiny48', 'ATtiny88', 'AT90USB1286', 'ATmega324PB']) assert.match(family(part) ?? '', /ATmega328P/, part);
  for (const part of ['ATtiny4', 'ATtiny10', 'ATtiny20', 'ATtiny40', 'ATtiny441', 'ATtiny828', 'ATtiny1634']) assert.match(family(part) ?? '', /ATtiny441/, part);
  for (const part of ['ATtiny102', 'ATtiny104F']) assert.match(family(part) ?? '', /ATtiny102/, part);
  for (const part of ['ATSAMD21E18A', 'ATxmega128A1', 'AT32F403A', 'ATSAM3X8E']) assert.doesNotMatch(family(part) ?? '', /ATmega|megaAVR/, part);
});
checkPart('ATmega4809 SPI0.INTFLAGS: IF WRCOL TXCIF', [/^IF, WRCOL: In normal mode cleared by reading INTFLAGS while it is set/, /^TXCIF: Writing 1 clears/], [/^IF.*Writing 1 clears/]);
checkPart('MKL25Z4 TPM0.SC: TOF', [/Writing 1 clears the flag/], [/reading the register while the flag is 1/]);
checkPart('MKL25Z4 LPUART0.STAT: MA2F MA1F PF FE NF OR IDLE RDRF TC TDRE', [/^MA2F.*IDLE: Writing 1 clears/, /^RDRF: .*cleared by reading DATA/]);
checkPart('MKL25Z4 SPI0.S: MODF SPTEF SPMF SPRF', [/^SPRF: .*then the data register/, /^MODF: .*then writing C1/]);
checkPart('MKL25Z4 SIM.SRVCOP', [/in this order: 0x55, then 0xAA/]);
checkPart('MKL25Z4 I2C0.D', [/^In master receive mode/]);
checkPart('MKL25Z4 SPI0.D', [/^Reading takes the received data/], [/master receive/]);
check('MK21D5.svd UART0.S1', [/then reading D/], [/Writing 1 clears/]);
check('MK21D5.svd DMA.TCD0_CSR', [/^DONE: Set at the end of the major loop/, /^START: Writing 1 starts/]);
check('MK21D5.svd RTC.SR', [/^TIF, TOF: Cleared by writing TSR/]);
test('UART0 of a KL part clears its flags by writing 1, which UART1 does not', () => {
  const registers = (names: string) => names.split(' ').map((name, offset) => `<register><name>${name}</name><addressOffset>${offset}</addressOffset><size>8</size><fields><field><name>OR</name><bitOffset>3</bitOffset><bitWidth>1</bitWidth></field></fields></register>`).join('');
  const peripheral = (name: string, base: string, names: string) => `<peripheral><name>${name}</name><baseAddress>${base}</baseAddress><registers>${registers(names)}</registers></peripheral>`;
  const { device } = parseSvd(`<device><name>MKL25Z4</name><peripherals>${peripheral('UART0', '0x4006A000', 'BDH BDL C1 C2 S1 S2 C3 D MA1 MA2')}${peripheral('UART1', '0x4006B000', 'BDH BDL C1 C2 S1 S2 C3 D C4')}</peripherals></device>`, 'part.svd');
  expectNotes(device, 'UART0.S1', [/Writing 1 clears/], [/then reading D/]);
  expectNotes(device, 'UART1.S1', [/then reading D/], [/Writing 1 clears/]);
});
checkPart('ATSAM4S16C PIOA.ISR: P0', [/^Reading clears all flags.*Atmel-11100/]);
checkPart('ATSAM4S16C PIOA.SODR: P0', [/^Writing 1 sets the output bit/]);
checkPart('ATSAM3X8E PMC.PMC_WPMR: WPEN RES WPKEY', [/^WPKEY: .*letters PMC.*0x504D43/]);
checkPart('ATSAME70Q21B RSWDT.CR: WDRSTT KEY', [/^KEY: .*0xC4/]);
checkPart('ATSAM4S16C WDT.CR: WDRSTT KEY', [/^KEY: .*0xA5/]);
checkPart('ATSAM4S16C USART0.CSR: RXRDY TXRDY OVRE FRAME CTSIC', [/^OVRE, FRAME: Stays set/, /^CTSIC: Reading clears/]);
checkPart('ATSAM4S16C TC0.SR0: COVFS CPAS', [/^Reading SR clears all flags of the channel/]);

check('LPC5502.xml USART0.STAT', [/^DELTACTS.*(Writing 1 clears|Writing 1 clears the flag)/, /Clock: SYSCON\.AHBCLKCTRL1\.FC0/]);
check('LPC5502.xml USART0.FIFORD', [/^Reading takes the oldest entry/]);
check('LPC5502.xml WWDT.FEED', [/in this order: 0xAA, then 0x55.*UM11424/]);
checkPart('LPC176x5x UART0.LSR: RDR OE PE FE BI', [/^OE, PE, FE, BI: Reading LSR clears it.*UM10360/]);
checkPart('LPC176x5x SYSCON.PLL0FEED', [/0xAA, then 0x55/]);
checkPart('LPC1114 I2C.CONCLR: AAC SIC', [/Writing 1 clears the bit of the control register/]);
checkPart('LPC11E68 USART0.STAT: RXRDY', [], [/UM10360/]);
checkPart('EFM32GG990F1024 USART0.IFC: TXC', [/^Writing 1 clears the flag in IF.*EFM32GG/]);
checkPart('EFM32GG990F1024 MSC.LOCK: LOCKKEY', [/^LOCKKEY: .*0x1B71 unlocks/]);
checkPart('EFR32MG12P433 USART0.IF: TXC', [/inferred/]);
checkPart('EFR32MG21A010 USART0.IF: TXC', [], [/IFC/]);
check('XMC4800.svd USIC0_CH0.PSR', [/cleared by writing 1 to the same bit of PSCR/, /Clock: SCU_CLK\.CGATCLR0\.USIC0; reset: SCU_RESET\.PRCLR0\.USIC0RS/]);
check('XMC4800.svd WDT.SRV', [/0xABADCAFE services/]);
checkPart('XMC1100 SCU_GENERAL.PASSWD: MODE', [/0xC0 opens; 0xC3 closes/]);
checkPart('R7FA4M1AB SYSTEM.PRCR: PRC0 PRKEY', [/^PRKEY: .*0xA5/]);
checkPart('R7FA4M1AB SCI0.SSR: ORER FER TEND', [/^ORER, FER: Cleared by reading it as 1 and then writing 0/]);
checkPart('R7FA6M5BH IWDT.IWDTRR: IWDTRR', [/in this order: 0x0, then 0xFF.*inferred/]);
check('nrf54l15_application.svd GLOBAL_UARTE20_NS.EVENTS_ERROR', [/writing 0/i]);
