// One case per version of a block at least, on the vendor's own files; parts without a file here by a small piece of one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device } from '../../../src/core/device/device.ts';
import { findRegisters } from '../../../src/core/device/findRegisters.ts';
import { registerNotes } from '../../../src/core/manual/registerNotes.ts';
import { effectText } from '../../../src/core/manual/sideEffects.ts';
import { parsePeripherals } from '../parse/svdDevice.ts';
import { realDevice } from '../device/realDevice.ts';

const devices = new Map<string, Device | undefined>();

/** The notes of a register or field of a real file, one a line, match. */
function check(file: string, query: string, expected: RegExp): void {
  if (!devices.has(file)) devices.set(file, realDevice(`${file}.svd`));
  const device = devices.get(file);
  test(`${file} ${query}: ${expected.source}`, { skip: device === undefined }, () => {
    assert.ok(device);
    assert.match(notes(device, query), expected);
  });
}

/** As `check`, on a part of that name whose peripherals hold nothing but registers of these names, each with one field. */
function checkPart(name: string, registers: string, [query, expected]: readonly [string, RegExp]): void {
  test(`${name} ${query}: ${expected.source}`, () => {
    const peripheral = query.split('.')[0] ?? '';
    const written = registers.split(' ').map((text, index) => {
      const [register = '', field = 'X'] = text.split(':');
      return `<register><name>${register}</name><addressOffset>${index * 4}</addressOffset><size>32</size><fields><field><name>${field}</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field></fields></register>`;
    }).join('');
    const { device } = parsePeripherals(`<peripheral><name>${peripheral}</name><baseAddress>0x40000000</baseAddress><registers>${written}</registers></peripheral>`);
    assert.ok(device);
    assert.match(notes({ ...device, name }, query), expected);
  });
}

function notes(device: Device, query: string): string {
  const [found] = findRegisters(device, query);
  assert.ok(found, query);
  return registerNotes(found.place, { machine: device, ...(found.field !== undefined && { field: found.field }) }).map(note => `${note.certainty}: ${effectText(note)}`).join('\n');
}

// USART with SR and DR, with ISR and ICR, with FIFO
check('STM32F103', 'USART1.SR.ORE', /documented: Cleared by reading SR and then reading DR.*RM0008/);
check('STM32F407', 'USART1.DR', /Reading takes the received byte and clears SR\.RXNE/);
check('STM32G431', 'USART1.ISR.ORE', /cleared by writing 1 to the bit of the same name in ICR.*RM0440, register USART_ISR/);
check('STM32G431', 'USART1.ICR.ORECF', /documented: Writing 1 clears the flag of the status register/);
check('STM32H753', 'USART1.RDR', /Reading takes the received byte.*RM0433/);
check('STM32H573', 'LPUART.ICR', /Writing 1 clears the flag.*RM0481/);
check('STM32N657', 'USART3.TDR', /Writing hands over a byte to send/);
checkPart('STM32L476', 'ISR:RXNE ICR:PECF RDR TDR', ['USART2.ISR.RXNE', /documented: Cleared by reading RDR.*RM0351/]);
checkPart('STM32F303xC', 'ISR:RXNE ICR:PECF RDR TDR', ['USART2.ICR', /documented.*RM0316/]);
checkPart('STM32F051', 'ISR:ORE ICR:ORECF', ['USART1.ISR.ORE', /documented.*RM0091/]);
checkPart('STM32F205', 'SR:ORE DR', ['USART1.SR.ORE', /documented.*RM0033/]);

// Timers, one version under several names
check('STM32F103', 'TIM1.SR.UIF', /Cleared by writing 0.*RM0008/);
check('STM32G431', 'TIM4.SR.UIF', /Cleared by writing 0.*RM0440/);
check('STM32H753', 'TIM15.SR.UIF', /Cleared by writing 0/);
check('STM32N657', 'TIM9.SR.UIF', /Cleared by writing 0.*RM0486/);
check('STM32U5Gx', 'TIM2.EGR', /Writing 1 generates the event.*RM0456/);
check('STM32F407', 'TIM3.CCR1', /In capture mode reading takes the captured count/);
check('STM32H573', 'LPTIM1.ICR', /documented: Writing 1 clears the flag/);
check('STM32F407', 'WWDG.SR', /documented: Cleared by writing 0/);
check('STM32H753', 'WWDG.CR.WDGA', /Software can only set it/);
check('STM32F103', 'IWDG.PR', /Write-protected: write 0x5555 to KR first/);
check('STM32N657', 'IWDG.KR', /0xAAAA reloads the counter/);

// SPI with DR, with IFCR
check('STM32F407', 'SPI1.SR.OVR', /Cleared by reading DR and then reading SR/);
check('STM32G431', 'SPI2.SR.CRCERR', /Cleared by writing 0/);
check('STM32H753', 'SPI1.SR.OVR', /cleared by writing 1 to the bit of the same name in IFCR/);
check('STM32H573', 'SPI1.RXDR', /Reading takes data from the receive FIFO/);
check('STM32U5Gx', 'SPI1.IFCR', /Writing 1 clears the flag/);

// I2C with SR1, with ISR
check('STM32F407', 'I2C1.SR1.ADDR', /Cleared by reading SR1 and then reading SR2/);
check('STM32F103', 'I2C1.SR2', /Reading it after SR1 clears SR1\.ADDR/);
check('STM32G431', 'I2C1.ISR.STOPF', /cleared by writing 1 to the bit of the same name in ICR/);
check('STM32H753', 'I2C1.CR2.START', /Set by software; hardware clears it/);

// ADC with SR, with ISR
check('STM32F407', 'ADC1.SR.EOC', /Cleared by writing 0[^]*Also cleared by reading DR/);
check('STM32G431', 'ADC1.ISR.EOC', /Writing 1 clears the flag[^]*Also cleared by reading DR/);
check('STM32H753', 'ADC3.ISR.OVR', /Writing 1 clears the flag/);
check('STM32U5Gx', 'ADC4.CR.ADSTART', /Software can only set it/);
check('STM32H573', 'DAC.SR', /DMAUDR1.*Writing 1 clears the flag/);

// DMA by streams, by channels, general purpose; their multiplexer
check('STM32F407', 'DMA2.HIFCR', /Writing 1 clears the flag/);
check('STM32F407', 'DMA2.S0CR.EN', /Hardware clears it at the end of a transfer/);
check('STM32F103', 'DMA1.IFCR.CGIF1', /Clears all four flags of the channel/);
check('STM32H753', 'BDMA.IFCR', /Writing 1 clears the flag/);
check('STM32H753', 'MDMA.MDMA_C0IFCR', /Writing 1 clears the flag/);
check('STM32H573', 'GPDMA1.C0FCR', /Writing 1 clears the flag/);
check('STM32N657', 'HPDMA.C0SR', /cleared by writing 1 to the same bit of the channel's FCR/);
check('STM32G431', 'DMAMUX.RGCFR', /Writing 1 clears the flag/);

// EXTI with PR, with RPR and FPR
check('STM32F407', 'EXTI.PR', /Writing 1 clears the flag/);
check('STM32G431', 'EXTI.PR1', /Writing 1 clears the flag.*register EXTI_PR1/);
check('STM32H753', 'EXTI.CPUPR1', /Writing 1 clears the flag/);
check('STM32H573', 'EXTI.RPR1', /Writing 1 clears the flag/);
check('STM32U5Gx', 'EXTI.SWIER1', /Writing 1 triggers the line's rising edge event/);

// CAN, FDCAN, USB, OTG, Ethernet
check('STM32F407', 'CAN1.RF0R.RFOM0', /releases the message/);
check('STM32F103', 'CAN1.TSR.RQCP0', /TXOK, ALST and TERR/);
check('STM32G431', 'FDCAN1.PSR.LEC', /Reading PSR sets it to 7/);
check('STM32H753', 'FDCAN1.IR', /Writing 1 clears the flag/);
check('STM32F103', 'USB.EP0R.STAT_TX', /Writing 1 toggles/);
check('STM32F103', 'USB.ISTR.RESET', /Cleared by writing 0/);
check('STM32H573', 'USB.CHEP1R.DTOGRX', /Writing 1 toggles/);
check('STM32F407', 'OTG_FS_GLOBAL.FS_GINTSTS.SOF', /Writing 1 clears the flag/);
check('STM32F407', 'OTG_FS_GLOBAL.FS_GINTSTS.RXFLVL', /Read-only: goes when its cause is cleared/);
check('STM32F407', 'OTG_FS_HOST.FS_HPRT.PENA', /Writing 1 disables the port/);
check('STM32F407', 'Ethernet_DMA.DMASR.RS', /Writing 1 clears the flag/);
check('STM32H753', 'Ethernet_DMA.DMACSR.RI', /Writing 1 clears the flag/);

// RTC as counter, with ISR, with SCR
check('STM32F103', 'RTC.CRL.SECF', /Cleared by writing 0/);
check('STM32F407', 'RTC.ISR.ALRAF', /Cleared by writing 0/);
check('STM32F407', 'RTC.WPR', /Keys, in this order: 0xCA, then 0x53\./);
check('STM32G431', 'RTC.SCR', /Writing 1 clears the flag/);
check('STM32U5Gx', 'TAMP.SCR', /Writing 1 clears the flag/);
check('STM32F103', 'BKP.CSR.CTE', /Writing 1 clears TEF/);

// Flash by family
check('STM32F103', 'FLASH.SR.EOP', /Writing 1 clears the flag/);
check('STM32F103', 'FLASH.OPTKEYR', /0x45670123, then 0xCDEF89AB/);
check('STM32F407', 'FLASH.OPTKEYR', /0x08192A3B, then 0x4C5D6E7F/);
check('STM32G431', 'FLASH.SR.PROGERR', /Writing 1 clears the flag/);
check('STM32G431', 'FLASH.PDKEYR', /0x04152637, then 0xFAFBFCFD/);
check('STM32H753', 'Flash.KEYR1', /0x45670123, then 0xCDEF89AB/);
check('STM32H573', 'FLASH.NSCCR', /Writing 1 clears the flag/);
check('STM32U5Gx', 'FLASH.NSKEYR', /0x45670123, then 0xCDEF89AB/);
checkPart('STM32L053', 'PEKEYR PRGKEYR SR:EOP', ['FLASH.PRGKEYR', /0x8C9DAEBF, then 0x13141516\. \(RM0367/]);
checkPart('STM32F756', 'KEYR OPTKEYR SR:ERSERR', ['FLASH.SR.ERSERR', /Writing 1 clears the flag.*RM0385/]);

// Power and clocks
check('STM32F103', 'RCC.CSR.RMVF', /Writing 1 clears the reset flags/);
check('STM32F407', 'RCC.CIR.HSERDYC', /Write-only: writing 1 clears the flag/);
check('STM32G431', 'RCC.CICR', /Writing 1 clears the flag/);
check('STM32N657', 'RCC.AHB1ENSR.GPDMA1ENS', /Writing 1 sets the bit of the plain register/);
check('STM32G431', 'PWR.SCR', /Writing 1 clears the flag/);
check('STM32H753', 'PWR.WKUPCR', /Writing 1 clears the flag/);
check('STM32F407', 'PWR.CR.CWUF', /Writing 1 clears the flag in CSR/);

// Memory, sound, random numbers, checksums
check('STM32F407', 'SDIO.STA.CMDREND', /cleared by writing 1 to the same bit of ICR/);
check('STM32H753', 'QUADSPI.FCR', /Writing 1 clears the flag/);
check('STM32U5Gx', 'OCTOSPI1.DR', /Reading takes data from the FIFO/);
check('STM32H753', 'SAI1.ACLRFR', /Writing 1 clears the flag/);
check('STM32H573', 'RNG.HTCR', /0x17590ABC/);
check('STM32F407', 'HASH.SR.DCIS', /Cleared by writing 0/);
check('STM32F407', 'CRC.DR', /reading gives the result, not what was written/);
check('STM32G431', 'GPIOA.LCKR', /LCKK being 1, then 0, then 1/);

// Clocks
check('STM32F407', 'ADC1.CR1', /Clock: RCC\.APB2ENR\.ADC1EN/);
check('STM32G431', 'ADC1.CR', /Clock: RCC\.RCC_AHB2ENR\.ADC12EN; reset: RCC\.RCC_AHB2RSTR\.ADC12RST/);
check('STM32F407', 'Ethernet_MAC.MACCR', /Clock: .*ETHMACEN.*reset: RCC\.AHB1RSTR\.ETHMACRST/);
check('STM32H753', 'OTG1_HS_GLOBAL.OTG_HS_GINTSTS', /USB1OTGHSEN; reset: RCC\.AHB1RSTR\.USB1OTGRST/);
check('STM32H573', 'SEC_USART2.BRR', /Clock: SEC_RCC\./);
check('STM32G431', 'COMP.C1CSR', /Clock: RCC\.RCC_APB2ENR\.SYSCFGEN/);
check('STM32U5Gx', 'RTC.SCR', /RTCAPBEN.*RCC_BDCR\.RTCEN/);
check('STM32F103', 'CAN1.MSR', /Clock: RCC\.APB1ENR\.CANEN/);

// What no manual is known of is never said to be documented
checkPart('AT32F403', 'SR:UIF', ['TIM2.SR.UIF', /^inferred: Cleared by writing 0.*inferred from the STM32F4's RM0090/]);
checkPart('STM32Z999', 'SR:UIF', ['TIM2.SR.UIF', /^inferred:/]);
checkPart('XMC4800', 'SR:UIF', ['TIM2.SR.UIF', /^unknown: Side effects are not stated/]);
check('STM32H753', 'HRTIM_Common.DISR', /Writing 1 disables the output/);
check('STM32F407', 'RTC.CR.ADD1H', /Writing 1 changes the calendar's hour/);
checkPart('STM32F303xC', 'USB_EP0R:DTOG_RX USB_ISTR:RESET', ['USB_FS.USB_EP0R.DTOG_RX', /Writing 1 toggles the bit.*RM0316/]);
checkPart('STM32F303xC', 'USB_EP0R:DTOG_RX USB_ISTR:RESET', ['USB_FS.USB_ISTR.RESET', /Cleared by writing 0.*RM0316/]);
checkPart('STM32WB55', 'SYSCFG_CFGR2:SPF SYSCFG_SCSR:SRAM2ER', ['SYSCFG_VREFBUF.SYSCFG_CFGR2.SPF', /writing 1 clears it.*RM0434/]);
checkPart('STM32H563', 'MESR:MCLR', ['SBS.MESR.MCLR', /writing 1 clears it.*RM0481/]);
checkPart('STM32L4R5', 'CR:START SR:EOP ACR', ['FLASH.CR.START', /Writing 1 starts it.*RM0432/]);
checkPart('STM32L073', 'PECR:OBL_LAUNCH PEKEYR SR', ['FLASH.PECR.OBL_LAUNCH', /Writing 1 loads the option bytes/]);
checkPart('STM32WL55', 'CR:START SR', ['PKA.CR.START', /Writing 1 starts the operation/]);
