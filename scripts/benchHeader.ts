import { performance } from 'node:perf_hooks';
import { joinHeader, openCParser, parseSvd, type Device } from '../src/core/index.ts';
import fs from 'node:fs';
import path from 'node:path';
import { grammarsFolder } from '../src/node/folders.ts';
import type { Figure } from './benchMeasures.ts';

const blocks = 107;
const registersOfBlock = 24;
const fieldsOfRegister = 6;

/** CPU time to read a generated device header of 2.4 MB and join it to its description. */
export async function headerFigure(): Promise<Figure> {
  const grammar = (name: string) => fs.readFileSync(path.join(grammarsFolder(), name));
  await using parser = await openCParser({ runtime: grammar('web-tree-sitter.wasm'), c: grammar('tree-sitter-c.wasm'), cpp: grammar('tree-sitter-cpp.wasm') });
  const text = generatedHeader();
  const device = parseSvd(generatedSvd(), 'generated.svd').device;
  const wall = performance.now();
  const before = process.cpuUsage();
  const join = await joinHeader([{ file: 'generated.h', text }], {
    defines: new Map(), include: async () => undefined, parse: (code, file) => parser.parse(code, file).facts, ...(device !== undefined && { device: device satisfies Device }),
  });
  const { user, system } = process.cpuUsage(before);
  const { registers, fields } = join.coverage;
  return {
    what: 'device header joined to its SVD, first time', value: `${Math.round((user + system) / 1000)} ms CPU (${Math.round(performance.now() - wall)} ms)`,
    of: `${(text.length / 1e6).toFixed(1)} MB, ${registers.joined} of ${registers.total} registers, ${fields.joined} of ${fields.total} fields`,
  };
}

function generatedHeader(): string {
  const lines = ['#define __IO volatile', '#include <stdint.h>'];
  for (let block = 0; block < blocks; block += 1) {
    lines.push('typedef struct', '{', ...numbers(registersOfBlock).map(register => `  __IO uint32_t R${register};   /*!< Register ${register} of block ${block}, Address offset: 0x${(register * 4).toString(16)} */`), `} BLOCK${block}_TypeDef;`);
    lines.push(`#define BLOCK${block}_BASE (0x40000000UL + 0x${(block * 0x400).toString(16)}UL)`, `#define BLOCK${block} ((BLOCK${block}_TypeDef *) BLOCK${block}_BASE)`);
    for (const register of numbers(registersOfBlock).slice(0, 20)) for (const field of numbers(fieldsOfRegister)) lines.push(...fieldLines(`BLOCK${block}_R${register}_F${field}`, field * 5));
  }
  return `${lines.join('\n')}\n`;
}

function fieldLines(name: string, position: number): string[] {
  return [`#define ${name}_Pos (${position}U)`, `#define ${name}_Msk (0x7UL << ${name}_Pos) /*!< 0x${(7 * 2 ** position).toString(16)} */`, `#define ${name} ${name}_Msk /*!< What it is for */`];
}

function generatedSvd(): string {
  const fields = numbers(fieldsOfRegister).map(field => `<field><name>F${field}</name><bitOffset>${field * 5}</bitOffset><bitWidth>3</bitWidth></field>`).join('');
  const registers = numbers(registersOfBlock).map(register => `<register><name>R${register}</name><addressOffset>${register * 4}</addressOffset><size>32</size><fields>${fields}</fields></register>`).join('');
  const peripherals = numbers(blocks).map(block => `<peripheral><name>BLOCK${block}</name><baseAddress>${0x4000_0000 + block * 0x400}</baseAddress><registers>${registers}</registers></peripheral>`).join('');
  return `<device><name>GENERATED</name><peripherals>${peripherals}</peripherals></device>`;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
