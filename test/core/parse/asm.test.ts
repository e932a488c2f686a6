// Startup assembly in its three dialects: vector tables, functions, weak aliases.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseAsm } from '../../../src/core/parse/asm.ts';

interface Expected {
  readonly vectors?: string[];
  readonly functions?: string[];
  readonly constants?: string[];
  readonly includes?: string[];
}

function check(name: string, text: string, expected: Expected): void {
  test(name, () => {
    const { facts, problems } = parseAsm(text, 'startup.s');
    assert.deepEqual(problems, []);
    const found = {
      vectors: facts.vectors.map(({ handler, index }) => `${index} ${handler}`),
      functions: facts.functions.map(({ name: label, startLine, endLine, attributes, calls }) => [label, `${startLine}-${endLine}`, ...attributes, ...calls.map(call => `calls ${call.name}`)].join(' ')),
      constants: facts.macros.map(macro => `${macro.name} = ${macro.body}`),
      includes: facts.includes.map(include => include.path),
    };
    for (const key of Object.keys(expected) as (keyof Expected)[]) assert.deepEqual(found[key], expected[key], key);
  });
}

check('a GNU table in its section, with gaps and space',
  '  .section .isr_vector,"a",%progbits\n  .type g_pfnVectors, %object\ng_pfnVectors:\n  .word _estack\n  .word Reset_Handler /* reset */\n  .word 0, 0\n  .space 4*2\n  .word USART2_IRQHandler @ console\n  .size g_pfnVectors, .-g_pfnVectors\n',
  { vectors: ['1 Reset_Handler', '6 USART2_IRQHandler'] });
check('an Arm table with its end label',
  '        AREA    RESET, DATA, READONLY\n        EXPORT  __Vectors\n__Vectors       DCD     __initial_sp              ; Top of Stack\n                DCD     Reset_Handler             ; Reset\n                DCD     0\n                DCD     USART1_IRQHandler\n__Vectors_End\n__Vectors_Size  EQU  __Vectors_End - __Vectors\n',
  { vectors: ['1 Reset_Handler', '3 USART1_IRQHandler'], constants: ['__Vectors_Size = __Vectors_End - __Vectors'] });
check('an IAR table that is split by labels',
  '        SECTION .intvec:CODE:NOROOT(2)\n        DATA\n__vector_table\n        DCD     sfe(CSTACK)\n        DCD     Reset_Handler\n__vector_table_0x1c\n        DCD     NMI_Handler\n',
  { vectors: ['1 Reset_Handler', '2 NMI_Handler'] });
check('a RISC-V table of jumps and words', '    .section .vector,"ax"\nvector_base:\n    j _start\n    .word 0\n    .word eclic_msip_handler\n    .word USART0_IRQHandler\n', { vectors: ['0 _start', '2 eclic_msip_handler', '3 USART0_IRQHandler'] });
check('repeated slots', '.section .vectors\nt:\n.rept 2\n.word Default_IRQHandler\n.endr\n.word A_IRQHandler\n', { vectors: ['0 Default_IRQHandler', '1 Default_IRQHandler', '2 A_IRQHandler'] });
check('words elsewhere are no table', 'literals:\n .word main\n .word __bss_start__\n', { vectors: [] });

check('a typed function with its calls', '.type Reset_Handler, %function\nReset_Handler:\n  bl SystemInit\n  cmp r0, r1\n  bne loop\nloop:\n  b loop\n  bx lr\n.size Reset_Handler, .-Reset_Handler\n  bl other\n', { functions: ['Reset_Handler 2-9 calls SystemInit'] });
check('a call through a loaded address', 'Reset_Handler PROC\n        LDR     R0, =SystemInit\n        BLX     R0\n        LDR     R0, =__main\n        BX      R0\n        ENDP\n', { functions: ['Reset_Handler 1-6 calls SystemInit calls __main'] });
check('weak aliases', '.weak NMI_Handler\n.thumb_set NMI_Handler,Default_Handler\n', { functions: ['NMI_Handler 2-2 weak alias("Default_Handler")'] });
check('weak aliases through a macro', '  .macro def_irq_handler handler_name\n  .weak \\handler_name\n  .set \\handler_name, Default_Handler\n  .endm\n  def_irq_handler USART2_IRQHandler\n', { functions: ['USART2_IRQHandler 5-5 weak alias("Default_Handler")'] });
check('several default handlers above one body', 'Default_Handler PROC\n        EXPORT  A_IRQHandler [WEAK]\n        EXPORT  B_IRQHandler [WEAK]\nA_IRQHandler\nB_IRQHandler\n        B       .\n        ENDP\n', { functions: ['Default_Handler 1-7', 'A_IRQHandler 4-7 weak', 'B_IRQHandler 5-7 weak'] });
check('constants and includes', '#include "config.h"\n.include "macros.inc"\n.equ STACK_SIZE, 0x400 // bytes\nHeap_Size EQU 0x200\n', { constants: ['STACK_SIZE = 0x400', 'Heap_Size = 0x200'], includes: ['config.h', 'macros.inc'] });
check('comments hide everything', '/* .word A_IRQHandler\n .word B_IRQHandler */\n@ .word C_IRQHandler\n; DCD D_IRQHandler\n// bl x\n', { vectors: [], functions: [] });
check('an empty file', '', { vectors: [], functions: [] });
check('binary', '\u0000\u0001\ufffd::,,\n.word\n.section\n.rept\n.space\n', { vectors: [] });

test('a file of more than 16 million characters is refused', () => {
  assert.match(parseAsm(' '.repeat(16 * 1024 * 1024 + 1), 'huge.s').problems[0]?.message ?? '', /not parsed/);
});

test('the fixture\'s table counts from the initial stack pointer', () => {
  const file = path.join(import.meta.dirname, '../../fixtures/stm32f4-uart/startup_stm32f407.s');
  const { facts } = parseAsm(fs.readFileSync(file, 'utf8'), 'startup_stm32f407.s');
  const index = (handler: string) => facts.vectors.find(vector => vector.handler === handler)?.index;
  assert.deepEqual(['Reset_Handler', 'SysTick_Handler', 'USART2_IRQHandler', 'FPU_IRQHandler'].map(index), [1, 15, 54, 97]);
  assert.deepEqual(facts.functions.find(({ name }) => name === 'Reset_Handler')?.calls.map(({ name }) => name), ['main']);
  assert.deepEqual(facts.functions.find(({ name }) => name === 'USART2_IRQHandler')?.attributes, ['weak', 'alias("Default_Handler")']);
});

/** `kind name start-end` of the parts. */
function checkParts(text: string, expected: readonly string[]): void {
  const { parts = [] } = parseAsm(text, 'a.S').facts;
  assert.deepEqual(parts.map(({ kind, name, startLine, endLine }) => `${kind} ${name} ${startLine}-${endLine}`), expected);
}

test('macros of GNU and Arm syntax have their extent', () => {
  checkParts('.macro wait n\n  nop\n.endm\n        MACRO\n$label  delay $n\n        NOP\n        MEND\n', ['macro wait 1-3', 'macro delay 4-7']);
});
test('a routine named by a macro or exported reaches to the next one', () => {
  checkParts('.global fast_copy\nfast_copy:\n  ldr r0, [r1]\n1: b 1b\ntable:\n  .word 1\nSECTION_FUNC(TEXT, z_start)\n  bx lr\nregular_func divide @ words\n  bx lr\n', ['function fast_copy 2-6', 'label table 5-5', 'function z_start 7-8', 'function divide 9-11']);
});
