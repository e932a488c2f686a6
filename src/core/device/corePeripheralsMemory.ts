import type { CorePeripheralText } from './corePeripheralText.ts';

const armv8m = 'Armv8-M Architecture Reference Manual (DDI 0553)';
const m7 = 'Cortex-M7 Technical Reference Manual (DDI 0489)';
const m55 = 'Cortex-M55 Technical Reference Manual (101051)';

const tcm = (name: string, offset: string) => `
      ${name} ${offset} 32 rw | Tightly coupled memory control
        .SZ 6:3 r | Size: 0 for none, else 2 to the power of SZ + 9 bytes
        .EN 0 | The memory is on`;
const errorBank = (name: string, offset: string) => `
      ${name} ${offset} 32 rw | Cache error bank
        [cm7] .USER 31:30 | For software
        [cm7] .TYPE 17
        [cm7] .RAMBank 16
        [cm7] .WAY 15:14
        [cm7] .INDEX 13:4
        [cm7] .LDO 3:2
        [cm7] .LOCK 1
        [memory] .SWDEF 31:30 | For software
        [memory] .TYPE 17 {0 = correctable; 1 = not correctable}
        [memory] .BANK 16
        [memory] .LOCATION 15:2
        [memory] .LOCKED 1
        .VALID 0`;
const tcmErrorBank = (name: string, offset: string) => `
      ${name} ${offset} 32 rw | TCM error bank
        .SWDEF 31:30 | For software
        .POISON 28
        .TYPE 27 {0 = correctable; 1 = not correctable}
        .BANK 26:24
        .LOCATION 23:2
        .LOCKED 1
        .VALID 0`;
const gate = (name: string, offset: number) => `
      ${name}_CTRL 0x${(offset).toString(16)} 32 rw | TCM security gate control
        .DEREN 1 | Blocked debugger accesses give an error
        .DBFEN 0 | Blocked accesses give a bus fault
      ${name}_CFG 0x${(offset + 4).toString(16)} 32 r | TCM security gate configuration
        .PRESENT 31 | There is a gate
        .NUMBLKS 11:8 | Number of blocks, as a power of two
        .BLKSZ 3:0 | Size of a block, as a power of two
      ${name}_LUT[16] 0x${(offset + 16).toString(16)} 32 rw | A bit for each block: 1 = non-secure`;
const event = `
        .EDBGREQ 2 | External debug request
        .NMI 1
        .EVENT 0 | WFE event`;
/** A bit for each of the eight counters, and the cycle counter; `what`: ending of the names, mark, meaning. */
function counterBits(name: string, offset: string, what: string): string {
  const [ending = '', mark = '', ...words] = what.split(' ');
  const fields = Array.from({ length: 8 }, (_, counter) => `
        .CNT${counter}${ending === '' ? '' : `_${ending}`} ${counter} ${mark} | ${words.join(' ')}`).join('');
  const cycles = ending === '' ? '' : `
        .${name.startsWith('CNTEN') ? 'CCNTR' : 'CYCCNT'}_${ending} 31 ${mark} | The same for the cycle counter`;
  return `
      ${name} ${offset} 32 ${ending === '' ? 'w' : 'rw'} | ${words.join(' ')}, bit n for counter n${fields}${cycles}`;
}

/** What only the larger cores have beside their system control block: memory system, power, error banks, performance counters. */
export const memoryTexts: readonly CorePeripheralText[] = [
  { name: 'ERRBNK', baseAddress: 0xE000EFB0n, description: 'Cache error banks', cores: 'cm7', origin: m7, registers: `${errorBank('IEBR0', '0x0')}${errorBank('IEBR1', '0x4')}${errorBank('DEBR0', '0x8')}${errorBank('DEBR1', '0xC')}` },
  { name: 'ERRBNK', baseAddress: 0xE001E100n, description: 'Cache and TCM error banks', cores: 'memory', origin: m55, registers: `${errorBank('IEBR0', '0x00')}${errorBank('IEBR1', '0x04')}${errorBank('DEBR0', '0x10')}${errorBank('DEBR1', '0x14')}${tcmErrorBank('TEBR0', '0x20')}${tcmErrorBank('TEBR1', '0x28')}` },
  {
    name: 'MEMSYSCTL', baseAddress: 0xE001E000n, description: 'Memory system control', cores: 'memory', origin: m55,
    registers: `
      MSCR 0x00 32 rw | Memory system control
        .CPWRDN 17 r | Caches were invalidated on power-up
        .DCCLEAN 16 | The data cache holds no dirty lines
        .ICACTIVE 13 | The instruction cache is powered
        .DCACTIVE 12 | The data cache is powered
        .TECCCHKDIS 4 | No ECC check of TCM
        .EVECCFAULT 3 | Asynchronous ECC errors fault
        .FORCEWT 2 | The data cache writes through everywhere
        .ECCEN 1 r | ECC is on
      PFCR 0x04 32 rw | Prefetcher control
        [cm55 cm52] .MAX_OS 9:7 | Most outstanding prefetches
        [cm55 cm52] .MAX_LA 6:4 | Farthest look-ahead
        [cm55 cm52] .MIN_LA 3:1 | Nearest look-ahead
        [cm85] .DIS_NLP 7 | No next-line prefetch
        .ENABLE 0 | The prefetcher is on${tcm('ITCMCR', '0x10')}${tcm('DTCMCR', '0x14')}
      PAHBCR 0x18 32 rw | Peripheral AHB port control
        .SZ 3:1 r | Size {0 = no port; 1 = 64 MB; 2 = 128 MB; 3 = 256 MB; 4 = 512 MB}
        .EN 0 | The port is on${gate('ITGU', 0x500)}${gate('DTGU', 0x600)}`,
  },
  {
    name: 'PWRMODCTL', baseAddress: 0xE001E300n, description: 'Power mode control', cores: 'memory', origin: m55,
    registers: `
      CPDLPSTATE 0x0 32 rw | Low-power state of the core's domains
        .RLPSTATE 9:8 | RAM {0 = on; 1 = clock off; 2 = retention; 3 = off}
        .ELPSTATE 5:4 | FPU and vectors {0 = on; 1 = clock off; 2 = retention; 3 = off}
        .CLPSTATE 1:0 | Core {0 = on; 1 = clock off; 2 = retention; 3 = off}
      DPDLPSTATE 0x4 32 rw | Low-power state of the debug domain
        .DLPSTATE 1:0 | Debug {0 = on; 1 = clock off; 3 = off}`,
  },
  {
    name: 'EWIC_ISA', baseAddress: 0xE001E400n, description: 'Wake-up interrupt controller, the core\'s side', cores: 'memory', origin: m55,
    registers: `
      EVENTSPR 0x00 32 w | Event set pending${event.replace(/(EDBGREQ 2|NMI 1|EVENT 0)/g, '$1 w1s')}
      EVENTMASKA 0x80 32 r | Event mask A${event}
      EVENTMASKn[15] 0x84 32 r | Event masks
        .IRQ 31:0 | A bit for each interrupt`,
  },
  {
    name: 'EWIC', baseAddress: 0xE0047000n, description: 'External wake-up interrupt controller', cores: 'memory', origin: m55,
    registers: `
      EWIC_CR 0x0 32 rw | Control
        .EN 0 | The controller is on
      EWIC_ASCR 0x4 32 rw | Automatic sequence control
        .ASPU 1 | Automatic on power-up
        .ASPD 0 | Automatic on power-down
      EWIC_CLRMASK 0x8 32 w | Any write clears all masks
      EWIC_NUMID 0xC 32 r | Number of events
        .NUMEVENT 15:0
      EWIC_MASKA 0x200 32 rw | Mask A${event}
      EWIC_MASKn[15] 0x204 32 rw | Masks
        .IRQ 31:0 | A bit for each interrupt
      EWIC_PENDA 0x400 32 r | Pending A${event}
      EWIC_PENDn[15] 0x404 32 rw | Pending
        .IRQ 31:0 | A bit for each interrupt
      EWIC_PSR 0x600 32 r | Summary of what is pending
        .NZ 15:1 | A bit for each EWIC_PENDn
        .NZA 0 | EWIC_PENDA`,
  },
  {
    name: 'PRCCFGINF', baseAddress: 0xE001E700n, description: 'Processor configuration information', cores: 'memory', origin: m55,
    registers: `
      CFGINFOSEL 0x0 32 w | Selects what CFGINFORD gives
      CFGINFORD 0x4 32 r | Configuration`,
  },
  {
    name: 'STL', baseAddress: 0xE001E800n, description: 'Observation for software test libraries', cores: 'memory', origin: m55,
    registers: ['STLNVICPENDOR 0x0', 'STLNVICACTVOR 0x4'].map(head => `
      ${head} 32 r | Priority tree of the interrupt controller
        .VALID 18
        .TARGET 17
        .PRIORITY 16:9
        .INTNUM 8:0`).join('') + `
      STLIDMPUSR 0x10 32 rw | MPU sample
        .ADDR 31:5
        .INSTR 2
        .DATA 1${['STLIMPUOR 0x14', 'STLD0MPUOR 0x18', 'STLD1MPUOR 0x1C', '[cm85] STLD2MPUOR 0x20', '[cm85] STLD3MPUOR 0x24'].map(head => `
      ${head} 32 r | MPU result
        .HITREGION 16:9
        .ATTR 8:0`).join('')}
      [cm85] STLSTBSLOTSR 0x28 32 rw | Store buffer slot
        .VALID 4
        .STBSLOTNUM 3:0
      [cm85] STLLFDENTRYSR 0x2C 32 rw | Linefill descriptor entry
        .VALID 4
        .LFDENTRYNUM 3:0`,
  },
  {
    name: 'PMU', baseAddress: 0xE0003000n, description: 'Performance monitoring unit; needs CoreDebug.DEMCR.TRCENA', cores: 'v81', origin: armv8m,
    registers: `
      EVCNTR[8] 0x000 32 rw | Event counter n
        .CNT 15:0 | Counter
      CCNTR 0x07C 32 rw | Cycle counter
      EVTYPER[8] 0x400 32 rw | Event that counter n counts
        .EVENTTOCNT 15:0 | Event number
      CCFILTR 0x47C 32 rw | Cycle counter filter${counterBits('CNTENSET', '0xC00', 'ENABLE w1s Writing 1 starts the counter')}${counterBits('CNTENCLR', '0xC20', 'ENABLE w1c Writing 1 stops the counter')}${counterBits('INTENSET', '0xC40', 'ENABLE w1s Writing 1 switches the overflow interrupt on')}${counterBits('INTENCLR', '0xC60', 'ENABLE w1c Writing 1 switches the overflow interrupt off')}${counterBits('OVSCLR', '0xC80', 'STATUS w1c Writing 1 clears the overflow flag')}${counterBits('SWINC', '0xCA0', ' w1s Writing 1 counts once')}${counterBits('OVSSET', '0xCC0', 'STATUS w1s Writing 1 sets the overflow flag')}
      TYPE 0xE00 32 r | What the unit has
        .NUM_CNTS 7:0 | Number of event counters
        .SIZE_CNTS 13:8 | Width of counters, less 1
        .CYCCNT_PRESENT 14 | There is a cycle counter
        .FRZ_OV_SUPPORT 21 | Stopping on overflow is supported
        .TRACE_ON_OV_SUPPORT 23 | Trace on overflow is supported
      CTRL 0xE04 32 rw | Control
        .TRACE_ON_OV 11 | Trace on overflow
        .FRZ_ON_OV 9 | All counters stop on overflow
        .CYCCNT_DISABLE 5 | No cycle counting where counting is forbidden
        .CYCCNT_RESET 2 w w1s | Writing 1 clears CCNTR
        .EVENTCNT_RESET 1 w w1s | Writing 1 clears the event counters
        .ENABLE 0 | Counters count
      AUTHSTATUS 0xFB8 32 r | Debug authentication status
        .SUNID 23:22
        .SUID 21:20
        .NSUNID 19:18
        .NSUID 17:16
        .SNID 7:6
        .SID 5:4
        .NSNID 3:2
        .NSID 1:0
      DEVARCH 0xFBC 32 r | Architecture
      DEVTYPE 0xFCC 32 r | Device type
      PIDR4 0xFD0 32 r | Peripheral identification 4
      PIDR{4} 0xFE0 32 r | Peripheral identification n
      CIDR{4} 0xFF0 32 r | Component identification n`,
  },
];
