/** What the SCB of cores with caches, and of those with a floating-point unit, holds after CPACR: lines of a core peripheral text. */
export const cacheRegisters = `
      [cm7 v8main] CLIDR 0x78 32 r | Cache levels
        [cm7 v8main] .LOUU 29:27 | Level of unification, uniprocessor
        .LOC 26:24 | Level of coherence
      [cm7 v8main] CTR 0x7C 32 r | Cache type
        .FORMAT 31:29 {4 = Armv7 format}
        .CWG 27:24 | Cache write-back granule, log2 of words
        .ERG 23:20 | Exclusives reservation granule, log2 of words
        .DMINLINE 19:16 | Smallest data cache line, log2 of words
        .IMINLINE 3:0 | Smallest instruction cache line, log2 of words
      [cm7 v8main] CCSIDR 0x80 32 r | Size of the cache that CSSELR selects
        .WT 31 | Write-through
        .WB 30 | Write-back
        .RA 29 | Read-allocate
        .WA 28 | Write-allocate
        .NUMSETS 27:13 | Sets - 1
        .ASSOCIATIVITY 12:3 | Ways - 1
        .LINESIZE 2:0 | log2 of words in a line, - 2
      [cm7 v8main] CSSELR 0x84 32 rw | Cache size selection
        .LEVEL 3:1 | Cache level - 1
        .IND 0 {0 = data or unified cache; 1 = instruction cache}
      [fpu] MVFR0 0x240 32 r | Floating-point features: the same as FPU.MVFR0
      [fpu] MVFR1 0x244 32 r | Floating-point features: the same as FPU.MVFR1
      [fpu] MVFR2 0x248 32 r | Floating-point features: the same as FPU.MVFR2
      [cm7 v8main] ICIALLU 0x250 32 w | Writing (any value) invalidates the whole instruction cache
      [cm7 v8main] ICIMVAU 0x258 32 w | Writing an address invalidates its instruction cache line
        .ADDRESS 31:0 | Any address in the line
      [cm7 v8main] DCIMVAC 0x25C 32 w | Writing an address invalidates its data cache line; unwritten data in it is lost
        .ADDRESS 31:0 | Any address in the line
      [cm7 v8main] DCISW 0x260 32 w | Invalidates the data cache line of a set and way; unwritten data in it is lost
        .WAY 31:30 | Way
        .SET 13:5 | Set
      [cm7 v8main] DCCMVAU 0x264 32 w | Writing an address cleans its data cache line to the point of unification
        .ADDRESS 31:0 | Any address in the line
      [cm7 v8main] DCCMVAC 0x268 32 w | Writing an address cleans its data cache line: its data goes to memory
        .ADDRESS 31:0 | Any address in the line
      [cm7 v8main] DCCSW 0x26C 32 w | Cleans the data cache line of a set and way
        .WAY 31:30 | Way
        .SET 13:5 | Set
      [cm7 v8main] DCCIMVAC 0x270 32 w | Writing an address cleans and invalidates its data cache line
        .ADDRESS 31:0 | Any address in the line
      [cm7 v8main] DCCISW 0x274 32 w | Cleans and invalidates the data cache line of a set and way
        .WAY 31:30 | Way
        .SET 13:5 | Set
      [cm7 v8main] BPIALL 0x278 32 w | Writing (any value) invalidates the branch predictor
      [cm7] ITCMCR 0x290 32 rw | Instruction TCM control
        .SZ 6:3 | Size: 2^(value - 1) KB, 0 for none
        .RETEN 2 | Retry phase on
        .RMW 1 | Read-modify-write on
        .EN 0 | TCM on
      [cm7] DTCMCR 0x294 32 rw | Data TCM control
        .SZ 6:3 | Size: 2^(value - 1) KB, 0 for none
        .RETEN 2 | Retry phase on
        .RMW 1 | Read-modify-write on
        .EN 0 | TCM on
      [cm7] AHBPCR 0x298 32 rw | AHB peripheral port control
        .SZ 3:1 {0 = none; 1 = 64 MB; 2 = 128 MB; 3 = 256 MB; 4 = 512 MB}
        .EN 0 | Port on
      [cm7] CACR 0x29C 32 rw | L1 cache control
        .FORCEWT 2 {0 = cacheable write-back as the MPU says; 1 = all of it is write-through}
        .ECCEN 1 | Error correction (ECCDIS, with the opposite sense, from r1p0 on)
        .SIWT 0 | Shared cacheable memory {0 = not cached; 1 = cached write-through}
      [cm7] AHBSCR 0x2A0 32 rw | AHB slave port control
        .INITCOUNT 15:11 | Fairness counter start
        .TPRI 10:2 | Exception priority from which software comes first
        .CTL 1:0 | Priority {0 = AHB slave first; 1 = software first; 2 = alternating by INITCOUNT; 3 = AHB slave first above TPRI}
      [cm7] ABFSR 0x2A8 32 rw | Auxiliary bus fault status: which port an imprecise BusFault came from; any write clears
        .AXIMTYPE 9:8 | Error on AXIM {0 = OKAY; 1 = EXOKAY; 2 = SLVERR; 3 = DECERR}
        .EPPB 4 wc | External private peripheral bus
        .AXIM 3 wc | AXI master port
        .AHBP 2 wc | AHB peripheral port
        .DTCM 1 wc | Data TCM
        .ITCM 0 wc | Instruction TCM`;
