// Every way in which real code touches registers, on code that compiles; the cases stand in the fixtures themselves.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { addCorePeripherals } from '../../../src/core/device/corePeripherals.ts';
import type { Device } from '../../../src/core/device/device.ts';
import { hover } from '../../../src/core/hover/hover.ts';
import type { HoverReport } from '../../../src/core/hover/report.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { realDevice } from '../device/realDevice.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';
import { openTestParser } from '../parse/grammars.ts';
import { styleFixtures, stylesFolder, type StyleCase, type StyleFixture } from './accessStyles.ts';

const parser = await openTestParser();
after(() => parser[Symbol.asyncDispose]());

for (const fixture of styleFixtures()) {
  checkCompiles(fixture);
  check(fixture, 'its own description', ownDevice(fixture));
  if (fixture.svd !== 'chip.svd') check(fixture, fixture.svd, realDevice(fixture.svd));
}

function check(fixture: StyleFixture, description: string, bare: Device | undefined): void {
  const device = bare === undefined ? undefined : addCorePeripherals(bare);
  const headers = Object.entries(fixture.texts).filter(([file]) => /\.[ch]$/.test(file));
  const facts = memoryFactSource(new Map(headers.map(([file, text]) => [file, parser.parse(text, file).facts])));
  for (const one of fixture.cases) {
    test(`${fixture.name} with ${description}, ${one.file}:${one.line}:${one.column} ${one.code.slice(0, 70)}`, { skip: device === undefined && `${description} is not here` }, async () => {
      const report = await hover({ file: one.file, line: one.line, column: one.column, text: fixture.texts[one.file] ?? '' }, { device, deviceSource: fixture.svd, parser, facts });
      assert.equal(summary(report, one), one.expected);
    });
  }
}

/** What the card is about, in the fixtures' words; decoded only where the case says so. */
function summary(report: HoverReport, { expected }: StyleCase): string {
  const title = report.register ?? /`([^`]+)`/.exec(report.markdown ?? '')?.[1] ?? '';
  const fields = report.fields?.join(' ') ?? '';
  const value = expected.includes('=') && report.decoded !== undefined ? [`= ${report.decoded.value}`] : [];
  switch (report.kind) {
    case 'none': return 'none';
    case 'interrupt': return `interrupt ${title}`;
    case 'peripheral': return title;
    case 'field': return [`${title}.${fields}`, ...value].join(' ');
    case 'register': return [title, fields, ...value].filter(part => part !== '').join(' ');
  }
}

/** A folder's own description: facts of the real registers that its code touches. */
function ownDevice({ name }: StyleFixture): Device | undefined {
  const file = path.join(stylesFolder, name, 'chip.svd');
  return parseSvd(fs.readFileSync(file, 'utf8'), file).device;
}

function checkCompiles({ name, texts }: StyleFixture): void {
  const compiler = ['arm-none-eabi-gcc', 'gcc', 'clang'].find(program => spawnSync(program, ['--version']).status === 0);
  test(`${name} compiles`, { skip: compiler === undefined && 'there is no C compiler here' }, () => {
    for (const file of Object.keys(texts).filter(source => source.endsWith('.c'))) {
      const { stderr, status } = spawnSync(compiler ?? '', ['-std=gnu11', '-ffreestanding', '-fsyntax-only', '-Wno-int-to-pointer-cast', '-Wno-pointer-to-int-cast', file], { cwd: path.join(stylesFolder, name), encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    }
  });
}
