// What is known of the registers that matter, per description file: `node scripts/manualCoverage.ts [--list KIND] [FILE…]`.
// Without files: every description in ../shared/svd. `--list UART` (or `all`) names the registers of which nothing is known.
import fs from 'node:fs';
import path from 'node:path';
import { addCorePeripherals, type Device, manualOf, parseDeviceFile, type Peripheral, peripheralClock, type RegisterPlace, registerKeys, registersOf, sideEffects } from '../src/core/index.ts';

/** What firmware serves, by the names that vendors give it. */
const kinds: readonly (readonly [kind: string, name: RegExp])[] = [
  ['UART', /US?ART|^SERCOM|USIC\d_CH|^SCI|FLEXCOMM|^MCX?_?UART|UARTE/], ['SPI', /^(LP_?|Q?|SC_)?SPI|^SSP|^SPI[MS]\d|^DSPI|^XSPI|^OCTOSPI|^QUADSPI/], ['I2C', /I2C|TWI|^IIC/], ['ADC', /ADC|^VADC/], ['DMA', /DMA|^DMAC|^GPDMA|^DTC/], ['CAN', /CAN|^MCAN|TWAI/],
  ['USB', /USB|^OTG/], ['RTC', /RTC|^TAMP|^SRTC/], ['WDG', /WDG|WDT|WATCHDOG|^WDOG|^IWDT|^RCM/], ['FLASH', /FLASH|NVM|^FMC$|^FTF|^EEFC|^EFC/], ['EXTI', /EXTI|^EIC|^AFEC_EXTI|^PINT?$|^ICU|^ERU|GPIOTE|EXINT/],
  ['TIM', /^(LP_?)?TIM|^TC\d|^TCC|^TC[A-D]\d?|TIMER|^FTM|^TPM|^PIT|^LPTMR|^CT(16|32)B|^CTIMER|^SCT|^GPT|^AGT|^CCU|^LETIMER|^MCPWM|^PCNT|^LEDC|^PWM|^RMT|^SYSTIMER|^MRT/], ['GPIO', /^(GPIO|PIO|PORT|PT)[A-Z]?\d?|^IOPORT|^PORT/],
];

/** Names of status, flag, clear, key and data registers. */
const telling = /(^|_|[A-CE-Z\d])(SR\d?|ISR\d?|STATR?|STATUS[AB]?|STS|STA|FLAGS?|INTFLAGS?|TIFR\d?|EIFR|IFR|UCSR\d?A|TWCR|SPSR|ADCSRA|[HL]?IFCR|ICR|IF|IFS|IFC|RIS|MIS|INT_(RAW|ST|CLR)|INTCLR|INTENSET|INTENCLR|NMIFLAG|RDR|TDR|RXDR|TXDR|UDR\d?|SPDR|TWDR|DATA[LH]?|RXDATA\w?|TXDATA\w?|FIFO|RXD|TXD|RHR|THR|RBR|KEYR?|KR|UNLOCK|FEED|W1T[CS]|PSOR|PCOR|PTOR|[BD]SRR|SODR|CODR|CSR|S1|S2|FSTAT|PSR|PSCR|OUTSET|OUTCLR|OUTTGL|DIRSET|DIRCLR|IP|IIR|LSR|MSR)$|^(DR|DAT|CLEAR|LOAD|STATUS)$/;

type Known = 'effect' | 'likely' | 'access' | 'nothing';

function knownOf(place: RegisterPlace, device: Device): Known {
  const options = { device: device.name };
  if (registerKeys(place, options).length > 0) return 'effect';
  const effects = sideEffects(place, options);
  const does = effects.filter(({ modifiedWriteValues, readAction, source }) => (modifiedWriteValues ?? readAction ?? source) !== undefined);
  if (does.some(({ certainty }) => certainty === 'stated' || certainty === 'documented')) return 'effect';
  if (does.some(({ certainty }) => certainty === 'inferred')) return 'likely';
  return effects.some(({ certainty }) => certainty === 'stated') ? 'access' : 'nothing';
}

interface Row { total: number; effect: number; likely: number; access: number; nothing: number; readonly names: string[]; peripherals: number; clocked: number }

function coverage(device: Device): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const peripheral of device.peripherals.filter(({ origin }) => origin === undefined)) {
    const kind = kindOf(peripheral);
    if (kind === undefined) continue;
    const row = rows.get(kind) ?? { total: 0, effect: 0, likely: 0, access: 0, nothing: 0, names: [], peripherals: 0, clocked: 0 };
    rows.set(kind, row);
    row.peripherals += 1;
    if ((peripheralClock(device, peripheral)?.bits.length ?? 0) > 0) row.clocked += 1;
    for (const place of firstOf(registersOf(peripheral), 800)) {
      if (!telling.test(place.register.name.toUpperCase().replace(/\[?%S\]?/g, '').replace(/_?\d+$/, ''))) continue;
      const known = knownOf(place, device);
      row.total += 1;
      row[known] += 1;
      if (known === 'nothing' || known === 'access') row.names.push(`${place.path}${known === 'access' ? ' (access only)' : ''}`);
    }
  }
  return rows;
}

function kindOf({ name, groupName }: Peripheral): string | undefined {
  const names = [name, groupName ?? ''].map(text => text.toUpperCase().replace(/^(SEC|NS|GLOBAL|S)_/, ''));
  return kinds.find(([, pattern]) => names.some(text => pattern.test(text)))?.[0];
}

function* firstOf<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let left = most;
  for (const item of items) {
    if (left === 0) return;
    left -= 1;
    yield item;
  }
}

function report(file: string, list: string | undefined): void {
  const { device: read } = parseDeviceFile(fs.readFileSync(file, 'utf8'), file);
  if (read === undefined) return;
  const device = addCorePeripherals(read);
  const known = manualOf(device.name);
  console.log(`\n${path.basename(file)}: ${device.name}, ${known === undefined ? 'no manual known' : known.manual ?? `inferred from ${known.family.inferredFrom}`}`);
  for (const [kind, { total, effect, likely, access, nothing, names, peripherals, clocked }] of coverage(device)) {
    console.log(`  ${kind.padEnd(6)} ${String(total).padStart(4)} registers: ${effect} known, ${likely} inferred, ${access} access only, ${nothing} silent; clock bit of ${clocked} of ${peripherals}`);
    if (list === kind || list === 'all') for (const name of names) console.log(`         ${name}`);
  }
}

const given = process.argv.slice(2);
const list = given[0] === '--list' ? given.splice(0, 2)[1] : undefined;
const shared = path.resolve(import.meta.dirname, '../../shared/svd');
const files = given.length > 0 ? given : fs.existsSync(shared) ? fs.readdirSync(shared).filter(name => /\.(svd|xml)$/.test(name)).map(name => path.join(shared, name)) : [];
if (files.length === 0) console.log('Name description files (.svd, .atdf): there is no ../shared/svd.');
for (const file of files) report(file, list);
