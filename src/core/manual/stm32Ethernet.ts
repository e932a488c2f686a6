import { hardwareOnly, oneClears, oneStarts, readClears } from './effectWords.ts';
import type { IpBlock } from './manualFamily.ts';

/** Ethernet of F1, F2, F4 and F7. */
const first: IpBlock = {
  peripheral: /^(ETHERNET|ETH)(_\w+)?$/, lacks: /^(DMACSR|DMAC0SR|DMACSR0|MTLOMR|MTLISR|MACISR)$/,
  effects: [
    { register: /^DMASR$/, fields: /^(TS|TPSS|TBUS|TJTS|ROS|TUS|RS|RBUS|RPSS|PWTS|RWTS|ETS|FBES|ERS|AIS|NIS)$/, ...oneClears, heading: 'Ethernet DMA status register (ETH_DMASR)' },
    { register: /^DMASR$/, fields: /^(RPS|TPS|EBS|MMCS|PMTS|TSTS)$/, ...hardwareOnly, heading: 'Ethernet DMA status register (ETH_DMASR)' },
    { register: /^DMAMFBOCR$/, text: 'Reading clears the counters.', readAction: 'clear', heading: 'Ethernet DMA missed frame and buffer overflow counter register (ETH_DMAMFBOCR)' },
    { register: /^DMA[TR]PDR$/, text: 'Writing any value makes the DMA look for a descriptor again.', heading: 'Ethernet DMA transmit and receive poll demand registers' },
    { register: /^DMABMR$/, fields: /^SR$/, text: 'Writing 1 resets the MAC; hardware clears it, and until then no register may be written.', modifiedWriteValues: 'oneToSet', heading: 'Ethernet DMA bus mode register (ETH_DMABMR)' },
    { register: /^DMAOMR$/, fields: /^FTF$/, ...oneStarts, heading: 'Ethernet DMA operation mode register (ETH_DMAOMR)' },
    { register: /^MACSR$/, ...hardwareOnly, heading: 'Ethernet MAC interrupt status register (ETH_MACSR)' },
    { register: /^MACPMTCSR$/, fields: /^(WFR|MPR)$/, text: 'Reading clears it.', readAction: 'clear', heading: 'Ethernet MAC PMT control and status register (ETH_MACPMTCSR)' },
    { register: /^MACMIIAR$/, fields: /^MB$/, text: 'Set by software to start; hardware clears it when the access is done. The register must not be written while it is 1.', modifiedWriteValues: 'oneToSet', heading: 'Ethernet MAC MII address register (ETH_MACMIIAR)' },
    { register: /^MMC[RT]IR$/, text: 'Reading the counter that caused it clears the flag.', heading: 'Ethernet MMC interrupt registers' },
    { register: /^MMC[RT]\w+CR$/, text: 'Reading resets it when MMCCR.ROR is set.', heading: 'Ethernet MMC counters' },
    { register: /^PTPTSSR$/, text: 'Reading clears it.', readAction: 'clear' },
  ],
};

/** Ethernet of H5, H7 and N6. */
const second: IpBlock = {
  peripheral: /^(ETHERNET|ETH)(_\w+)?$/,
  effects: [
    { register: /^DMAC\d?SR$|^DMACSR\d?$/, fields: /^(TI|TPS|TBU|ET|ER|RI|RBU|RPS|RWT|ETI|ERI|FBE|CDE|AIS|NIS)$/, ...oneClears },
    { register: /^DMAC\d?SR$|^DMACSR\d?$/, fields: /^(TEB|REB)$/, ...hardwareOnly },
    { register: /^DMAISR$|^MTLISR$|^DMADSR$/, text: 'Read-only: goes when its cause is cleared.' },
    { register: /^DMAMR$/, fields: /^SWR$/, text: 'Writing 1 resets the MAC; hardware clears it, and until then no register may be written.', modifiedWriteValues: 'oneToSet' },
    { register: /^MACISR$/, text: 'Flags go when the register that caused them is read or served.' },
    { register: /^DMAC\d?MFCR$|^DMACMFCR\d?$/, text: 'Reading clears the counter.', readAction: 'clear' },
    { register: /^MACMDIOAR$/, fields: /^(MB|GB)$/, text: 'Set by software to start; hardware clears it when the access is done.', modifiedWriteValues: 'oneToSet' },
    { register: /^MACRXTXSR$/, text: 'Reading clears the flags.', readAction: 'clear' },
    { register: /^MACPCSR$/, fields: /^(MGKPRCVD|RWKPRCVD)$/, ...readClears },
    { register: /^MACLCSR$/, fields: /^[TR]LPI(EN|EX)$/, ...readClears },
    { register: /^MACTSSR$/, text: 'Reading clears the flags; ATSNS only counts.', readAction: 'clear' },
    { register: /^(MACDR|MTLTXQDR|MTLRXQDR|DMACCA\w+)$/, ...hardwareOnly },
    { register: /^DMAC[TR]XDTPR$/, text: 'Writing it makes the DMA go on with the descriptors up to there.' },
    { register: /^MTLQICSR$|^MTLQ\dICSR$/, fields: /^(TXUNFIS|RXOVFIS|ABPSIS)$/, ...oneClears },
  ],
};

/** Versions of the Ethernet MAC. */
export const stm32Ethernet: readonly IpBlock[] = [first, second];
