/** A core peripheral as compact text; `corePeripherals.ts` reads it. A register line beginning with `+` is for mainline cores (M3 and up) only. */
export interface CorePeripheralText {
  readonly name: string;
  readonly baseAddress: bigint;
  readonly description: string;
  readonly origin: string;
  /** `mainline`: not on M0, M0+, M1 and M23. */
  readonly profile?: 'mainline';
  readonly registers: string;
}

const origin = 'Armv7-M Architecture Reference Manual (DDI 0403), part B';

/** Marks after a field's bits: its access (r, w), and w1c, w1s, rc for writing 1 clears, writing 1 sets, reading clears. */
export const corePeripheralTexts: readonly CorePeripheralText[] = [
  {
    name: 'SysTick', baseAddress: 0xE000E010n, description: 'Core system timer: a 24-bit down counter', origin,
    registers: `
      CTRL  0x0 32 rw | Control and status | COUNTFLAG 16 r rc: The timer has counted to 0 since the last read; CLKSOURCE 2: 1 = processor clock, 0 = external reference; TICKINT 1: Counting to 0 raises the SysTick exception; ENABLE 0: The counter runs
      LOAD  0x4 32 rw | Reload value | RELOAD 23:0: Value loaded when the counter reaches 0 (the period is RELOAD + 1 ticks)
      VAL   0x8 32 rw | Current value; any write clears it to 0 | CURRENT 23:0: Counter value
      CALIB 0xC 32 r  | Calibration value | NOREF 31: No external reference clock; SKEW 30: TENMS is not exact; TENMS 23:0: Reload value for 10 ms`,
  },
  {
    name: 'NVIC', baseAddress: 0xE000E100n, description: 'Nested vectored interrupt controller', origin,
    registers: `
      ISER[8]  0x000 32 rw | Interrupt set-enable: bit n of word m is IRQ 32m + n | SETENA 31:0 w1s: Writing 1 enables the interrupt, reading gives the enabled ones
      ICER[8]  0x080 32 rw | Interrupt clear-enable | CLRENA 31:0 w1c: Writing 1 disables the interrupt
      ISPR[8]  0x100 32 rw | Interrupt set-pending | SETPEND 31:0 w1s: Writing 1 makes the interrupt pending
      ICPR[8]  0x180 32 rw | Interrupt clear-pending | CLRPEND 31:0 w1c: Writing 1 takes the pending state away
      + IABR[8]  0x200 32 r  | Interrupt active bits | ACTIVE 31:0: The handler is running, or preempted
      IP[240]  0x300 8 rw  | Priority of IRQ n, in the upper bits (how many: the device's nvicPrioBits); lower is more urgent. Cores without byte access take words | PRI 7:0: Priority
      + STIR     0xE00 32 w  | Software trigger | INTID 8:0: IRQ to make pending`,
  },
  {
    name: 'SCB', baseAddress: 0xE000ED00n, description: 'System control block', origin,
    registers: `
      CPUID 0x00 32 r  | Processor identification | IMPLEMENTER 31:24: 0x41 = Arm; VARIANT 23:20: Major revision; ARCHITECTURE 19:16; PARTNO 15:4: 0xC24 = Cortex-M4, 0xC23 = M3, 0xC27 = M7; REVISION 3:0: Minor revision
      ICSR  0x04 32 rw | Interrupt control and state | NMIPENDSET 31 w1s: Make the NMI pending; PENDSVSET 28 w1s: Make PendSV pending; PENDSVCLR 27 w w1c: Take PendSV's pending state away; PENDSTSET 26 w1s: Make SysTick pending; PENDSTCLR 25 w w1c: Take SysTick's pending state away; ISRPREEMPT 23 r; ISRPENDING 22 r: An external interrupt is pending; VECTPENDING 20:12 r: Number of the most urgent pending exception; RETTOBASE 11 r: No other exception is active; VECTACTIVE 8:0 r: Number of the running exception, 0 in thread mode
      VTOR  0x08 32 rw | Vector table offset | TBLOFF 31:7: Address of the vector table
      AIRCR 0x0C 32 rw | Application interrupt and reset control; a write counts only with 0x05FA in VECTKEY | VECTKEY 31:16: Key 0x05FA to write, reads as 0xFA05; ENDIANNESS 15 r: 1 = big endian; PRIGROUP 10:8: Where priorities split into preemption and sub-priority; SYSRESETREQ 2: Request a system reset; VECTCLRACTIVE 1 w; VECTRESET 0 w
      SCR   0x10 32 rw | System control | SEVONPEND 4: Pending interrupts wake WFE; SLEEPDEEP 2: Sleep is deep sleep; SLEEPONEXIT 1: Sleep on return from the last handler
      CCR   0x14 32 rw | Configuration and control | BP 18: Branch prediction on (M7); IC 17: Instruction cache on (M7); DC 16: Data cache on (M7); STKALIGN 9: Stack is 8-byte aligned on exception entry; BFHFNMIGN 8: Handlers at priority -1 and -2 ignore data bus faults; DIV_0_TRP 4: Division by 0 faults; UNALIGN_TRP 3: Unaligned access faults; USERSETMPEND 1: Unprivileged code may write STIR; NONBASETHRDENA 0
      SHP[12] 0x18 8 rw | Priority of system exception 4 + n (7: SVCall is 11, 10: PendSV is 14, 11: SysTick is 15) | PRI 7:0: Priority
      SHCSR 0x24 32 rw | System handler control and state | USGFAULTENA 18: UsageFault on; BUSFAULTENA 17: BusFault on; MEMFAULTENA 16: MemManage on; SVCALLPENDED 15; BUSFAULTPENDED 14; MEMFAULTPENDED 13; USGFAULTPENDED 12; SYSTICKACT 11; PENDSVACT 10; MONITORACT 8; SVCALLACT 7; USGFAULTACT 3; BUSFAULTACT 1; MEMFAULTACT 0
      + CFSR  0x28 32 rw | Configurable fault status: UsageFault 31:16, BusFault 15:8, MemManage 7:0 | DIVBYZERO 25 w1c: Division by 0; UNALIGNED 24 w1c: Unaligned access; NOCP 19 w1c: No coprocessor (FPU off); INVPC 18 w1c: Invalid exception return; INVSTATE 17 w1c: Invalid state (Thumb bit clear); UNDEFINSTR 16 w1c: Undefined instruction; BFARVALID 15 w1c: BFAR holds the address; LSPERR 13 w1c: Fault in lazy FP state saving; STKERR 12 w1c: Fault while stacking; UNSTKERR 11 w1c: Fault while unstacking; IMPRECISERR 10 w1c: Imprecise data bus error; PRECISERR 9 w1c: Precise data bus error; IBUSERR 8 w1c: Instruction bus error; MMARVALID 7 w1c: MMFAR holds the address; MLSPERR 5 w1c: Fault in lazy FP state saving; MSTKERR 4 w1c: Fault while stacking; MUNSTKERR 3 w1c: Fault while unstacking; DACCVIOL 1 w1c: Data access violation; IACCVIOL 0 w1c: Instruction access violation
      + HFSR  0x2C 32 rw | HardFault status | DEBUGEVT 31 w1c; FORCED 30 w1c: Another fault escalated: see CFSR; VECTTBL 1 w1c: Vector table could not be read
      + DFSR  0x30 32 rw | Debug fault status | EXTERNAL 4 w1c; VCATCH 3 w1c; DWTTRAP 2 w1c; BKPT 1 w1c; HALTED 0 w1c
      + MMFAR 0x34 32 rw | MemManage fault address, valid while CFSR.MMARVALID |
      + BFAR  0x38 32 rw | BusFault address, valid while CFSR.BFARVALID |
      + AFSR  0x3C 32 rw | Auxiliary fault status |
      + CPACR 0x88 32 rw | Coprocessor access control; the FPU is on when CP10 and CP11 are both 3 | CP11 23:22: 0 = off, 1 = privileged only, 3 = full; CP10 21:20: 0 = off, 1 = privileged only, 3 = full`,
  },
  {
    name: 'FPU', baseAddress: 0xE000EF30n, description: 'Floating-point unit', origin, profile: 'mainline',
    registers: `
      FPCCR  0x4 32 rw | Floating-point context control | ASPEN 31: FP state is saved on exception entry; LSPEN 30: Saving is lazy; MONRDY 8; BFRDY 6; MMRDY 5; HFRDY 4; THREAD 3; USER 1; LSPACT 0: Lazy saving is under way
      FPCAR  0x8 32 rw | Floating-point context address | ADDRESS 31:3
      FPDSCR 0xC 32 rw | Floating-point default status control | AHP 26; DN 25; FZ 24; RMODE 23:22`,
  },
  {
    name: 'CoreDebug', baseAddress: 0xE000EDF0n, description: 'Core debug (DCB)', origin, profile: 'mainline',
    registers: `
      DHCSR 0x0 32 rw | Debug halting control and status; writes need 0xA05F in the upper half | S_RESET_ST 25 r rc; S_RETIRE_ST 24 r rc; S_LOCKUP 19 r; S_SLEEP 18 r; S_HALT 17 r; S_REGRDY 16 r; C_SNAPSTALL 5; C_MASKINTS 3; C_STEP 2; C_HALT 1; C_DEBUGEN 0: A debugger is attached
      DCRSR 0x4 32 w  | Debug core register selector | REGWNR 16; REGSEL 6:0
      DCRDR 0x8 32 rw | Debug core register data |
      DEMCR 0xC 32 rw | Debug exception and monitor control | TRCENA 24: DWT and ITM on; MON_REQ 19; MON_STEP 18; MON_PEND 17; MON_EN 16; VC_HARDERR 10; VC_INTERR 9; VC_BUSERR 8; VC_STATERR 7; VC_CHKERR 6; VC_NOCPERR 5; VC_MMERR 4; VC_CORERESET 0`,
  },
  {
    name: 'DWT', baseAddress: 0xE0001000n, description: 'Data watchpoint and trace', origin, profile: 'mainline',
    registers: `
      CTRL     0x00 32 rw | Control | NUMCOMP 31:28 r: Number of comparators; NOCYCCNT 25 r: There is no cycle counter; EXCTRCENA 16; PCSAMPLENA 12; SYNCTAP 11:10; CYCTAP 9; POSTINIT 8:5; POSTPRESET 4:1; CYCCNTENA 0: CYCCNT counts (needs CoreDebug.DEMCR.TRCENA)
      CYCCNT   0x04 32 rw | Cycle counter, wraps around |
      CPICNT   0x08 32 rw | Extra cycles of instructions | CPICNT 7:0
      EXCCNT   0x0C 32 rw | Cycles of exception overhead | EXCCNT 7:0
      SLEEPCNT 0x10 32 rw | Cycles asleep | SLEEPCNT 7:0
      LSUCNT   0x14 32 rw | Extra cycles of loads and stores | LSUCNT 7:0
      FOLDCNT  0x18 32 rw | Instructions that took no cycle | FOLDCNT 7:0
      PCSR     0x1C 32 r  | Program counter sample |`,
  },
];
