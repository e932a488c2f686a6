import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesInBuild, plainOutput, tellingLines } from '../../src/vscode/terminalText.ts';

function check(name: string, output: string, expected: readonly (readonly [file: string, line: number])[]): void {
  test(name, () => { assert.deepEqual(placesInBuild(plainOutput(output)).map(({ file, line }) => [file, line]), expected); });
}

check('GCC, coloured', '\u001b[01m\u001b[Ksrc/uart.c:23:5:\u001b[m\u001b[K \u001b[01;31m\u001b[Kerror: \u001b[m\u001b[K‘USART9’ undeclared\r\n   23 |   USART9->CR1 = 0;\r\n', [['src/uart.c', 23]]);
check('errors come before warnings, and one place counts once', 'a.c:3:1: warning: unused\nb.c:9:2: error: x\nb.c:9:2: note: here\nb.c:10: error: y\n', [['b.c', 9], ['a.c', 3]]);
check('the linker', '/usr/bin/ld: main.o: in function `main\':\n/home/me/fw/main.c:12: undefined reference to `uart_init\'\n', [['/home/me/fw/main.c', 12]]);
check('Windows paths, IAR and Keil', 'C:\\fw\\main.c:7:1: error: x\nmain.c(12): error: #20: identifier "x" is undefined\n', [['C:\\fw\\main.c', 7], ['main.c', 12]]);
check('not more than a few', Array.from({ length: 50 }, (_, index) => `f${index}.c:1:1: error: x`).join('\n'), [['f0.c', 1], ['f1.c', 1], ['f2.c', 1]]);
check('words that name no place', 'make: *** [Makefile:12: all] Error 1\nping: unknown host\n12:30:01 error: late\n', []);

test('of a terminal\'s selection the lines that tell something are shown', () => {
  assert.equal(tellingLines('me@pc$ cat log\r\nHardFault!\r\nCFSR: 0x00000400\r\nPC = 0x08000110\r\nme@pc$ '), 'HardFault!\nCFSR: 0x00000400\nPC = 0x08000110');
  assert.equal(tellingLines('\n  hello \n'), 'hello');
});
