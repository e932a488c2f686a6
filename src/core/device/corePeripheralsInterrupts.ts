import type { CorePeripheralText } from './corePeripheralText.ts';

/** Timer and interrupt controller of every Cortex-M. */
export const interruptTexts: readonly CorePeripheralText[] = [
  {
    name: 'SysTick', groupName: 'STK', otherNames: ['STK', 'SYST', 'SYS_TICK'], baseAddress: 0xE000E010n, description: 'Core system timer: a 24-bit down counter', hasNonSecureTwin: true, cores: 'v6m v7m v8m',
    registers: `
      CTRL 0x0 32 rw =0x0&0xFFFFFFFB | Control and status; reading clears COUNTFLAG
        .COUNTFLAG 16 r rc | The timer has counted to 0 since the last read
        .CLKSOURCE 2 {0 = external reference clock; 1 = processor clock}
        .TICKINT 1 | Counting to 0 raises the SysTick exception
        .ENABLE 0 | The counter runs
      LOAD 0x4 32 rw | Reload value
        .RELOAD 23:0 | Value loaded when the counter reaches 0: the period is RELOAD + 1 ticks
      VAL 0x8 32 rw wc | Current value; any write clears it to 0, and COUNTFLAG with it
        .CURRENT 23:0 wc | Counter value
      CALIB 0xC 32 r | Calibration value
        .NOREF 31 {0 = there is a reference clock; 1 = there is none}
        .SKEW 30 {0 = TENMS is exact; 1 = TENMS is not exact, or not given}
        .TENMS 23:0 | Reload value for 10 ms, 0 when not known`,
  },
  {
    name: 'NVIC', otherNames: ['NVIC_STIR', 'STIR'], baseAddress: 0xE000E100n, description: 'Nested vectored interrupt controller', hasNonSecureTwin: true, cores: 'v6m v7m v8m',
    registers: `
      ISER[words] 0x000 32 rw w1s =0x0 | Interrupt set-enable: bit n of word m is IRQ 32m + n
        .SETENA 31:0 w1s | Writing 1 enables the interrupt, 0 does nothing; reads 1 where enabled
      ICER[words] 0x080 32 rw w1c =0x0 | Interrupt clear-enable: bit n of word m is IRQ 32m + n
        .CLRENA 31:0 w1c | Writing 1 disables the interrupt, 0 does nothing; reads 1 where enabled
      ISPR[words] 0x100 32 rw w1s =0x0 | Interrupt set-pending: bit n of word m is IRQ 32m + n
        .SETPEND 31:0 w1s | Writing 1 makes the interrupt pending, 0 does nothing; reads 1 where pending
      ICPR[words] 0x180 32 rw w1c =0x0 | Interrupt clear-pending: bit n of word m is IRQ 32m + n
        .CLRPEND 31:0 w1c | Writing 1 takes the pending state away, 0 does nothing; reads 1 where pending
      [main cm23] IABR[words] 0x200 32 r =0x0 | Interrupt active: bit n of word m is IRQ 32m + n
        .ACTIVE 31:0 | The handler is running, or preempted
      [v8m] ITNS[words] 0x280 32 rw =0x0 | Interrupt target: bit n of word m is IRQ 32m + n; secure software only
        .ITNS 31:0 | 0 the interrupt goes to the secure state, 1 to the non-secure state
      [v7m] IP[interrupts] 0x300 8 rw =0x0 | Priority of IRQ n (IPR in newer headers), in the upper bits (how many: nvicPrioBits); lower is more urgent
        .PRI 7:0 | Priority
      [v8main] IPR[interrupts] 0x300 8 rw =0x0 | Priority of IRQ n, in the upper bits (how many: nvicPrioBits); lower is more urgent
        .PRI 7:0 | Priority
      [v6m] IP[quads] 0x300 32 rw =0x0 | Priorities of IRQ 4n to 4n + 3 (IPR in newer headers), two bits each; words only; lower is more urgent
        .PRI_0 7:0 | Priority of IRQ 4n, in bits 7:6
        .PRI_1 15:8 | Priority of IRQ 4n + 1, in bits 15:14
        .PRI_2 23:16 | Priority of IRQ 4n + 2, in bits 23:22
        .PRI_3 31:24 | Priority of IRQ 4n + 3, in bits 31:30
      [cm23] IPR[quads] 0x300 32 rw =0x0 | Priorities of IRQ 4n to 4n + 3, two bits each; words only; lower is more urgent
        .PRI_0 7:0 | Priority of IRQ 4n, in bits 7:6
        .PRI_1 15:8 | Priority of IRQ 4n + 1, in bits 15:14
        .PRI_2 23:16 | Priority of IRQ 4n + 2, in bits 23:22
        .PRI_3 31:24 | Priority of IRQ 4n + 3, in bits 31:30
      [main] STIR 0xE00 32 w | Software trigger; unprivileged software may write it when CCR.USERSETMPEND is 1
        .INTID 8:0 | IRQ number to make pending`,
  },
];
