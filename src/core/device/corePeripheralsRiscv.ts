import type { CorePeripheralText } from './corePeripheralText.ts';

const pficRegisters = `
      ISR[8] 0x000 32 r | Interrupt enabled: bit n of word m is interrupt 32m + n
      IPR[8] 0x020 32 r | Interrupt pending: bit n of word m is interrupt 32m + n
      ITHRESDR 0x040 32 rw =0x0 | Priority threshold: interrupts of equal or lower urgency wait
        .THRESHOLD 7:0 | Threshold in the upper bits, 0 for none
      [pfic3] FIBADDRR 0x044 32 rw =0x0 | Upper address of fast interrupt handlers
        .BASEADDR 31:28 | Address bits 31:28
      CFGR 0x048 32 rw =0x0 | Configuration; a write counts only with the bit's key
        .KEYCODE 31:16 w {0xFA05 = key 1; 0xBCAF = key 2; 0xBEEF = key 3: system reset}
        .SYSRESET 7 w | With key 3, writing 1 resets the chip
        [pfic3] .PFICRESET 6 w | With key 3, writing 1 resets the interrupt controller
        [pfic3] .EXCRESET 5 w | With key 2, writing 1 takes the exception's pending state away
        [pfic3] .EXCSET 4 w | With key 2, writing 1 makes the exception pending
        [pfic3] .NMIRESET 3 w | With key 2, writing 1 takes the NMI's pending state away
        [pfic3] .NMISET 2 w | With key 2, writing 1 makes the NMI pending
        [pfic3] .NESTCTRL 1 | With key 1 {0 = nesting on; 1 = nesting off}
        [pfic3] .HWSTKCTRL 0 | With key 1 {0 = hardware stacking on; 1 = hardware stacking off}
      GISR 0x04C 32 r | Global state
        .GPENDSTA 9 | An interrupt is pending
        .GACTSTA 8 | An interrupt is running
        .NESTSTA 7:0 {0 = none; 1 = level 1; 3 = level 2; 7 = level 3; 15 = level 4}
      [pfic2 pfic4] VTFIDR 0x050 32 rw =0x0 | Numbers of the table-free interrupts, a byte each
        .VTFID3 31:24 | Interrupt number
        .VTFID2 23:16 | Interrupt number
        .VTFID1 15:8 | Interrupt number
        .VTFID0 7:0 | Interrupt number
      [pfic2] VTFADDRR[2] 0x060 32 rw =0x0 | Handler address of table-free interrupt n
        .ADDR 31:1 | Address bits 31:1
        .VTFEN 0 | Table-free interrupt on
      [pfic4] VTFADDRR[4] 0x060 32 rw =0x0 | Handler address of table-free interrupt n
        .ADDR 31:1 | Address bits 31:1
        .VTFEN 0 | Table-free interrupt on
      [pfic3] FIOFADDRR[4] 0x060 32 rw =0x0 | Fast interrupt n
        .FINUM 31:24 | Interrupt number
        .OFFADDR 23:0 | Lower address of the handler
      IENR[8] 0x100 32 w w1s | Writing 1 enables the interrupt: bit n of word m is interrupt 32m + n
      IRER[8] 0x180 32 w w1c | Writing 1 disables the interrupt: bit n of word m is interrupt 32m + n
      IPSR[8] 0x200 32 w w1s | Writing 1 makes the interrupt pending
      IPRR[8] 0x280 32 w w1c | Writing 1 takes the pending state away
      IACTR[8] 0x300 32 r | Interrupt active
      IPRIOR[256] 0x400 8 rw =0x0 | Priority of interrupt n, in the upper bits; lower is more urgent
        .PRI 7:0 | Priority
      SCTLR 0xD10 32 rw =0x0 | System control
        .SYSRESET 31 w | Writing 1 resets the chip
        .SETEVENT 5 | Sets the event that wakes WFE
        .SEVONPEND 4 | Interrupts that become pending wake WFE, disabled ones too
        .WFITOWFE 3 | The next WFI acts as WFE
        .SLEEPDEEP 2 {0 = sleep; 1 = deep sleep}
        .SLEEPONEXIT 1 | Sleep after the last handler`;

/** Interrupt controllers and timers of RISC-V cores, at the chips' own addresses. */
export const riscvTexts: readonly CorePeripheralText[] = [
  {
    name: 'CLINT', baseAddress: 0x02000000n, description: 'Core-local interruptor: software interrupt and timer', cores: 'clint',
    registers: `
      MSIP[harts] 0x0 32 rw =0x0 | Software interrupt of hart n
        .MSIP 0 | Software interrupt is pending: the same as mip.MSIP
      MTIMECMP[harts] 0x4000 64 rw | Timer compare of hart n: the timer interrupt is pending while MTIME is not below it
      MTIME 0xBFF8 64 rw | Timer, counts the real-time clock`,
  },
  {
    name: 'CLINT', baseAddress: 0x14000000n, description: 'Core-local interruptor: software interrupt and timer', cores: 'plicd1',
    registers: `
      MSIP 0x0 32 rw =0x0 | Machine software interrupt
        .MSIP 0 | Software interrupt is pending: the same as mip.MSIP
      MTIMECMPL 0x4000 32 rw | Machine timer compare, low half
      MTIMECMPH 0x4004 32 rw | Machine timer compare, high half
      SSIP 0xC000 32 rw =0x0 | Supervisor software interrupt
        .SSIP 0 | Software interrupt is pending
      STIMECMPL 0xD000 32 rw | Supervisor timer compare, low half
      STIMECMPH 0xD004 32 rw | Supervisor timer compare, high half`,
  },
  {
    name: 'PLIC', baseAddress: 0x0C000000n, description: 'Platform-level interrupt controller', cores: 'plic',
    registers: `
      PRIORITY[interrupts] 0x0 32 rw | Priority of source n (source 0 is none); 0 never interrupts, higher is more urgent
      PENDING[words] 0x1000 32 r | Interrupt pending: bit n of word m is source 32m + n; claiming clears it
      ENABLE[words] 0x2000 32 rw | Interrupt enable of hart 0, machine mode: bit n of word m is source 32m + n
      THRESHOLD 0x200000 32 rw | Priority threshold of hart 0, machine mode: only higher priorities interrupt
      CLAIM 0x200004 32 rw rx | Reading claims the most urgent pending interrupt and clears its pending bit, 0 for none; writing its number completes it`,
  },
  {
    name: 'PLIC', baseAddress: 0x10000000n, description: 'Platform-level interrupt controller', cores: 'plicd1',
    registers: `
      PRIO[256] 0x0 32 rw | Priority of source n (source 0 is none); 0 never interrupts, higher is more urgent
      IP[9] 0x1000 32 r | Interrupt pending: bit n of word m is source 32m + n; claiming clears it
      MIE[9] 0x2000 32 rw | Interrupt enable, machine mode
      SIE[9] 0x2080 32 rw | Interrupt enable, supervisor mode
      CTRL 0x1FFFFC 32 rw | Control
        .CTRL 0 {0 = machine mode only; 1 = supervisor mode may access it too}
      MTH 0x200000 32 rw | Priority threshold, machine mode: only higher priorities interrupt
      MCLAIM 0x200004 32 rw rx | Machine mode: reading claims the most urgent pending interrupt and clears its pending bit, 0 for none; writing its number completes it
      STH 0x201000 32 rw | Priority threshold, supervisor mode
      SCLAIM 0x201004 32 rw rx | Supervisor mode: reading claims the most urgent pending interrupt and clears its pending bit, 0 for none; writing its number completes it`,
  },
  {
    name: 'TIMER', baseAddress: 0xD1000000n, description: 'Core timer unit', cores: 'eclic',
    registers: `
      MTIME 0x000 64 rw | Timer, counts a quarter of the core clock
      MTIMECMP 0x008 64 rw | Timer compare: the timer interrupt is pending while MTIME is not below it
      MSTOP 0xFF8 32 rw =0x0 | Timer control
        .TIMESTOP 0 {0 = timer runs; 1 = timer stands still}
      MSIP 0xFFC 32 rw =0x0 | Software interrupt
        .MSIP 0 | Software interrupt is pending`,
  },
  {
    name: 'ECLIC', baseAddress: 0xD2000000n, description: 'Enhanced core-local interrupt controller; four bytes for each interrupt', cores: 'eclic',
    registers: `
      CLICCFG 0x0 8 rw =0x0 | Configuration
        .NLBITS 4:1 | How many upper bits of CLICINTCTL are the level, the rest is the priority
      CLICINFO 0x4 32 r | Information
        .CLICINTCTLBITS 24:21 | How many bits of CLICINTCTL there are
        .VERSION 20:13 | Version
        .NUM_INTERRUPT 12:0 | Number of interrupts
      MTH 0xB 8 rw =0x0 | Level threshold: only higher levels interrupt
        .MTH 7:0 | Threshold
      CLICINTIP[interrupts] 0x1000 8 rw step=4 =0x0 | Interrupt n: pending
        .IP 0 | Pending; on an edge-triggered interrupt cleared on entry
      CLICINTIE[interrupts] 0x1001 8 rw step=4 =0x0 | Interrupt n: enable
        .IE 0 | Interrupt on
      CLICINTATTR[interrupts] 0x1002 8 rw step=4 =0xC0 | Interrupt n: attributes
        .TRIG 2:1 {0 = level; 1 = rising edge; 2 = level; 3 = falling edge}
        .SHV 0 {0 = common handler; 1 = handler from the vector table}
      CLICINTCTL[interrupts] 0x1003 8 rw step=4 =0x0 | Interrupt n: level and priority, in the upper bits
        .LEVEL_PRIORITY 7:0 | Level above priority, as CLICCFG.NLBITS splits them`,
  },
  { name: 'PFIC', baseAddress: 0xE000E000n, description: 'Programmable fast interrupt controller', cores: 'pfic', registers: pficRegisters },
  {
    name: 'STK', groupName: 'SysTick', otherNames: ['SysTick', 'SYSTICK'], baseAddress: 0xE000F000n, description: 'Core system timer', cores: 'pfic',
    registers: `
      CTLR 0x00 32 rw =0x0 | Control
        [pfic2 pfic4] .SWIE 31 | Writing 1 raises the software interrupt
        [pfic4] .INIT 5 w | Writing 1 loads the counter's start: 0 counting up, the compare value counting down
        [pfic4] .MODE 4 {0 = counts up; 1 = counts down}
        [pfic2 pfic4] .STRE 3 {0 = goes on after the compare value; 1 = starts anew}
        [pfic2 pfic4] .STCLK 2 {0 = HCLK / 8; 1 = HCLK}
        [pfic2 pfic4] .STIE 1 | Interrupt on
        .STE 0 | Counter runs
      [pfic2 pfic4] SR 0x04 32 rw =0x0 | Status
        .CNTIF 0 w0c | The compare value was reached; writing 0 clears
      [pfic2] CNT 0x08 32 rw =0x0 | Counter
      [pfic4] CNTL 0x08 32 rw =0x0 | Counter, low half
      [pfic4] CNTH 0x0C 32 rw =0x0 | Counter, high half
      [pfic2] CMP 0x10 32 rw =0x0 | Compare value
      [pfic4] CMPLR 0x10 32 rw =0x0 | Compare value, low half
      [pfic4] CMPHR 0x14 32 rw =0x0 | Compare value, high half
      [pfic3] CNTL 0x04 32 rw =0x0 | Counter, low half
      [pfic3] CNTH 0x08 32 rw =0x0 | Counter, high half
      [pfic3] CMPLR 0x0C 32 rw =0x0 | Compare value, low half
      [pfic3] CMPHR 0x10 32 rw =0x0 | Compare value, high half`,
  },
];
