import { hardwareOnly, oneClears } from './effectWords.ts';
import type { EffectFact, IpBlock } from './manualFamily.ts';

/** bxCAN: F0 to F4, F7, L4. */
const basicExtended: IpBlock = {
  peripheral: /^(BX)?CAN$/, has: /^MSR$/,
  effects: [
    { register: /^MSR$/, fields: /^(SLAKI|WKUI|ERRI)$/, ...oneClears, heading: 'CAN master status register (CAN_MSR)' },
    { register: /^MSR$/, fields: /^(RX|SAMP|RXM|TXM|SLAK|INAK)$/, ...hardwareOnly, heading: 'CAN master status register (CAN_MSR)' },
    { register: /^TSR$/, fields: /^RQCP[0-2]$/, text: 'Writing 1 clears it, and TXOK, ALST and TERR of the mailbox with it; also cleared by a new TXRQ.', modifiedWriteValues: 'oneToClear', heading: 'CAN transmit status register (CAN_TSR)' },
    { register: /^TSR$/, fields: /^(TXOK|ALST|TERR)[0-2]$/, text: 'Writing 1 clears it; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', heading: 'CAN transmit status register (CAN_TSR)' },
    { register: /^TSR$/, fields: /^ABRQ[0-2]$/, text: 'Writing 1 asks to abort the mailbox; hardware clears it when the mailbox is empty.', modifiedWriteValues: 'oneToSet', heading: 'CAN transmit status register (CAN_TSR)' },
    { register: /^TSR$/, fields: /^(TME[0-2]|LOW[0-2]|CODE)$/, ...hardwareOnly, heading: 'CAN transmit status register (CAN_TSR)' },
    { register: /^RF[01]R$/, fields: /^RFOM[01]?$/, text: 'Writing 1 releases the message at the FIFO\'s output, after it was read from the mailbox; hardware clears it.', modifiedWriteValues: 'oneToSet', heading: 'CAN receive FIFO register (CAN_RFxR)' },
    { register: /^RF[01]R$/, fields: /^(FOVR|FULL)[01]?$/, ...oneClears, heading: 'CAN receive FIFO register (CAN_RFxR)' },
    { register: /^RF[01]R$/, fields: /^FMP[01]?$/, ...hardwareOnly, heading: 'CAN receive FIFO register (CAN_RFxR)' },
    { register: /^ESR$/, fields: /^(EWGF|EPVF|BOFF|TEC|REC)$/, ...hardwareOnly, heading: 'CAN error status register (CAN_ESR)' },
    { register: /^ESR$/, fields: /^LEC$/, text: 'Software may write 7, to see whether hardware writes a new code.', heading: 'CAN error status register (CAN_ESR)' },
    { register: /^MCR$/, fields: /^RESET$/, text: 'Writing 1 resets the controller, which then sleeps; hardware clears it.', modifiedWriteValues: 'oneToSet', heading: 'CAN master control register (CAN_MCR)' },
    { register: /^TI[0-2]R$/, fields: /^TXRQ$/, text: 'Set by software to send the mailbox; hardware clears it when the mailbox is empty.', heading: 'CAN TX mailbox identifier register (CAN_TIxR)' },
    { register: /^T(I|DT|DL|DH)[0-2]R$/, text: 'Write only while the mailbox is empty (TSR.TMEx).', heading: 'CAN mailbox registers' },
    { register: /^BTR$/, text: 'Can only be written in initialisation mode.', heading: 'CAN bit timing register (CAN_BTR)' },
  ],
};

/** Bosch's M_CAN, which ST, Microchip and others build in. */
export const boschCanEffects: readonly EffectFact[] = [
  { register: /^(IR|CCU_IR|TTIR)$/, ...oneClears },
  { register: /^PSR$/, fields: /^(PXE|REDL|RFDF|RBRS|RESI)$/, text: 'Reading PSR resets it.', readAction: 'clear' },
  { register: /^PSR$/, fields: /^D?LEC$/, text: 'Reading PSR sets it to 7: no change since.', readAction: 'set' },
  { register: /^PSR$/, fields: /^(BO|EW|EP|ACT|TDCV)$/, ...hardwareOnly },
  { register: /^ECR$/, fields: /^CEL$/, text: 'Reading ECR resets it.', readAction: 'clear' },
  { register: /^ECR$/, fields: /^(TREC|REC|RP|TEC)$/, ...hardwareOnly },
  { register: /^(HPMS|RXF[01]S|TXFQS|TXBRP|TXBTO|TXBCF|TXEFS|CREL|ENDN|TTOST)$/, ...hardwareOnly },
  { register: /^NDAT[12]$/, ...oneClears },
  { register: /^RXF[01]A$/, text: 'Writing the index of the last message read frees the FIFO up to it.' },
  { register: /^TXEFA$/, text: 'Writing the index of the last event read frees the event FIFO up to it.' },
  { register: /^TXBAR$/, text: 'Writing 1 asks to send the buffer; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
  { register: /^TXBCR$/, text: 'Writing 1 asks to cancel the buffer; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' },
  { register: /^TSCV$/, text: 'Any write resets the counter, when it counts inside.', modifiedWriteValues: 'clear' },
  { register: /^TOCV$/, text: 'Any write presets the counter in continuous mode.' },
  { register: /^(DBTP|NBTP|TEST|RWD|TSCC|TOCC|TDCR|RXGFC|XIDAM|CKDIV|TXBC|GFC|SIDFC|XIDFC|RXF[01]C|RXBC|RXESC|TXESC|TXEFC)$/, text: 'Can only be written while CCCR.INIT and CCCR.CCE are set.' },
  { register: /^CCCR$/, fields: /^CCE$/, text: 'Can only be set while INIT is 1; hardware clears it with INIT.' },
  { register: /^CCCR$/, fields: /^INIT$/, text: 'Hardware sets it on reset and when the bus goes off; after writing read it back until it has changed.' },
];

/** FDCAN: G0, G4, L5, U5, H5, H7, N6; on H7 also the clock calibration and time triggering. */
const flexibleData: IpBlock = { peripheral: /^(FDCAN|CAN_CCU|TTCAN)$/, effects: boschCanEffects };

/** Versions of the CAN controller. */
export const stm32Can: readonly IpBlock[] = [basicExtended, flexibleData];
