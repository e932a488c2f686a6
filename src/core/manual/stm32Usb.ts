import { hardwareOnly, oneClears, oneStarts, oneToggles } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

const zeroOnly = { text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear' } as const;

/** USB device with packet memory, and its successor that can be host: F0, F1, F3, L0, L1, L4x2, G0, G4, L5, U535, H5, WB, C0. */
const packetMemory: IpBlock = {
  peripheral: /^(USB|USB_FS|USB_FS_DEVICE|USB_DRD\w*)$/,
  effects: [
    { register: /^(USB_)?(EP|CHEP)\d?R?\d?R?$/, fields: /^(CTR_[TR]X|VT[TR]X|ERR_[TR]X|THREE_ERR_[TR]X|NAK)$/, ...zeroOnly, heading: 'USB endpoint n register' },
    { register: /^(USB_)?(EP|CHEP)\d?R?\d?R?$/, fields: /^(DTOG_?[TR]X|STAT_?[TR]X|DTOG[TR]X|STAT[TR]X)$/, ...oneToggles, heading: 'USB endpoint n register' },
    { register: /^(USB_)?(EP|CHEP)\d?R?\d?R?$/, fields: /^SETUP$/, ...hardwareOnly, heading: 'USB endpoint n register' },
    { register: /^(USB_)?ISTR$/, fields: /^(L1REQ|ESOF|SOF|RESET|RST_DCON|SUSP|WKUP|ERR|PMAOVR|PMAOVRN|THR512|DCON|DDISC)$/, ...zeroOnly, heading: 'USB interrupt status register (USB_ISTR)' },
    { register: /^(USB_)?ISTR$/, fields: /^(CTR|DIR|EP_ID|IDN|DCON_STAT|LS_DCON\w*|LS_DCONN)$/, text: 'Read-only: tells of the endpoint whose transfer is done, and goes when its flag in the endpoint register is cleared.', heading: 'USB interrupt status register (USB_ISTR)' },
    { register: /^(USB_)?FNR$/, ...hardwareOnly, heading: 'USB frame number register (USB_FNR)' },
  ],
};

/** Interrupt flags of the OTG cores that another register must clear. */
const summaryFlags = /^(CMOD|OTGINT|RXFLVL|NPTXFE|GINAKEFF|GI?N?AKEFF|GOUTNAKEFF|GONAKEFF|BOUTNAKEFF|IEPINT|OEPINT|HPRTINT|HCINT|PTXFE)$/;

/** USB OTG, full and high speed: F1 connectivity line, F2, F4, F7, H7, L4, U5, N6. */
const onTheGo: IpBlock = {
  peripheral: /^(USB_)?(OTG|OTG\d?_?[FH]S)(_(GLOBAL|HOST|DEVICE|PWRCLK))?$/,
  effects: [
    { register: /^(OTG_)?([FH]S_)?GINTSTS$/, fields: summaryFlags, text: 'Read-only: goes when its cause is cleared in the register it stands for.', heading: 'OTG core interrupt register (OTG_GINTSTS)' },
    { register: /^(OTG_)?([FH]S_)?GINTSTS$/, fields: /^(?!(CMOD|OTGINT|RXFLVL|NPTXFE|GINAKEFF|GI?N?AKEFF|GOUTNAKEFF|GONAKEFF|BOUTNAKEFF|IEPINT|OEPINT|HPRTINT|HCINT|PTXFE)$)/, ...oneClears, heading: 'OTG core interrupt register (OTG_GINTSTS)' },
    { register: /^(OTG_)?([FH]S_)?GOTGINT$/, ...oneClears, heading: 'OTG interrupt register (OTG_GOTGINT)' },
    { register: /^(OTG_)?([FH]S_)?GRSTCTL$/, fields: /^(CSRST|HSRST|PSRST|FCRST|RXFFLSH|TXFFLSH)$/, ...oneStarts, heading: 'OTG reset register (OTG_GRSTCTL)' },
    { register: /^(OTG_)?([FH]S_)?GRXSTSR(_\w+)?$/, text: 'Reading looks at the next status without taking it from the receive FIFO.', heading: 'OTG receive status debug read register' },
    { register: /^(OTG_)?([FH]S_)?GRXSTSP(_\w+)?$/, text: 'Reading takes the next status from the receive FIFO.', readAction: 'modifyExternal', heading: 'OTG status read and pop register' },
    { register: /^(OTG_)?([FH]S_)?(GNPTXSTS|HNPTXSTS|HPTXSTS|HFNUM|DSTS|DAINT|HAINT|DTXFSTS\d+|DEACHINT)$/, ...hardwareOnly },
    { register: /^(OTG_)?([FH]S_)?DIEPINT\d+$/, fields: /^(TXFE|INEPNE)$/, ...hardwareOnly, heading: 'OTG device IN endpoint interrupt register' },
    { register: /^(OTG_)?([FH]S_)?DIEPINT\d+$/, fields: /^(?!(TXFE|INEPNE)$)/, ...oneClears, heading: 'OTG device IN endpoint interrupt register' },
    { register: /^(OTG_)?([FH]S_)?DOEPINT\d+$/, ...oneClears, heading: 'OTG device OUT endpoint interrupt register' },
    { register: /^(OTG_)?([FH]S_)?HCINT\d+$/, ...oneClears, heading: 'OTG host channel interrupt register' },
    { register: /^(OTG_)?([FH]S_)?HPRT$/, fields: /^(PCDET|PENCHNG|POCCHNG)$/, ...oneClears, heading: 'OTG host port control and status register' },
    { register: /^(OTG_)?([FH]S_)?HPRT$/, fields: /^PENA$/, text: 'Writing 1 disables the port; writing 0 has no effect: read-modify-write of the register switches the port off.', modifiedWriteValues: 'oneToClear', heading: 'OTG host port control and status register' },
    { register: /^(OTG_)?([FH]S_)?D[IO]EPCTL\d+$/, fields: /^(SNAK|CNAK|SD0PID(_SEVNFRM)?|SODDFRM(_SD1PID)?|SD1PID_SODDFRM)$/, text: 'Writing 1 sets or clears what it names; reads as 0.', modifiedWriteValues: 'oneToSet' },
    { register: /^(OTG_)?([FH]S_)?D[IO]EPCTL\d+$/, fields: /^(EPENA|EPDIS)$/, text: 'Software can only set it; the core clears it when it is done.', modifiedWriteValues: 'oneToSet' },
    { register: /^(OTG_)?([FH]S_)?DCTL$/, fields: /^[SC]G[IO]N?AK$/, text: 'Writing 1 sets or clears what it names; reads as 0.', modifiedWriteValues: 'oneToSet' },
  ],
};

/** USB type-C power delivery. */
const powerDelivery: IpBlock = {
  peripheral: /^UCPD$/,
  effects: [
    { register: /^SR$/, text: 'Flags are set by hardware and cleared by writing 1 in ICR, or by serving the data register.' },
    { register: /^ICR$/, text: 'Writing 1 clears the flag of SR; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' },
    { register: /^RXDR$/, text: 'Reading takes the received byte and clears SR.RXNE.', readAction: 'modifyExternal' },
    { register: /^TXDR$/, text: 'Writing hands over a byte to send and clears SR.TXIS.' },
  ],
};

/** USB in all its versions. */
export const stm32Usb: readonly IpBlock[] = [packetMemory, onTheGo, powerDelivery];
