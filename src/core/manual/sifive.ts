import type { IpBlock, ManualFamily } from './manualFamily.ts';

const received = { text: 'Reading takes the oldest received byte out of the FIFO; empty tells in the same read whether there was one.', readAction: 'modifyExternal' } as const;
const sent = { text: 'Writing appends a byte to the FIFO, and does nothing while full is 1; reading gives full.' } as const;
const unlocked = 'Written only after the key has been written to wdogkey; each write locks again.';

const fifos: IpBlock = { peripheral: /^(UART|Q?SPI)$/, effects: [{ register: /^RXDATA$/, ...received }, { register: /^TXDATA$/, ...sent }, { register: /^IP$/, text: 'Follows the FIFO levels: it is cleared by filling or emptying the FIFO, not by writing.' }] };
const ports: IpBlock = { peripheral: /^GPIO$/, effects: [{ register: /^(RISE|FALL|HIGH|LOW)_IP$/, text: 'Writing 1 clears the pending bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear' }] };
const watchdog: IpBlock = {
  peripheral: /^(WDOG|WATCHDOG|AON)$/,
  effects: [{ register: /^WDOG(CFG|COUNT|CMP|CMP0)$/, text: unlocked }],
  keys: [
    { register: /^WDOGKEY$/, text: 'Unlocks the watchdog\'s registers for one write.', keys: [{ value: 0x51F15En, meaning: 'unlocks' }] },
    { register: /^WDOGFEED$/, text: 'Clears the counter, after wdogkey was written.', keys: [{ value: 0xD09F00Dn, meaning: 'feeds' }] },
  ],
};

/** SiFive's FE310 and FU540. */
export const sifive: ManualFamily = {
  parts: /^(FE310|E310|FU540|FU740)/i,
  manuals: [{ name: 'SiFive FE310-G002 Manual', parts: /^FE310/i }], inferredFrom: 'the FE310\'s manual', blocks: [fifos, ports, watchdog],
};
