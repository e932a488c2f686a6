// The stack that a handler takes with all it calls, from what GCC writes with -fstack-usage.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dossierPromptText } from '../../../src/core/isr/dossierText.ts';
import { isrDossiers } from '../../../src/core/isr/isrDossiers.ts';
import { parseStackUsage } from '../../../src/core/parse/stackUsage.ts';
import { realDevice } from '../device/realDevice.ts';
import { factsOf } from '../graph/factsOf.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';

const device = realDevice('STM32F407.svd');

/** What the handler's dossier says of its stack, after `stack: `; the sources by name, the `.su` files among them. */
function check(name: string, files: Readonly<Record<string, string>>, expected: string | undefined, handler = 'USART2_IRQHandler'): void {
  test(name, async () => {
    const facts = await factsOf(Object.fromEntries(Object.entries(files).filter(([file]) => !file.endsWith('.su'))));
    for (const [file, text] of Object.entries(files)) if (file.endsWith('.su')) facts.set(file, parseStackUsage(text));
    const { isrs: [isr] } = await isrDossiers(memoryFactSource(facts), undefined, { name: handler });
    assert.ok(isr);
    assert.equal(/^- stack: (.*)$/m.exec(dossierPromptText(isr))?.[1], expected);
  });
}

const deep = 'static void deep(int n) { volatile char b[100]; b[n] = 1; }\n';
const handler = 'void USART2_IRQHandler(void) { deep(3); }\n';

check('the handler and the deepest of its calls', { 'src/a.c': `${deep}static void flat(void) {}\nvoid USART2_IRQHandler(void) { deep(3); flat(); }\n`, 'build/a.su': 'src/a.c:1:13:deep\t104\tstatic\nsrc/a.c:2:13:flat\t0\tstatic\nsrc/a.c:3:6:USART2_IRQHandler\t8\tstatic\n' }, '112 bytes (USART2_IRQHandler 8, deep 104)');
check('older compilers name no column, and CMake whole paths', { 'src/a.c': deep + handler, 'build/a.su': '/home/me/fw/src/a.c:1:deep\t104\tstatic\n/home/me/fw/src/a.c:2:USART2_IRQHandler\t8\tstatic\n' }, '112 bytes (USART2_IRQHandler 8, deep 104)');
check('a static function without a line is inlined', { 'src/a.c': deep + handler, 'build/a.su': 'src/a.c:2:6:USART2_IRQHandler\t112\tstatic\n' }, '112 bytes (USART2_IRQHandler 112)');
check('a function that nothing is known of makes it the least', { 'a.c': 'void USART2_IRQHandler(void) { printf("x"); __disable_irq(); }\n', 'a.su': 'a.c:1:6:USART2_IRQHandler\t8\tstatic\n' }, 'at least 8 bytes (USART2_IRQHandler 8), as nothing is known of printf');
check('arrays whose size the program chooses make it the least', { 'a.c': 'void vla(int n) { char b[n]; use(b); }\nvoid use(char *b) { b[0] = 1; }\nvoid USART2_IRQHandler(void) { vla(3); }\n', 'a.su': 'a.c:1:6:vla\t8\tdynamic\na.c:2:6:use\t0\tstatic\na.c:3:6:USART2_IRQHandler\t8\tstatic\n' }, 'at least 16 bytes (USART2_IRQHandler 8, vla 8 and more), as vla takes more at run time');
check('what is bounded at run time is known', { 'a.c': 'void tail(int n) { use(n); }\nvoid use(int n) { }\nvoid USART2_IRQHandler(void) { tail(3); }\n', 'a.su': 'a.c:1:6:tail\t80\tdynamic,bounded\na.c:2:6:use\t0\tstatic\na.c:3:6:USART2_IRQHandler\t8\tstatic\n' }, '88 bytes (USART2_IRQHandler 8, tail 80)');
check('recursion makes it the least', { 'a.c': 'int r(int n) { return n ? r(n - 1) : 0; }\nvoid USART2_IRQHandler(void) { r(3); }\n', 'a.su': 'a.c:1:5:r\t16\tstatic\na.c:2:6:USART2_IRQHandler\t8\tstatic\n' }, 'at least 24 bytes (USART2_IRQHandler 8, r 16), as recursion in r');
check('a call through a pointer makes it the least', { 'a.c': 'struct { void (*cb)(void); } *port;\nvoid USART2_IRQHandler(void) { port->cb(); }\n', 'a.su': 'a.c:2:6:USART2_IRQHandler\t8\tstatic\n' }, 'at least 8 bytes (USART2_IRQHandler 8), as calls through port->cb may reach other functions');
check('methods are known by their classes', { 'b.cpp': 'struct Foo { void bar(int); };\nvoid Foo::bar(int n) { use(n); }\nvoid use(int n) { }\nextern "C" void USART2_IRQHandler() { Foo f; f.bar(2); Foo::bar(1); }\n', 'b.su': 'b.cpp:2:6:void Foo::bar(int)\t40\tstatic\nb.cpp:3:6:void use(int)\t0\tstatic\nb.cpp:4:17:void USART2_IRQHandler()\t24\tstatic\n' }, 'at least 64 bytes (USART2_IRQHandler 24, Foo::bar 40), as calls through f.bar may reach other functions');
check('of several builds the one that takes most counts', { 'a.c': handler.replace('deep(3);', ''), 'debug/a.su': 'a.c:1:6:USART2_IRQHandler\t24\tstatic\n', 'release/a.su': 'a.c:1:6:USART2_IRQHandler\t8\tstatic\n' }, '24 bytes (USART2_IRQHandler 24)');
check('a function of the same name in another file is another', { 'src/a.c': deep + handler, 'src/b.c': 'static void deep(int n) { }\n', 'a.su': 'src/b.c:1:13:deep\t500\tstatic\nsrc/a.c:1:13:deep\t104\tstatic\nsrc/a.c:2:6:USART2_IRQHandler\t8\tstatic\n' }, '112 bytes (USART2_IRQHandler 8, deep 104)');
check('without .su files nothing is said', { 'a.c': deep + handler }, undefined);
check('what is no such file is passed over', { 'a.c': deep + handler, 'a.su': 'not a line\na.c:1:x\n\t\t\na.c:2:6:USART2_IRQHandler\tmany\tstatic\n' }, undefined);

test('on a Cortex-M the frame that the core stacks is named beside it', { skip: device === undefined && 'no SVD file beside the repository' }, async () => {
  const facts = await factsOf({ 'a.c': 'void USART2_IRQHandler(void) {}\n' });
  facts.set('a.su', parseStackUsage('a.c:1:6:USART2_IRQHandler\t0\tstatic\n'));
  const { isrs: [isr] } = await isrDossiers(memoryFactSource(facts), device);
  assert.match(dossierPromptText(isr ?? assert.fail()), /stack: 0 bytes \(USART2_IRQHandler 0\); to it comes 32 bytes for the core's frame/);
});

test('every form of a name that compilers write is the one in the source', () => {
  const names = ['deep.constprop.0', 'bar.part.0.isra.1', 'int ns::f(int)', 'T Foo::get(T) [with T = int]', 'static void ring<T>::put(T) [with T = char]', 'Foo::~Foo()', 'main()::<lambda(int)>'];
  assert.deepEqual(parseStackUsage(names.map(name => `a.cpp:1:1:${name}\t8\tstatic`).join('\r\n')).stacks?.map(({ name }) => name), ['deep', 'bar', 'ns::f', 'Foo::get', 'ring::put', 'Foo::~Foo']);
  assert.deepEqual(parseStackUsage('C:\\fw\\a.c:1:1:f\t8\tdynamic').stacks, [{ name: 'f', file: 'C:/fw/a.c', line: 1, bytes: 8, kind: 'dynamic' }]);
});
