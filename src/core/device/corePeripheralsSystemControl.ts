import { cacheRegisters } from './corePeripheralsCache.ts';
import type { CorePeripheralText } from './corePeripheralText.ts';

/** System control block and what belongs to it, of every Cortex-M. */
export const systemControlTexts: readonly CorePeripheralText[] = [
  {
    name: 'SCnSCB', groupName: 'ICB', otherNames: ['SCB_ACTRL', 'SCB_ACTLR', 'ACTLR'], baseAddress: 0xE000E000n, description: 'System control registers outside the SCB', hasNonSecureTwin: true, cores: 'main v81 cm1',
    registers: `
      [main] ICTR  0x4 32 r | Interrupt controller type
        .INTLINESNUM 3:0 | Number of interrupt lines: 32 * (value + 1)
      ACTLR 0x8 32 rw | Auxiliary control: what it holds is the core's own
        [cm3 cm4 cm7] .DISMCYCINT 0 | Instructions of several cycles are not interrupted
        [cm3 cm4] .DISDEFWBUF 1 | No write buffer by default: makes all bus faults precise, and writes slow
        [cm3 cm4 cm7 cm33 cm52 cm55] .DISFOLD 2 | No IT folding (M3, M4), no dual issue of folded instructions (later)
        [cm3 cm4] .DISFPCA 8 | CONTROL.FPCA is not updated automatically (M4 with FPU)
        [cm3 cm4] .DISOOFP 9 | No out-of-order completion of floating-point instructions (M4 with FPU)
        [cm7 cm33 cm52 cm55 cm85] .FPEXCODIS 10 | Floating-point exception outputs are off
        [cm7] .DISRAMODE 11 | No dynamic read allocate mode
        [cm7 cm33 cm52 cm55 cm85] .DISITMATBFLUSH 12 | ITM and DWT do not flush the trace bus
        [cm7] .DISBTACREAD 13 | The branch target cache is not read
        [cm7] .DISBTACALLOC 14 | The branch target cache takes no new entries
        [cm7 cm52 cm55 cm85] .DISCRITAXIRUR 15 | No critical AXI read-under-read
        [cm7] .DISDI 20:16 | No dual issue, by instruction class
        [cm7] .DISISSCH1 25:21 | Instruction classes not issued in channel 1
        [cm7] .DISDYNADD 26 | No dynamic allocation of ADD and SUB
        [cm33] .EXTEXCLALL 29 | Every exclusive access goes to the external monitor
        [cm52 cm55] .DISDI 17:16 | No dual issue
        [cm52 cm55] .DISLOLEP 3 | No LE instruction prediction
        [cm52 cm55] .DISLO 4 | No low-overhead loops
        [cm52 cm55] .DISLOBR 5 | No low-overhead branches
        [cm52 cm55] .DISOLAPS 6 | No overlap of scalar floating-point instructions
        [cm52 cm55] .DISOLAP 7 | No overlap of vector instructions
        [cm52 cm55 cm85] .DISNWAMODE 11 | No no-write-allocate mode
        [cm52 cm55 cm85] .EVENTBUSEN_S 13 | Secure software may output events
        [cm52 cm55 cm85] .EVENTBUSEN 14 | Events are output
        [cm52 cm55 cm85] .DISCRITAXIRUW 27 | No critical AXI read-under-write
        [cm1] .ITCMLAEN 3 | Lower alias of the instruction memory is on
        [cm1] .ITCMUAEN 4 | Upper alias of the instruction memory is on
      [v8main] CPPWR 0xC 32 rw =0x0 | Coprocessor power control
        .SU0 0 {0 = state must be kept; 1 = state may be lost}
        .SUS0 1 | Secure only {0 = both states may set SU0; 1 = only secure software may}
        .SU10 20 | FPU {0 = state must be kept; 1 = state may be lost when it is off}
        .SUS10 21 | {0 = both states may set SU10; 1 = only secure software may}
        .SU11 22 | Follows SU10 {0 = state must be kept; 1 = state may be lost}
        .SUS11 23 | Follows SUS10`,
  },
  {
    name: 'SCB', otherNames: ['FPU_CPACR'], baseAddress: 0xE000ED00n, description: 'System control block', hasNonSecureTwin: true, cores: 'v6m v7m v8m',
    registers: `
      CPUID 0x00 32 r | Processor identification
        .IMPLEMENTER 31:24 {0x41 = Arm}
        .VARIANT 23:20 | Major revision: the n of rnpm
        .ARCHITECTURE 19:16 {0xC = Armv6-M or Armv8-M without main extension; 0xF = with main extension}
        .PARTNO 15:4 {0xC20 = Cortex-M0; 0xC21 = Cortex-M1; 0xC23 = Cortex-M3; 0xC24 = Cortex-M4; 0xC27 = Cortex-M7; 0xC60 = Cortex-M0+; 0xD20 = Cortex-M23; 0xD21 = Cortex-M33; 0xD22 = Cortex-M55; 0xD23 = Cortex-M85; 0xD24 = Cortex-M52; 0xD31 = Cortex-M35P}
        .REVISION 3:0 | Minor revision: the m of rnpm
      ICSR 0x04 32 rw =0x0 | Interrupt control and state; every bit that can be written acts on 1 only, so plain writes do
        [v6m v7m] .NMIPENDSET 31 w1s | Make the NMI pending; reads 1 while it is
        [v8] .PENDNMISET 31 w1s | Make the NMI pending; reads 1 while it is
        [v8] .PENDNMICLR 30 w w1c | Take the NMI's pending state away
        .PENDSVSET 28 w1s | Make PendSV pending; reads 1 while it is
        .PENDSVCLR 27 w w1c | Take PendSV's pending state away
        .PENDSTSET 26 w1s | Make SysTick pending; reads 1 while it is
        .PENDSTCLR 25 w w1c | Take SysTick's pending state away
        [v8] .STTNS 24 | With one SysTick for both states {0 = SysTick is secure; 1 = SysTick is non-secure}
        .ISRPREEMPT 23 r | A pending interrupt is taken on leaving debug state
        .ISRPENDING 22 r | An external interrupt is pending
        .VECTPENDING 20:12 r | Number of the most urgent pending exception, 0 for none (IRQ n is 16 + n)
        [main cm23] .RETTOBASE 11 r | No other exception is active
        .VECTACTIVE 8:0 r | Number of the running exception, 0 in thread mode (IRQ n is 16 + n)
      [main cm0p v8] VTOR 0x08 32 rw | Vector table offset
        [cm3] .TBLBASE 29 | Before r2p1 {0 = table in the code region; 1 = table in the SRAM region}
        [main v8m] .TBLOFF 31:7 | Address of the vector table; as many low bits must be 0 as the table is long
        [cm0p] .TBLOFF 31:8 | Address of the vector table
      AIRCR 0x0C 32 rw =0xFA050000&0xFFFF7FFF | Application interrupt and reset control; a write counts only with the key 0x05FA in VECTKEY
        .VECTKEY 31:16 w {0x05FA = key: the write counts}
        .VECTKEYSTAT 31:16 r | Reads as 0xFA05
        .ENDIANNESS 15 r {0 = little endian; 1 = big endian}
        [v8] .PRIS 14 | Secure exceptions are more urgent: non-secure priorities count in the lower half only
        [v8] .BFHFNMINS 13 | BusFault, HardFault and NMI are non-secure
        [main] .PRIGROUP 10:8 | Where priorities split into preemption (above) and sub-priority {0 = 7 bits preempt, 1 is sub-priority; 1 = 6 preempt, 2 sub; 2 = 5 preempt, 3 sub; 3 = 4 preempt, 4 sub; 4 = 3 preempt, 5 sub; 5 = 2 preempt, 6 sub; 6 = 1 preempts, 7 sub; 7 = none preempts, 8 sub}
        [v81] .IESB 5 | Error synchronisation on exception entry and return
        [v81] .DIT 4 | Data-independent timing
        [v8] .SYSRESETREQS 3 | Only secure software may set SYSRESETREQ
        .SYSRESETREQ 2 w1s | Writing 1 requests a system reset
        .VECTCLRACTIVE 1 w w1c | For debuggers: clears all active states; write 0 otherwise
        [v7m] .VECTRESET 0 w w1s | For debuggers: resets the core; write 0 otherwise
      SCR 0x10 32 rw =0x0 | System control: sleep
        .SEVONPEND 4 | Interrupts that become pending wake WFE, disabled ones too
        [v8] .SLEEPDEEPS 3 | Only secure software may set SLEEPDEEP
        .SLEEPDEEP 2 {0 = sleep; 1 = deep sleep}
        .SLEEPONEXIT 1 {0 = back to thread mode after the last handler; 1 = sleep after the last handler}
      CCR 0x14 32 rw | Configuration and control
        [v81] .TRD 20 | Thread re-entrancy is off
        [v81] .LOB 19 | Low-overhead branches and loops
        [cm7 v8main] .BP 18 | Branch prediction
        [cm7 v8main] .IC 17 | Instruction cache, where there is one
        [cm7 v8main] .DC 16 | Data cache, where there is one
        [v8m] .STKOFHFNMIGN 10 | HardFault and NMI ignore stack limits
        [v6m v7m cm23] .STKALIGN 9 | The stack is 8-byte aligned on exception entry
        [main cm23] .BFHFNMIGN 8 | HardFault, NMI and FAULTMASK ignore data bus faults
        [main cm23] .DIV_0_TRP 4 | Division by 0 faults
        .UNALIGN_TRP 3 | Unaligned access faults (always, without the main extension)
        [main cm23] .USERSETMPEND 1 | Unprivileged software may write STIR
        [v7m] .NONBASETHRDENA 0 | Thread mode may be entered from any level
      [main] SHPR[12] 0x18 8 rw =0x0 | Priority of system exception 4 + n: [0] MemManage, [1] BusFault, [2] UsageFault, [3] SecureFault (Armv8-M), [7] SVCall, [8] DebugMonitor, [10] PendSV, [11] SysTick
        .PRI 7:0 | Priority in the upper bits (how many: nvicPrioBits); lower is more urgent
      [main] SHPR1 0x18 32 rw =0x0 | System handler priorities, as a word
        .PRI_4 7:0 | MemManage
        .PRI_5 15:8 | BusFault
        .PRI_6 23:16 | UsageFault
        [v8] .PRI_7 31:24 | SecureFault
      [base] SHPR[2] 0x1C 32 rw =0x0 | System handler priorities: [0] is SHPR2 (SVCall in bits 31:24), [1] is SHPR3 (PendSV in 23:16, SysTick in 31:24); words only
        .PRI_8 7:0 | [0]: none; [1]: none
        .PRI_9 15:8 | [0]: none; [1]: none
        .PRI_10 23:16 | [1]: PendSV
        .PRI_11 31:24 | [0]: SVCall; [1]: SysTick
      SHPR2 0x1C 32 rw =0x0 | System handler priorities, as a word
        .PRI_11 31:24 | SVCall
      SHPR3 0x20 32 rw =0x0 | System handler priorities, as a word
        [main] .PRI_12 7:0 | DebugMonitor
        .PRI_14 23:16 | PendSV
        .PRI_15 31:24 | SysTick
      SHCSR 0x24 32 rw =0x0 | System handler control and state
        [v8] .HARDFAULTPENDED 21 | HardFault is pending
        [v8main] .SECUREFAULTPENDED 20 | SecureFault is pending
        [v8main] .SECUREFAULTENA 19 | SecureFault on; off, it escalates to HardFault
        [main] .USGFAULTENA 18 | UsageFault on; off, it escalates to HardFault
        [main] .BUSFAULTENA 17 | BusFault on; off, it escalates to HardFault
        [main] .MEMFAULTENA 16 | MemManage on; off, it escalates to HardFault
        .SVCALLPENDED 15 | SVCall is pending
        [main] .BUSFAULTPENDED 14 | BusFault is pending
        [main] .MEMFAULTPENDED 13 | MemManage is pending
        [main] .USGFAULTPENDED 12 | UsageFault is pending
        [main cm23] .SYSTICKACT 11 | SysTick is active
        [main cm23] .PENDSVACT 10 | PendSV is active
        [main] .MONITORACT 8 | DebugMonitor is active
        [main cm23] .SVCALLACT 7 | SVCall is active
        [v8] .NMIACT 5 | NMI is active
        [v8main] .SECUREFAULTACT 4 | SecureFault is active
        [main] .USGFAULTACT 3 | UsageFault is active
        [v8] .HARDFAULTACT 2 | HardFault is active
        [main] .BUSFAULTACT 1 | BusFault is active
        [main] .MEMFAULTACT 0 | MemManage is active
      [main] CFSR 0x28 32 rw =0x0 | Configurable fault status: UsageFault in 31:16, BusFault in 15:8, MemManage in 7:0; flags stay until cleared
        .DIVBYZERO 25 w1c | Division by 0
        .UNALIGNED 24 w1c | Unaligned access
        [v8main] .STKOF 20 w1c | Stack limit passed
        .NOCP 19 w1c | Coprocessor instruction while it is off: the FPU is not enabled in CPACR
        .INVPC 18 w1c | Invalid exception return
        .INVSTATE 17 w1c | Invalid state: a branch to an address without the Thumb bit
        .UNDEFINSTR 16 w1c | Undefined instruction
        .BFARVALID 15 w1c | BFAR holds the address
        [fpu cm3] .LSPERR 13 w1c | BusFault while floating-point state was saved lazily
        .STKERR 12 w1c | BusFault while stacking on exception entry
        .UNSTKERR 11 w1c | BusFault while unstacking on exception return
        .IMPRECISERR 10 w1c | Imprecise data bus error: the stacked PC is past the faulting write
        .PRECISERR 9 w1c | Precise data bus error: the stacked PC is the faulting instruction
        .IBUSERR 8 w1c | Instruction bus error
        .MMARVALID 7 w1c | MMFAR holds the address
        [fpu cm3] .MLSPERR 5 w1c | MemManage fault while floating-point state was saved lazily
        .MSTKERR 4 w1c | MemManage fault while stacking on exception entry
        .MUNSTKERR 3 w1c | MemManage fault while unstacking on exception return
        .DACCVIOL 1 w1c | Data access violation
        .IACCVIOL 0 w1c | Instruction access violation
      [main] HFSR 0x2C 32 rw =0x0 | HardFault status; flags stay until cleared
        .DEBUGEVT 31 w1c | A debug event without a debugger, such as a BKPT instruction
        .FORCED 30 w1c | Another fault escalated: CFSR tells which
        .VECTTBL 1 w1c | The vector table could not be read
      [main] DFSR 0x30 32 rw =0x0 | Debug fault status; flags stay until cleared
        [v81] .PMU 5 w1c | Counter overflow
        .EXTERNAL 4 w1c | External debug request
        .VCATCH 3 w1c | Vector catch
        .DWTTRAP 2 w1c | Watchpoint
        .BKPT 1 w1c | Breakpoint
        .HALTED 0 w1c | Halt or step request
      [main] MMFAR 0x34 32 rw | MemManage fault address, valid while CFSR.MMARVALID is 1
        .ADDRESS 31:0 | Address that was accessed
      [main] BFAR 0x38 32 rw | BusFault address, valid while CFSR.BFARVALID is 1
        .ADDRESS 31:0 | Address that was accessed
      [main] AFSR 0x3C 32 rw | Auxiliary fault status: what it holds is the chip's own
      [main] ID_PFR[2] 0x40 32 r | Processor features
      [main] ID_DFR 0x48 32 r | Debug features
        [v81] .UDE 31:28 | Unprivileged debug
        .MProfDbg 23:20 | Debug model
      [main] ID_AFR 0x4C 32 r | Auxiliary features
      [main] ID_MMFR[4] 0x50 32 r | Memory model features
      [v7m] ID_ISAR[5] 0x60 32 r | Instruction set features
      [v8main] ID_ISAR[6] 0x60 32 r | Instruction set features
      [main] CPACR 0x88 32 rw =0x0 | Coprocessor access control; the FPU is on when CP10 and CP11 are both 3 (then DSB and ISB)
        [fpu] .CP11 23:22 {0 = off: faults; 1 = privileged only; 3 = full access}
        [fpu] .CP10 21:20 {0 = off: faults; 1 = privileged only; 3 = full access}
      [v8main] NSACR 0x8C 32 rw =0x0 | Non-secure access control: which coprocessors non-secure software may use
        .CP11 11 | FPU, same as CP10
        .CP10 10 | FPU
        .CP7 7 | Coprocessor 7
        .CP6 6 | Coprocessor 6
        .CP5 5 | Coprocessor 5
        .CP4 4 | Coprocessor 4
        .CP3 3 | Coprocessor 3
        .CP2 2 | Coprocessor 2
        .CP1 1 | Coprocessor 1
        .CP0 0 | Coprocessor 0
${cacheRegisters}
      [main] STIR 0x200 32 w | Software trigger: the same as NVIC.STIR
        .INTID 8:0 | IRQ number to make pending
      [v8main] SFSR 0xE4 32 rw =0x0 | Secure fault status: the same as SAU.SFSR
        .LSERR 7 w1c | Error in lazy state saving
        .SFARVALID 6 w1c | SFAR holds the address
        .LSPERR 5 w1c | Security fault in lazy state saving
        .INVTRAN 4 w1c | Branch to non-secure code that was not marked so
        .AUVIOL 3 w1c | Access that the attribution units forbid
        .INVER 2 w1c | Wrong EXC_RETURN
        .INVIS 1 w1c | Wrong integrity signature on the stack
        .INVEP 0 w1c | Entry to secure code without SG
      [v8main] SFAR 0xE8 32 rw | Secure fault address, valid while SFSR.SFARVALID is 1
      [v81] RFSR 0x204 32 rw | Error (RAS) fault status
        .V 31 | Status is valid
        .IS 30:16 | The chip's own syndrome
        .UET 1:0 | Type {0 = uncontainable; 1 = unrecoverable; 2 = restartable; 3 = recoverable}
      [main] MMFSR 0x28 8 rw =0x0 | MemManage part of CFSR, as a byte
        .MMARVALID 7 w1c
        .MLSPERR 5 w1c
        .MSTKERR 4 w1c
        .MUNSTKERR 3 w1c
        .DACCVIOL 1 w1c
        .IACCVIOL 0 w1c
      [main] BFSR 0x29 8 rw =0x0 | BusFault part of CFSR, as a byte
        .BFARVALID 7 w1c
        .LSPERR 5 w1c
        .STKERR 4 w1c
        .UNSTKERR 3 w1c
        .IMPRECISERR 2 w1c
        .PRECISERR 1 w1c
        .IBUSERR 0 w1c
      [main] UFSR 0x2A 16 rw =0x0 | UsageFault part of CFSR, as a halfword
        .DIVBYZERO 9 w1c
        .UNALIGNED 8 w1c
        [v8main] .STKOF 4 w1c
        .NOCP 3 w1c
        .INVPC 2 w1c
        .INVSTATE 1 w1c
        .UNDEFINSTR 0 w1c`,
  },
];
