import { hardwareOnly, oneClearsFlag, oneTriggers } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

const kind = /^(US?ART|LPUART)$/;

/** USART with SR and DR: F1, F2, F4, L1. */
const withStatusRegister: IpBlock = {
  peripheral: kind, has: /^DR$/, lacks: /^ISR$/,
  effects: [
    { register: /^SR$/, fields: /^(CTS|LBD|TC|RXNE)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'Status register (USART_SR)' },
    { register: /^SR$/, fields: /^RXNE$/, text: 'Cleared by reading DR.', heading: 'Status register (USART_SR)' },
    { register: /^SR$/, fields: /^TC$/, text: 'Also cleared by reading SR and then writing DR.', heading: 'Status register (USART_SR)' },
    { register: /^SR$/, fields: /^TXE$/, text: 'Cleared by writing DR; writing the bit has no effect.', heading: 'Status register (USART_SR)' },
    { register: /^SR$/, fields: /^(IDLE|ORE|NF|NE|FE)$/, text: 'Cleared by reading SR and then reading DR; writing the bit has no effect.', heading: 'Status register (USART_SR)' },
    { register: /^SR$/, fields: /^PE$/, text: 'Cleared by reading SR and then reading DR, or writing DR; writing the bit has no effect.', heading: 'Status register (USART_SR)' },
    { register: /^DR$/, text: 'Reading takes the received byte and clears SR.RXNE, and after a read of SR the flags PE, FE, NF, ORE and IDLE; writing hands over a byte to send and clears SR.TXE.', readAction: 'modifyExternal', heading: 'Data register (USART_DR)' },
  ],
};

/** USART with ISR, ICR, RDR and TDR: all later families; the flags of the FIFO are there where the block has one. */
const withFlagClear: IpBlock = {
  peripheral: kind, has: /^ICR$/,
  effects: [
    { register: /^ISR(_\w+)?$/, fields: /^(PE|FE|NF|NE|ORE|IDLE|TCBGT|LBDF|CTSIF|RTOF|EOBF|UDR|CMF|WUF)$/, text: 'Set by hardware, cleared by writing 1 to the bit of the same name in ICR; writing it here has no effect.' },
    { register: /^ISR(_\w+)?$/, fields: /^TC$/, text: 'Cleared by writing 1 to ICR.TCCF, or by writing TDR; writing it here has no effect.' },
    { register: /^ISR(_\w+)?$/, fields: /^(RXNE|RXFNE|RXNE_RXFNE|RXFNE_RXNE)$/, text: 'Cleared by reading RDR, or by writing 1 to RQR.RXFRQ; writing it here has no effect.' },
    { register: /^ISR(_\w+)?$/, fields: /^(TXE|TXFNF|TXE_TXFNF|TXFNF_TXE)$/, text: 'Cleared by writing TDR; writing it here has no effect.' },
    { register: /^ISR(_\w+)?$/, fields: /^(ABRE|ABRF)$/, text: 'Cleared by writing 1 to RQR.ABRRQ; writing it here has no effect.' },
    { register: /^ISR(_\w+)?$/, fields: /^(CTS|BUSY|SBKF|RWU|TEACK|REACK|TXFE|RXFF|RXFT|TXFT)$/, ...hardwareOnly },
    { register: /^ICR$/, ...oneClearsFlag },
    { register: /^RQR$/, fields: /^(ABRRQ|SBKRQ|MMRQ|TXFRQ)$/, ...oneTriggers },
    { register: /^RQR$/, fields: /^RXFRQ$/, text: 'Writing 1 drops the received data unread and clears ISR.RXNE.', modifiedWriteValues: 'oneToSet' },
    { register: /^RDR$/, text: 'Reading takes the received byte (from the FIFO where it is on) and clears ISR.RXNE when no other waits.', readAction: 'modifyExternal' },
    { register: /^TDR$/, text: 'Writing hands over a byte to send and clears ISR.TXE; write only while TXE is set.' },
  ],
};

/** Versions of the USART. */
export const stm32Usart: readonly IpBlock[] = [withStatusRegister, withFlagClear];
