import type { CorePeripheralText } from './corePeripheralText.ts';

const debugControl = `
      DHCSR 0x0 32 rw | Debug halting control and status; a write counts only with the key 0xA05F in DBGKEY, and in most cores only from a debugger
        .DBGKEY 31:16 w {0xA05F = key: the write counts}
        [v8m] .S_RESTART_ST 26 r rc | The core has left debug state since the last read
        .S_RESET_ST 25 r rc | The core was reset since the last read
        .S_RETIRE_ST 24 r rc | An instruction has completed since the last read
        [v81] .S_FPD 23 r | Floating-point registers cannot be read
        [v81] .S_SUIDE 22 r | Secure unprivileged halting is allowed
        [v81] .S_NSUIDE 21 r | Non-secure unprivileged halting is allowed
        [v8m] .S_SDE 20 r | Secure debug is allowed
        .S_LOCKUP 19 r | The core is locked up
        .S_SLEEP 18 r | The core sleeps
        .S_HALT 17 r | The core is halted
        .S_REGRDY 16 r | A transfer by DCRSR and DCRDR is complete
        [v81] .C_PMOV 6 | Counter overflow halts
        [main] .C_SNAPSTALL 5 | A stalled memory access may be given up to halt
        .C_MASKINTS 3 | Interrupts, PendSV and SysTick are masked while debugging
        .C_STEP 2 | Single step
        .C_HALT 1 | Halt request
        .C_DEBUGEN 0 | Halting debug is on: a debugger is attached
      DCRSR 0x4 32 w | Debug core register selector; a write starts the transfer
        .REGWnR 16 {0 = read into DCRDR; 1 = write from DCRDR}
        [v6m] .REGSEL 4:0 | Register {13 = SP; 14 = LR; 15 = return address; 16 = xPSR; 17 = MSP; 18 = PSP; 20 = CONTROL, FAULTMASK, BASEPRI, PRIMASK}
        [v7m v8m] .REGSEL 6:0 | Register {13 = SP; 14 = LR; 15 = return address; 16 = xPSR; 17 = MSP; 18 = PSP; 20 = CONTROL, FAULTMASK, BASEPRI, PRIMASK; 33 = FPSCR}
      DCRDR 0x8 32 rw | Debug core register data
        .DBGTMP 31:0 | Value read or to be written
      DEMCR 0xC 32 rw =0x0 | Debug exception and monitor control
        .TRCENA 24 | DWT, ITM and TPIU on: CYCCNT counts only then (named DWTENA on Armv6-M)
        [v81] .MONPRKEY 23 w | Monitor pend key
        [v81] .UMON_EN 21 | Unprivileged monitor on
        [v8main] .SDME 20 r | Secure DebugMonitor is allowed
        [main] .MON_REQ 19 | Free for the DebugMonitor's use
        [main] .MON_STEP 18 | DebugMonitor steps
        [main] .MON_PEND 17 | DebugMonitor is pending
        [main] .MON_EN 16 | DebugMonitor exception on
        [v8main] .VC_SFERR 11 | Halt on SecureFault
        .VC_HARDERR 10 | Halt on HardFault
        [main] .VC_INTERR 9 | Halt on faults in exception entry or return
        [main] .VC_BUSERR 8 | Halt on BusFault
        [main] .VC_STATERR 7 | Halt on UsageFault from state, such as an undefined instruction
        [main] .VC_CHKERR 6 | Halt on UsageFault from checks, such as alignment
        [main] .VC_NOCPERR 5 | Halt on UsageFault from a coprocessor access
        [main] .VC_MMERR 4 | Halt on MemManage
        .VC_CORERESET 0 | Halt after reset
      [v81] DSCEMCR 0x10 32 w | Debug set and clear of monitor bits
        .CLR_MON_REQ 19 | Writing 1 clears DEMCR.MON_REQ
        .CLR_MON_PEND 17 | Writing 1 clears DEMCR.MON_PEND
        .SET_MON_REQ 3 | Writing 1 sets DEMCR.MON_REQ
        .SET_MON_PEND 1 | Writing 1 sets DEMCR.MON_PEND
      [v8m] DAUTHCTRL 0x14 32 rw =0x0 | Debug authentication control
        [v81] .UIDEN 10 | Unprivileged invasive debug
        [v81] .UIDAPEN 9 | Unprivileged debug access port
        [v81] .FSDMA 8 | Force secure DebugMonitor
        .INTSPNIDEN 3 | Secure non-invasive debug, counts with SPNIDENSEL
        .SPNIDENSEL 2 {0 = the chip's signal decides; 1 = INTSPNIDEN decides}
        .INTSPIDEN 1 | Secure invasive debug, counts with SPIDENSEL
        .SPIDENSEL 0 {0 = the chip's signal decides; 1 = INTSPIDEN decides}
      [v8m] DSCSR 0x18 32 rw | Debug security control and status
        .CDSKEY 17 w | 0: the write to CDS counts
        .CDS 16 {0 = core is in the non-secure state; 1 = secure}
        .SBRSEL 1 | Banked registers shown {0 = non-secure; 1 = secure}
        .SBRSELEN 0 {0 = the current state's registers are shown; 1 = SBRSEL decides}`;

/** Halting debug and debug authentication. */
export const debugTexts: readonly CorePeripheralText[] = [
  { name: 'CoreDebug', groupName: 'DCB', otherNames: ['DCB'], baseAddress: 0xE000EDF0n, description: 'Core debug', cores: 'v6m v7m', registers: debugControl },
  { name: 'DCB', groupName: 'CoreDebug', otherNames: ['CoreDebug'], baseAddress: 0xE000EDF0n, description: 'Debug control block (CoreDebug in older headers)', cores: 'v8m', hasNonSecureTwin: true, registers: debugControl },
  {
    name: 'DIB', baseAddress: 0xE000EFB0n, description: 'Debug identification block', cores: 'v8m', hasNonSecureTwin: true,
    registers: `
      DLAR 0x0 32 w | Software lock access
        .KEY 31:0 {0xC5ACCE55 = unlock}
      DLSR 0x4 32 r | Software lock status
        .nTT 2 | 1: 32-bit lock access is not there
        .SLK 1 | Locked
        .SLI 0 | There is a lock
      DAUTHSTATUS 0x8 32 r | Debug authentication status
        [v81] .SUNID 23:22 | Secure unprivileged non-invasive
        [v81] .SUID 21:20 | Secure unprivileged invasive
        [v81] .NSUNID 19:18 | Non-secure unprivileged non-invasive
        [v81] .NSUID 17:16 | Non-secure unprivileged invasive
        .SNID 7:6 | Secure non-invasive {0 = not there; 2 = off; 3 = on}
        .SID 5:4 | Secure invasive {0 = not there; 2 = off; 3 = on}
        .NSNID 3:2 | Non-secure non-invasive {0 = not there; 2 = off; 3 = on}
        .NSID 1:0 | Non-secure invasive {0 = not there; 2 = off; 3 = on}
      DDEVARCH 0xC 32 r | Debug architecture
        .ARCHITECT 31:21 | JEP106 code {0x23B = Arm}
        .PRESENT 20 | Register is there
        .REVISION 19:16 | Revision
        .ARCHVER 15:12 | Version
        .ARCHPART 11:0 | Part
      DDEVTYPE 0x1C 32 r | Device type
        .SUB 7:4 | Sub-type
        .MAJOR 3:0 | Major type`,
  },
];
