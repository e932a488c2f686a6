import type { ClockScheme, ReservedBitsFact } from './manualFamily.ts';

/** What the STM32 manuals say of bits that no field covers. */
export const stm32ReservedBits: ReservedBitsFact = { text: 'keep them at their reset value.', write: 'reset', heading: 'List of abbreviations for registers' };

/** Bits of RCC, named after what they feed. */
export const stm32Clocks: ClockScheme = {
  controllers: [
    { does: 'enable', peripheral: /^RCC$/, register: /^(A[HP]B\d?[LH]?|IOP|GPIO)ENR\d?$/, field: /^(\w+?)ENR?$/ },
    { does: 'enable', peripheral: /^RCC$/, register: /^(BDCR|CSR)$/, field: /^(RTC)EN$/ },
    { does: 'reset', peripheral: /^RCC$/, register: /^(A[HP]B\d?[LH]?|IOP|GPIO)RSTR\d?$/, field: /^(\w+?)RST$/ },
    { does: 'lowPowerEnable', peripheral: /^RCC$/, register: /^(A[HP]B\d?[LH]?|IOP|GPIO)(LP|SM)ENR\d?$/, field: /^(\w+?)(LP|SM)EN$/ },
  ],
  notes: [{ parts: /^STM32(F10[57]|F2|F4|F7)/i, peripherals: /^CAN2$/, text: 'CAN2 shares the filters and the memory of CAN1, whose clock (CAN1EN) must be on too.' }],
  aliases: [
    [/^IOP([A-K])$/, 'GPIO$1'],
    [/^US?ART(\d+)$/, 'USART$1 UART$1'],
    // The only one of its kind has a number in one of the names.
    [/^(\w*[A-Z])1$/, '$1'],
    [/^([A-Z]+)$/, '$11'],
    [/^ADC$/, 'ADC* C_ADC'],
    [/^ADC1$/, 'C_ADC ADC1_COMMON'],
    [/^ADC(\d)(\d)$/, 'ADC$1 ADC$2 ADC$1$2 ADC$1$2_COMMON ADCC'],
    [/^ADC345$/, 'ADC3 ADC4 ADC5 ADC345_COMMON'],
    [/^ADC3$/, 'ADC3_COMMON'],
    [/^DAC12$/, 'DAC DAC1 DAC2'],
    [/^COMP12$/, 'COMP COMP1 COMP2'],
    [/^SPI(\d)$/, 'I2S$1EXT'],
    [/^FDCAN(12)?$/, 'FDCAN* CAN_CCU'],
    [/^FDCAN1$/, 'FDCAN1_RAM'],
    [/^USB(FS)?$/, 'USB USB_FS USB_FS_DEVICE USB_DRD*'],
    [/^OTG([FH]S)$/, 'OTG_$1 OTG_$1_*'],
    [/^OTG$/, 'OTG_FS OTG_HS'],
    [/^USB(\d)OTG([FH]S)$/, 'OTG$1_$2 OTG$1_$2_*'],
    [/^USB(\d)OTG$/, 'OTG$1_*'],
    [/^ETH1?(MAC)?(TX|RX)?$/, 'ETH ETHERNET ETHERNET_*'],
    [/^ETHMACPTP$/, 'ETHERNET_PTP'],
    [/^DCMI_PSSI$/, 'DCMI PSSI'],
    [/^(TZSC|GTZC)(\d)$/, 'GTZC$2_*'],
    [/^CRYPT$/, 'CRYP'], [/^JPGDEC$/, 'JPEG'], [/^QSPI$/, 'QUADSPI'], [/^FSMC$/, 'FMC'], [/^SWP$/, 'SWPMI'], [/^VREF$/, 'VREFBUF'], [/^CEC$/, 'HDMI_CEC'], [/^HRTIM1?$/, 'HRTIM_*'],
    [/^CAMITF$/, 'DCMI'], [/^SYSCFGCOMP$/, 'SYSCFG COMP*'],
    [/^RTCAPB$/, 'RTC TAMP'],
    [/^SYSCFG$/, 'SYSCFG_*'],
    [/^GTZC$/, 'GTZC_*'],
    // Gates and peripherals that ST's files write differently, some by mistake.
    [/^GPIOP([A-H])$/, 'GPIO$1'],
    [/^OSPI(\d|M)$/, 'OCTOSPI$1'],
    [/^SP3$/, 'SPI3'], [/^SPI2S2$/, 'SPI2'], [/^SUBGHZSPI$/, 'SPI3'],
    [/^LPTMI1$/, 'LPTIM1'], [/^LPTIM1$/, 'LPTIMER1'], [/^LPTIMER1$/, 'LPTIM LPTIM1'], [/^LPUART1$/, 'LPUSART1'], [/^I2CFMP1$/, 'FMPI2C'], [/^SPDIF$/, 'SPDIF_RX SPDIFRX'],
    [/^LTDC$/, 'LTCD'], [/^TOUCH$/, 'TSC'], [/^CRYP$/, 'AES'], [/^DBG$/, 'DBGMCU'],
  ],
  heading: 'RCC registers',
};

/** Families in which comparators and amplifiers have their clock with SYSCFG. */
export const stm32ClocksWithSharedAnalog: ClockScheme = { ...stm32Clocks, aliases: [...stm32Clocks.aliases ?? [], [/^SYSCFG$/, 'COMP COMP? OPAMP OPAMP? VREFBUF']] };
