import path from 'node:path';
import type { Command } from 'commander';
import type { DecodeReport, DeviceReport, HoverReport, RegisterReport, SvdReport } from '../../core/index.ts';
import { renderCheck } from '../deviceCheck.ts';
import { withContext, type Context } from '../context.ts';
import { CommandFailure, WrongUsage, formatProblem, printReport, type Report } from '../output.ts';
import { plainText } from '../plainText.ts';

/** `device`, `svd`, `register`, `decode`, `hover`: facts about the chip, no model. */
export function addHardwareCommands(program: Command): void {
  program.command('device').description('which chip the workspace is for, and why')
    .option('--check', "hold the vendor's device header against the SVD file")
    .action((options: { readonly check?: boolean }, command: Command) => withContext(command, async context => {
      if (options.check === true) finish(context, await context.engine.checkDevice(), renderCheck, report => report.coverage !== undefined);
      else printReport(context.output, await context.engine.device(), renderDevice);
    }));
  program.command('svd').description('the whole resolved device of an SVD file').argument('<file>')
    .action((file: string, _options, command: Command) => withContext(command, async context => {
      finish(context, await context.engine.svd(path.resolve(file)), renderSvd, report => report.device !== undefined);
    }));
  program.command('register').description('a register by name, address or macro; a peripheral with its registers').argument('<name|address|macro>')
    .action((query: string, _options, command: Command) => withContext(command, async context => {
      finish(context, await context.engine.register(query), renderRegisters, report => report.matches.length > 0 || report.peripherals !== undefined);
    }));
  program.command('decode').description('a register value, field by field').argument('<register>').argument('<value>')
    .action((register: string, value: string, _options, command: Command) => withContext(command, async context => {
      finish(context, await context.engine.decode(register, value), renderDecoded, report => report.path !== undefined);
    }));
  program.command('hover').description('the card for a place in a source file').argument('<file:line:col>')
    .action((place: string, _options, command: Command) => withContext(command, async ({ engine, output }) => {
      const report = await engine.hover({ ...parsePlace(place), waitForHeader: true });
      const isFailure = report.kind === 'none' && report.problems.length > 0;
      if (output.json || !isFailure) printReport(output, report, renderHover);
      if (isFailure) throw new CommandFailure(report.problems.map(formatProblem).join('\n'));
    }));
}

/** Prints the report; without the asked-for thing the problems are the failure's message. */
export function finish<R extends Report>(context: Context, report: R, render: (report: R) => string, found: (report: R) => boolean): void {
  if (context.output.json || found(report)) printReport(context.output, report, render);
  if (!found(report)) throw new CommandFailure(report.problems.map(formatProblem).join('\n') || 'nothing found.');
}

function parsePlace(place: string): { file: string; line: number; column: number } {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(place) ?? [];
  if (file === undefined) throw new WrongUsage(`${place}: give a place as FILE:LINE:COLUMN, for example src/main.c:10:5.`);
  return { file, line: Number(line), column: Number(column) };
}

/** Evidence lines shown in a terminal: an SDK's headers name the chip by the dozen. */
const mostSources = 6;

export function renderDevice(report: DeviceReport): string {
  const rows = [
    ['device', report.device ?? 'not found'],
    ['core', report.core],
    ['svd', report.svd === undefined ? report.header === undefined ? 'none: choose one with --svd FILE' : `none; registers from the header ${report.header}` : report.svdWhy === undefined ? report.svd : `${report.svd} (${report.svdWhy})`],
    ['patches', report.patches?.join(', ')],
    ['build system', report.buildSystem],
    ['rtos', report.rtos],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${String(name).padEnd(13)} ${value}`]));
  const sources = report.sources.slice(0, mostSources).map(({ file, line, evidence }) => `  ${line === undefined ? file : `${file}:${line}`}  ${evidence}`);
  const more = report.sources.length - mostSources;
  const others = report.candidates.filter(({ name }) => name !== report.device).map(({ name, score, folder, svd }) => `  ${name} (score ${score}${folder === undefined ? '' : `, in ${folder}`}${svd === undefined ? '' : `, ${svd}`})`);
  const files = (report.svdOthers ?? []).slice(0, mostSources).map(({ file, why }) => `  ${file} (${why})`);
  const unread = (report.unreadPacks ?? []).map(({ message }) => `  ${message}`);
  return [...rows, ...(sources.length > 0 ? ['evidence', ...sources, ...(more > 0 ? [`  and ${more} more (--json lists them)`] : [])] : []), ...(others.length > 0 ? ['other candidates', ...others] : []), ...(files.length > 0 ? ['other SVD files', ...files] : []), ...(unread.length > 0 ? ['packs that cannot be read', ...unread] : [])].join('\n');
}

function renderSvd({ device }: SvdReport): string {
  if (device === undefined) return '';
  const registers = device.peripherals.reduce((sum, peripheral) => sum + peripheral.registers.length, 0);
  const rows = device.peripherals.map(peripheral => `  ${peripheral.baseAddress}  ${peripheral.name.padEnd(20)} ${peripheral.registers.length} registers`);
  return [`${device.name}: ${device.peripherals.length} peripherals, ${registers} registers (--json prints them all)`, ...rows].join('\n');
}

function renderRegisters(report: RegisterReport): string {
  const { matches, peripherals = [] } = report;
  if (peripherals.length < 2) return [...matches, ...peripherals].map(match => plainText(match.markdown)).join('\n\n');
  const width = Math.max(...peripherals.map(({ name }) => name.length));
  const rows = peripherals.map(({ name, baseAddress, registerCount, description }) => `  ${baseAddress}  ${name.padEnd(width)}  ${String(registerCount).padStart(4)} registers  ${description ?? ''}`.trimEnd());
  return [`${peripherals.length} peripherals; name one to see its registers:`, ...rows].join('\n');
}

function renderDecoded(report: DecodeReport): string {
  const width = Math.max(0, ...report.fields.map(field => field.name.length));
  const rows = report.fields.map(field => `  ${field.bits.padStart(5)}  ${field.name.padEnd(width)}  ${field.value.padEnd(10)} ${field.meaning ?? field.description?.replace(/\s+/g, ' ') ?? ''}`.trimEnd());
  const reserved = report.reservedBitsSet === undefined ? [] : [`  reserved bits set: ${report.reservedBitsSet}`];
  return [`${report.path ?? ''} = ${report.value ?? ''}`, ...rows, ...reserved, ...report.warnings.map(warning => `  warning: ${warning}`)].join('\n');
}

function renderHover(report: HoverReport): string {
  return report.markdown === undefined ? 'nothing known about this place' : plainText(report.markdown);
}
