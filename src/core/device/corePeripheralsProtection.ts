import type { CorePeripheralText } from './corePeripheralText.ts';

const memoryProtectionHead = `
      TYPE 0x0 32 r | Type: all 0 when the chip has no MPU
        .IREGION 23:16 | Instruction regions: 0, regions are unified
        .DREGION 15:8 | Number of regions
        .SEPARATE 0 {0 = unified regions; 1 = separate regions}
      CTRL 0x4 32 rw =0x0 | Control; DSB and ISB after a change
        .PRIVDEFENA 2 | Outside all regions {0 = every access faults; 1 = privileged software has the default map}
        .HFNMIENA 1 | In HardFault, NMI and FAULTMASK handlers {0 = MPU is off; 1 = MPU is on}
        .ENABLE 0 | MPU on
      RNR 0x8 32 rw | Region number: which region RBAR and the next register show
        .REGION 7:0 | Region`;

/** Base address and attributes of a region, Armv6-M and Armv7-M; `suffix` for the alias registers. */
function regionV7(suffix: string, offset: number): string {
  const cores = suffix === '' ? '' : '[v7m] ';
  return `
      ${cores}RBAR${suffix} ${offset} 32 rw | Region base address${suffix === '' ? '' : `, alias ${suffix.slice(-1)} for writing several regions at once`}
        [cm0p] .ADDR 31:8 | Base address, a multiple of the region's size
        [v7m] .ADDR 31:5 | Base address, a multiple of the region's size
        .VALID 4 w {0 = the region is RNR's; 1 = the region is REGION's, and RNR takes it}
        .REGION 3:0 | Region, counts with VALID
      ${cores}RASR${suffix} ${offset + 4} 32 rw | Region attributes and size${suffix === '' ? '' : `, alias ${suffix.slice(-1)}`}
        .XN 28 {0 = instructions may be fetched; 1 = never}
        .AP 26:24 | Access {0 = none; 1 = privileged only; 2 = all may read, privileged write; 3 = all; 5 = privileged may read; 6 = all may read; 7 = all may read}
        .TEX 21:19 | Memory type, with C and B
        .S 18 | Shareable
        .C 17 | Cacheable
        .B 16 | Bufferable
        .SRD 15:8 | Subregion disable: bit n turns the nth eighth off
        .SIZE 5:1 | Size: 2^(SIZE + 1) bytes, at least 32 (256 on Armv6-M)
        .ENABLE 0 | Region on`;
}

/** Base and limit of a region, Armv8-M. */
function regionV8(suffix: string, offset: number): string {
  const cores = suffix === '' ? '' : '[v8main] ';
  return `
      ${cores}RBAR${suffix} ${offset} 32 rw | Region base${suffix === '' ? '' : `, alias ${suffix.slice(-1)}: of region 4 * (RNR / 4) + ${suffix.slice(-1)}`}
        .BASE 31:5 | First address, a multiple of 32
        .SH 4:3 {0 = not shareable; 2 = outer shareable; 3 = inner shareable}
        .AP 2:1 {0 = privileged read and write; 1 = all read and write; 2 = privileged read; 3 = all read}
        .XN 0 {0 = instructions may be fetched; 1 = never}
      ${cores}RLAR${suffix} ${offset + 4} 32 rw | Region limit${suffix === '' ? '' : `, alias ${suffix.slice(-1)}`}
        .LIMIT 31:5 | Last address, its low 5 bits taken as ones
        [v81] .PXN 4 | Privileged software may not run from it
        .AttrIndx 3:1 | Which attribute of MAIR0, MAIR1
        .EN 0 | Region on`;
}

const attributes = (first: number) => [3, 2, 1, 0].map(byte => `
        .Attr${first + byte} ${byte * 8 + 7}:${byte * 8} | Attribute ${first + byte} {0x00 = device nGnRnE; 0x04 = device nGnRE; 0x08 = device nGRE; 0x0C = device GRE; 0x44 = not cacheable; 0xAA = write-through; 0xFF = write-back, read and write allocate}`).join('');

/** Memory protection, security attribution and floating point. */
export const protectionTexts: readonly CorePeripheralText[] = [
  {
    name: 'MPU', baseAddress: 0xE000ED90n, description: 'Memory protection unit, where the chip has one: TYPE.DREGION tells', cores: 'cm0p v7m',
    registers: memoryProtectionHead + regionV7('', 0xC) + regionV7('_A1', 0x14) + regionV7('_A2', 0x1C) + regionV7('_A3', 0x24),
  },
  {
    name: 'MPU', baseAddress: 0xE000ED90n, description: 'Memory protection unit, where the chip has one: TYPE.DREGION tells', cores: 'v8m', hasNonSecureTwin: true,
    registers: `${memoryProtectionHead}${regionV8('', 0xC)}${regionV8('_A1', 0x14)}${regionV8('_A2', 0x1C)}${regionV8('_A3', 0x24)}
      MAIR0 0x30 32 rw | Memory attributes 0 to 3${attributes(0)}
      MAIR1 0x34 32 rw | Memory attributes 4 to 7${attributes(4)}`,
  },
  {
    name: 'SAU', baseAddress: 0xE000EDD0n, description: 'Security attribution unit, secure software only', cores: 'v8m',
    registers: `
      CTRL 0x0 32 rw =0x0 | Control
        .ALLNS 1 | With the SAU off {0 = all memory is secure; 1 = all memory is non-secure}
        .ENABLE 0 | SAU on
      TYPE 0x4 32 r | Type
        .SREGION 7:0 | Number of regions
      RNR 0x8 32 rw | Region number: which region RBAR and RLAR show
        .REGION 7:0 | Region
      RBAR 0xC 32 rw | Region base
        .BADDR 31:5 | First address, a multiple of 32
      RLAR 0x10 32 rw | Region limit
        .LADDR 31:5 | Last address, its low 5 bits taken as ones
        .NSC 1 {0 = non-secure; 1 = secure, non-secure code may call it}
        .ENABLE 0 | Region on
      [v8main] SFSR 0x14 32 rw =0x0 | Secure fault status; flags stay until cleared
        .LSERR 7 w1c | Error in lazy state saving
        .SFARVALID 6 w1c | SFAR holds the address
        .LSPERR 5 w1c | Security fault in lazy state saving
        .INVTRAN 4 w1c | Branch to non-secure code that was not marked so
        .AUVIOL 3 w1c | Access that the attribution units forbid
        .INVER 2 w1c | Wrong EXC_RETURN
        .INVIS 1 w1c | Wrong integrity signature on the stack
        .INVEP 0 w1c | Entry to secure code without SG
      [v8main] SFAR 0x18 32 rw | Secure fault address, valid while SFSR.SFARVALID is 1
        .ADDRESS 31:0 | Address that was accessed`,
  },
  {
    name: 'FPU', baseAddress: 0xE000EF30n, description: 'Floating-point unit, where the chip has one', cores: 'fpu', hasNonSecureTwin: true,
    registers: `
      FPCCR 0x4 32 rw =0xC0000000&0xC0000000 | Floating-point context control
        .ASPEN 31 | Floating-point state is saved on exception entry
        .LSPEN 30 | Saving is lazy: room is kept on the stack, and filled at the first floating-point instruction
        [v8main] .LSPENS 29 | Only secure software may set LSPEN
        [v8main] .CLRONRET 28 | Floating-point registers are cleared on exception return
        [v8main] .CLRONRETS 27 | Only secure software may set CLRONRET
        [v8main] .TS 26 | Floating-point registers are treated as secure
        [v8main] .UFRDY 10 | UsageFault could be made pending when the room was kept
        [v8main] .SPLIMVIOL 9 | Lazy saving would pass the stack limit
        .MONRDY 8 | DebugMonitor could be made pending when the room was kept
        [v8main] .SFRDY 7 | SecureFault could be made pending when the room was kept
        .BFRDY 6 | BusFault could be made pending when the room was kept
        .MMRDY 5 | MemManage could be made pending when the room was kept
        .HFRDY 4 | HardFault could be made pending when the room was kept
        .THREAD 3 | Thread mode was running when the room was kept
        [v8main] .S 2 | The state belongs to secure software
        .USER 1 | Unprivileged software was running when the room was kept
        .LSPACT 0 | Lazy saving is outstanding
      FPCAR 0x8 32 rw | Floating-point context address: where the state is to be saved
        .ADDRESS 31:3 | Address on the stack, a multiple of 8
      FPDSCR 0xC 32 rw =0x0 | Floating-point default status control: what FPSCR starts with
        .AHP 26 {0 = IEEE half precision; 1 = alternative half precision}
        .DN 25 {0 = NaNs are kept; 1 = every NaN becomes the default NaN}
        .FZ 24 {0 = denormals are computed; 1 = denormals are flushed to 0}
        .RMode 23:22 {0 = to nearest; 1 = towards plus infinity; 2 = towards minus infinity; 3 = towards 0}
        [v81] .FZ16 19 | Half-precision denormals are flushed to 0
        [v81] .LTPSIZE 18:16 | Element size of tail-predicated loops {0 = 8 bits; 1 = 16 bits; 2 = 32 bits; 3 = 64 bits; 4 = no predication}
      MVFR0 0x10 32 r | Floating-point features 0
        .FPRound 31:28 | Rounding modes {1 = all}
        .FPShortvec 27:24 | Short vectors {0 = none}
        .FPSqrt 23:20 | Square root {0 = none; 1 = there}
        .FPDivide 19:16 | Division {0 = none; 1 = there}
        [v7m cm33] .FPExceptrap 15:12 | Exception trapping {0 = none}
        .FPDP 11:8 | Double precision {0 = none; 2 = there}
        .FPSP 7:4 | Single precision {0 = none; 2 = there}
        .SIMDReg 3:0 | Registers {1 = 16 of 64 bits}
      MVFR1 0x14 32 r | Floating-point features 1
        .FMAC 31:28 | Fused multiply-accumulate {0 = none; 1 = there}
        .FPHP 27:24 | Half-precision conversion {1 = to single; 2 = to single and double}
        [v81] .FP16 23:20 | Half-precision arithmetic {0 = none; 1 = there}
        [v81] .MVE 11:8 | Vector extension {0 = none; 1 = integer; 2 = integer and floating point}
        .FPDNaN 7:4 | NaN propagation {1 = there}
        .FPFtZ 3:0 | Denormals {1 = computed}
      MVFR2 0x18 32 r | Floating-point features 2
        .FPMisc 7:4 | Conversions with rounding, minimum and maximum, selection {0 = none; 4 = there}`,
  },
];
