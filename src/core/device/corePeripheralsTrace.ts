import type { CorePeripheralText } from './corePeripheralText.ts';

/** Component identification at the end of each 4 KB debug component. */
const identification = `
      PID4 0xFD0 32 r | Peripheral identification 4
      PID5 0xFD4 32 r | Peripheral identification 5
      PID6 0xFD8 32 r | Peripheral identification 6
      PID7 0xFDC 32 r | Peripheral identification 7
      PID0 0xFE0 32 r | Peripheral identification 0
      PID1 0xFE4 32 r | Peripheral identification 1
      PID2 0xFE8 32 r | Peripheral identification 2
      PID3 0xFEC 32 r | Peripheral identification 3
      CID0 0xFF0 32 r =0x0D&0xFF | Component identification 0
      CID1 0xFF4 32 r | Component identification 1
      CID2 0xFF8 32 r =0x05&0xFF | Component identification 2
      CID3 0xFFC 32 r =0xB1&0xFF | Component identification 3`;

const lock = `
      [v7m v8m] LAR 0xFB0 32 w | Lock access, where there is a lock
        .KEY 31:0 {0xC5ACCE55 = unlock}
      [v7m v8m] LSR 0xFB4 32 r | Lock status
        .BYTEACC 2 | 1: 32-bit lock access is not there
        .ACCESS 1 | Locked
        .PRESENT 0 | There is a lock`;

const architecture = `
      [v8m] DEVARCH 0xFBC 32 r | Device architecture
        .ARCHITECT 31:21 | JEP106 code {0x23B = Arm}
        .PRESENT 20 | Register is there
        .REVISION 19:16 | Revision
        .ARCHVER 15:12 | Version
        .ARCHPART 11:0 | Part
      [v8m] DEVTYPE 0xFCC 32 r | Device type
        .SUB 7:4 | Sub-type
        .MAJOR 3:0 | Major type`;

/** Comparators before Armv8-M: address, mask and function. */
function comparators(count: number, cores: string): string {
  return `
      [${cores}] COMP{${count}} 0x20 32 rw step=16 | Comparator n: value compared with
        .COMP 31:0 | Address, data value or cycle count
      [${cores}] MASK{${count}} 0x24 32 rw step=16 | Comparator n: address bits that do not count
        .MASK 4:0 | How many low address bits are ignored
      [${cores}] FUNCTION{${count}} 0x28 32 rw step=16 =0x0 | Comparator n: what is compared, and what happens; reading clears MATCHED
        .MATCHED 24 r rc | There was a match since the last read
        [v7m] .DATAVADDR1 19:16 | Second comparator of addresses for a data value match
        [v7m] .DATAVADDR0 15:12 | Comparator of addresses for a data value match
        [v7m] .DATAVSIZE 11:10 | Size of a data value {0 = byte; 1 = halfword; 2 = word}
        [v7m] .LNK1ENA 9 r | A second address comparator can be linked
        [v7m] .DATAVMATCH 8 {0 = compares addresses; 1 = compares data values}
        [v7m] .CYCMATCH 7 | Comparator 0 only {0 = compares addresses; 1 = compares the cycle counter}
        [v7m] .EMITRANGE 5 | Trace packets hold the address offset
        .FUNCTION 3:0 {0 = off; 4 = watchpoint or packet on instruction address; 5 = halt on read; 6 = halt on write; 7 = halt on access}`;
}

/** Comparators of Armv8-M. */
const comparatorsV8 = `
      [v8m] COMP{comparators} 0x20 32 rw step=16 | Comparator n: value compared with
        .COMP 31:0 | Address, data value or cycle count
      [v8m] FUNCTION{comparators} 0x28 32 rw step=16 | Comparator n: what is compared, and what happens; reading clears MATCHED
        .ID 31:27 r | What the comparator can do
        .MATCHED 24 r rc | There was a match since the last read
        .DATAVSIZE 11:10 {0 = byte; 1 = halfword; 2 = word}
        .ACTION 5:4 {0 = trigger only; 1 = debug event; 2 = trace: match or value packet; 3 = trace: address packet}
        .MATCH 3:0 {0 = off; 1 = cycle counter; 2 = instruction address; 3 = instruction address limit; 4 = data address; 5 = data address, writes; 6 = data address, reads; 7 = data address limit; 8 = data value; 9 = data value, writes; 10 = data value, reads; 11 = linked data value; 12 = data address with value; 13 = the same, writes; 14 = the same, reads}
      [v81] VMASK1 0x3C 32 rw | Comparator 1: data value bits that do not count
      [v81] VMASK3 0x5C 32 rw | Comparator 3: data value bits that do not count`;

/** Watchpoints, cycle counter, and trace. */
export const traceTexts: readonly CorePeripheralText[] = [
  {
    name: 'DWT', baseAddress: 0xE0001000n, description: 'Data watchpoint and trace; on while CoreDebug.DEMCR.TRCENA is 1', cores: 'v6m v7m v8m',
    registers: `
      CTRL 0x00 32 rw | Control
        .NUMCOMP 31:28 r | Number of comparators
        [main cm23] .NOTRCPKT 27 r | 1: no trace packets
        [main cm23] .NOEXTTRIG 26 r | 1: no external match signals
        [main cm23] .NOCYCCNT 25 r | 1: no cycle counter
        [main cm23] .NOPRFCNT 24 r | 1: no profiling counters
        [v8main] .CYCDISS 23 | Cycle counter stands still in the secure state
        [main] .CYCEVTENA 22 | Packet when the cycle counter's tap overflows
        [main] .FOLDEVTENA 21 | Packet when FOLDCNT overflows
        [main] .LSUEVTENA 20 | Packet when LSUCNT overflows
        [main] .SLEEPEVTENA 19 | Packet when SLEEPCNT overflows
        [main] .EXCEVTENA 18 | Packet when EXCCNT overflows
        [main] .CPIEVTENA 17 | Packet when CPICNT overflows
        [main] .EXCTRCENA 16 | Exception trace on
        [main] .PCSAMPLENA 12 | Periodic program counter samples on
        [main] .SYNCTAP 11:10 | Synchronisation packets by the cycle counter's bit {0 = off; 1 = bit 24; 2 = bit 26; 3 = bit 28}
        [main] .CYCTAP 9 | Sample tap {0 = bit 6 of the cycle counter; 1 = bit 10}
        [main] .POSTINIT 8:5 | Start of the post counter
        [main] .POSTPRESET 4:1 | Reload of the post counter
        [main] .CYCCNTENA 0 | CYCCNT counts
      [main] CYCCNT 0x04 32 rw | Cycle counter, wraps around
        .CYCCNT 31:0 | Processor cycles while CTRL.CYCCNTENA is 1
      [main] CPICNT 0x08 32 rw | Extra cycles of instructions
        .CPICNT 7:0 | Counter, wraps around
      [main] EXCCNT 0x0C 32 rw | Cycles of exception overhead
        .EXCCNT 7:0 | Counter, wraps around
      [main] SLEEPCNT 0x10 32 rw | Cycles asleep
        .SLEEPCNT 7:0 | Counter, wraps around
      [main] LSUCNT 0x14 32 rw | Extra cycles of loads and stores
        .LSUCNT 7:0 | Counter, wraps around
      [main] FOLDCNT 0x18 32 rw | Instructions that took no cycle
        .FOLDCNT 7:0 | Counter, wraps around
      PCSR 0x1C 32 r | Program counter sample: 0xFFFFFFFF when there is none
        .EIASAMPLE 31:0 | Address of an instruction that has run lately${comparators(2, 'v6m')}${comparators(4, 'v7m')}${comparatorsV8}${lock}${architecture}`,
  },
  {
    name: 'ITM', baseAddress: 0xE0000000n, description: 'Instrumentation trace; on while CoreDebug.DEMCR.TRCENA is 1', cores: 'main',
    registers: `
      PORT[32] 0x000 32 rw rx | Stimulus port n: what is written goes out as trace, 8, 16 or 32 bits at a time; reads whether it can take more
        [v7m] .FIFOREADY 0 r {0 = full: wait; 1 = a write is taken}
        [v8m] .DISABLED 1 r {0 = port is on; 1 = port or ITM is off}
        [v8m] .FIFOREADY 0 r {0 = full: wait; 1 = a write is taken}
      TER 0xE00 32 rw =0x0 | Trace enable
        .STIMENA 31:0 | Bit n turns stimulus port n on
      TPR 0xE40 32 rw =0x0 | Trace privilege
        [v7m cm33] .PRIVMASK 31:0 | Bit n: ports 8n to 8n + 7 are for privileged software only (bits 3:0 exist)
        [v81] .PRIVMASK 3:0 | Bit n: ports 8n to 8n + 7 are for privileged software only
      TCR 0xE80 32 rw =0x0 | Trace control
        .BUSY 23 r | Events are being processed
        .TRACEBUSID 22:16 | Trace bus ID, 0x01 to 0x6F
        .GTSFREQ 11:10 | Global timestamps {0 = off; 1 = every 128 cycles; 2 = every 8192 cycles; 3 = after each packet}
        .TSPRESCALE 9:8 | Local timestamp prescaler {0 = 1; 1 = 4; 2 = 16; 3 = 64}
        [v8m] .STALLENA 5 | The core waits rather than lose trace
        .SWOENA 4 | Timestamps count the trace port's clock
        .DWTENA 3 | DWT packets go out
        .SYNCENA 2 | Synchronisation packets go out
        .TSENA 1 | Local timestamps on
        .ITMENA 0 | ITM on
      [v8m] ITREAD 0xEF0 32 r | Integration test, reading
        .AFVALID 1
        .ATREADY 0
      [v7m] IWR 0xEF8 32 w | Integration write
        .ATVALIDM 0
      [v8m] ITWRITE 0xEF8 32 w | Integration test, writing
        .AFVALID 1
        .ATREADY 0
      [v7m cm33] IRR 0xEFC 32 r | Integration read
        .ATREADYM 0
      [v7m] IMCR 0xF00 32 rw | Integration mode control
        .INTEGRATION 0
      [v8m] ITCTRL 0xF00 32 rw | Integration mode control
        .IME 0 | Integration mode on${lock}${architecture}${identification}`,
  },
  {
    name: 'TPI', groupName: 'TPIU', otherNames: ['TPIU'], baseAddress: 0xE0040000n, description: 'Trace port interface (TPIU in newer headers)', cores: 'main cm23',
    registers: `
      SSPSR 0x000 32 r | Supported parallel port sizes: bit n is n + 1 pins
      CSPSR 0x004 32 rw | Current parallel port size: one bit, bit n is n + 1 pins
      ACPR 0x010 32 rw | Asynchronous clock prescaler
        .PRESCALER 12:0 | SWO baud rate = trace clock / (value + 1)
      SPPR 0x0F0 32 rw | Selected pin protocol
        .TXMODE 1:0 {0 = parallel trace port; 1 = SWO, Manchester; 2 = SWO, NRZ (UART)}
      FFSR 0x300 32 r | Formatter and flush status
        .FtNonStop 3 | The formatter cannot be stopped
        .TCPresent 2 | TRACECTL pin is there
        .FtStopped 1 | Formatter has stopped
        .FlInProg 0 | Flush in progress
      FFCR 0x304 32 rw | Formatter and flush control
        .TrigIn 8 | Triggers are marked
        .FOnMan 6 | Flush by hand
        .EnFCont 1 | Continuous formatting: off for plain SWO
      FSCR 0x308 32 rw | Formatter synchronisation counter (PSCR on Armv8-M)
        .PSCount 4:0 | Synchronisation packets every 2^value bytes
      [v8m] PSCR 0x308 32 rw | Periodic synchronisation control
        .PSCount 4:0 | Synchronisation packets every 2^value bytes
      TRIGGER 0xEE8 32 r | Trigger input
        .TRIGGER 0 | State of the input
      [v7m] FIFO0 0xEEC 32 r rx | Integration: ETM data
        .ITM_ATVALID 29
        .ITM_bytecount 28:27
        .ETM_ATVALID 26
        .ETM_bytecount 25:24
        .ETM2 23:16
        .ETM1 15:8
        .ETM0 7:0
      [v8m] ITFTTD0 0xEEC 32 r rx | Integration test: FIFO data 0
        .ATB_IF2_ATVALID 29
        .ATB_IF2_bytecount 28:27
        .ATB_IF1_ATVALID 26
        .ATB_IF1_bytecount 25:24
        .ATB_IF1_data2 23:16
        .ATB_IF1_data1 15:8
        .ATB_IF1_data0 7:0
      ITATBCTR2 0xEF0 32 rw | Integration: bus control 2
        [v8m] .AFVALID2S 1
        [v8m] .AFVALID1S 1
        [v8m] .ATREADY2S 0
        [v8m] .ATREADY1S 0
        [v7m] .ATREADY2 0
        [v7m] .ATREADY1 0
      [v7m] FIFO1 0xEFC 32 r rx | Integration: ITM data
        .ITM_ATVALID 29
        .ITM_bytecount 28:27
        .ETM_ATVALID 26
        .ETM_bytecount 25:24
        .ITM2 23:16
        .ITM1 15:8
        .ITM0 7:0
      ITATBCTR0 0xEF8 32 r | Integration: bus control 0
        [v8m] .AFVALID2S 1
        [v8m] .AFVALID1S 1
        [v8m] .ATREADY2S 0
        [v8m] .ATREADY1S 0
        [v7m] .ATREADY2 0
        [v7m] .ATREADY1 0
      [v8m] ITFTTD1 0xEFC 32 r rx | Integration test: FIFO data 1
        .ATB_IF2_ATVALID 29
        .ATB_IF2_bytecount 28:27
        .ATB_IF1_ATVALID 26
        .ATB_IF1_bytecount 25:24
        .ATB_IF2_data2 23:16
        .ATB_IF2_data1 15:8
        .ATB_IF2_data0 7:0
      ITCTRL 0xF00 32 rw | Integration mode control
        .Mode 1:0 {0 = normal; 1 = integration test; 2 = integration data test}
      CLAIMSET 0xFA0 32 rw w1s | Claim tag set
        .SET 3:0 w1s | Writing 1 sets the tag bit; reads which bits exist
      CLAIMCLR 0xFA4 32 rw w1c | Claim tag clear
        .CLR 3:0 w1c | Writing 1 clears the tag bit; reads the tag
      DEVID 0xFC8 32 r | Device ID
        .NRZVALID 11 | SWO with NRZ is there
        .MANCVALID 10 | SWO with Manchester is there
        .PTINVALID 9 | 1: no parallel trace port
        [v7m] .MinBufSz 8:6 | Smallest buffer
        [v7m] .AsynClkIn 5 | Trace clock is asynchronous
        [v7m] .NrTraceInput 4:0 | Trace inputs
        [v8m] .FIFOSZ 8:6 | log2 of the FIFO's size
        [v8m] .NrTraceInput 5:0 | Trace inputs
      DEVTYPE 0xFCC 32 r | Device type
        .SubType 7:4 | Sub-type
        .MajorType 3:0 | Major type${lock}`,
  },
];
