import { hardwareOnly, oneClearsFlag, oneStarts } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

const staticFlags = /^(CCRCFAIL|DCRCFAIL|CTIMEOUT|DTIMEOUT|TXUNDERR|RXOVERR|CMDREND|CMDSENT|DATAEND|DHOLD|STBITERR|DBCKEND|DABORT|BUSYD0END|SDIOIT|CEATAEND|ACKFAIL|ACKTIMEOUT|VSWEND|CKSTOP|IDMATE|IDMABTC)$/;

/** SDIO and SDMMC: the same flags and clear register in all families. */
const cards: IpBlock = {
  peripheral: /^(SDIO|SDMMC)$/,
  effects: [
    { register: /^STAR?$/, fields: staticFlags, text: 'Set by hardware, cleared by writing 1 to the same bit of ICR; writing it here has no effect.' },
    { register: /^STAR?$/, fields: /^(CMDACT|TXACT|RXACT|[TR]XFIFO\w+|[TR]XDAVL|DPSMACT|CPSMACT|BUSYD0)$/, text: 'Follows the state of the command, the data path or the FIFO; writing has no effect.' },
    { register: /^ICR$/, text: oneClearsFlag.text, modifiedWriteValues: 'oneToClear' },
    { register: /^FIFOR?\d*$/, text: 'Reading takes a word from the receive FIFO, writing puts one into the transmit FIFO.', readAction: 'modifyExternal' },
    { register: /^(FIFOCNT|DCOUNT|DCNTR|RESPCMDR?|RESP[I\d]+R?)$/, ...hardwareOnly },
  ],
};

/** QUADSPI, OCTOSPI, HSPI, XSPI. */
const serialMemory: IpBlock = {
  peripheral: /^(QUADSPI|OCTOSPI|HSPI|XSPI)$/,
  effects: [
    { register: /^SR$/, fields: /^(TEF|TCF|SMF|TOF)$/, text: 'Set by hardware, cleared by writing 1 to the bit of FCR; writing it here has no effect.' },
    { register: /^SR$/, fields: /^(FTF|BUSY|FLEVEL)$/, ...hardwareOnly },
    { register: /^FCR$/, ...oneClearsFlag },
    { register: /^CR$/, fields: /^ABORT$/, ...oneStarts },
    { register: /^DR$/, text: 'Reading takes data from the FIFO, writing puts data into it; the width of the access counts. In indirect mode writing starts a transfer that waits for data.', readAction: 'modifyExternal' },
    { register: /^AR$/, text: 'In indirect mode writing it starts the command, unless data must be written first.' },
  ],
};

/** Which register starts a command without an address. */
const serialCommands: readonly IpBlock[] = [
  { peripheral: /^QUADSPI$/, effects: [{ register: /^CCR$/, text: 'In indirect mode writing it starts a command that has neither address nor data to write.' }] },
  { peripheral: /^(OCTOSPI|HSPI|XSPI)$/, effects: [{ register: /^IR$/, text: 'In indirect mode writing it starts a command that has neither address nor data to write.' }] },
];

/** Parallel memory controllers. */
const parallelMemory: IpBlock = {
  peripheral: /^FS?MC$/,
  effects: [
    { register: /^SR[234]?$/, fields: /^(IRS|ILS|IFS)$/, text: 'Set by hardware, cleared by writing 0.', modifiedWriteValues: 'zeroToClear' },
    { register: /^SR[234]?$/, fields: /^FEMPT$/, ...hardwareOnly },
    { register: /^SDRTR$/, fields: /^CRE$/, text: 'Writing 1 clears the refresh error flag of SDSR; reads as 0.', modifiedWriteValues: 'oneToClear', readsAsZero: true },
    { register: /^SDSR$/, ...hardwareOnly },
  ],
};

/** Memories and cards. */
export const stm32Memory: readonly IpBlock[] = [cards, serialMemory, ...serialCommands, parallelMemory];
