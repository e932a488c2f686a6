import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IsrDossier } from '../../../src/core/isr/dossier.ts';
import { dossierMarkdown, dossierPromptText } from '../../../src/core/isr/dossierText.ts';
import { isrDossiers } from '../../../src/core/isr/isrDossiers.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { fixtureText, sourceOf } from '../graph/factsOf.ts';

const field = (name: string, bit: number, clear?: string): string => `<field><name>${name}</name><bitOffset>${bit}</bitOffset><bitWidth>1</bitWidth>${clear === undefined ? '' : `<modifiedWriteValues>${clear}</modifiedWriteValues>`}</field>`;
const register = (name: string, offset: number, fields: string): string => `<register><name>${name}</name><addressOffset>${offset}</addressOffset><size>32</size><fields>${fields}</fields></register>`;
const { device } = parseSvd(`<device><name>TEST1</name><cpu><name>CM4</name></cpu><addressUnitBits>8</addressUnitBits><width>32</width><peripherals>
<peripheral><name>TIM2</name><groupName>TIM</groupName><baseAddress>0x40000000</baseAddress><interrupt><name>TIM2</name><description>Timer 2</description><value>28</value></interrupt>
<registers>${register('SR', 16, field('UIF', 0, 'zeroToClear') + field('CC1IF', 1, 'zeroToClear'))}${register('CR1', 0, field('CEN', 0))}${register('EGR', 20, field('UG', 0)).replace('<fields>', '<access>write-only</access><fields>')}</registers></peripheral>
<peripheral><name>EXTI</name><baseAddress>0x40010000</baseAddress><interrupt><name>EXTI0</name><value>6</value></interrupt>
<registers>${register('PR', 20, field('PR0', 0, 'oneToClear') + field('PR1', 1, 'oneToClear'))}</registers></peripheral>
</peripherals></device>`, 'test.svd');

const vectors = 'void Reset_Handler(void);\nvoid TIM2_IRQHandler(void);\nvoid EXTI0_IRQHandler(void);\nvoid Default_Handler(void) { for (;;) { } }\n__attribute__((section(".isr_vector"))) void (*const table[])(void) = {\n  0, Reset_Handler, Default_Handler, Default_Handler, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n  [16 + 6] = EXTI0_IRQHandler, [16 + 28] = TIM2_IRQHandler\n};\n';
const macros = '#define TIM_SR_UIF 0x1U\n#define TIM_SR_CC1IF 0x2U\n#define EXTI_PR_PR0 0x1U\n';

/** The dossiers of a small project of real C, held against what `expect` says of them. */
function check(name: string, files: Readonly<Record<string, string>>, expect: (isrs: readonly IsrDossier[]) => void): void {
  test(name, async () => {
    expect((await isrDossiers(await sourceOf({ 'chip.h': macros, ...files }), device)).isrs);
  });
}

const only = (isrs: readonly IsrDossier[]): IsrDossier => {
  assert.equal(isrs.length, 1, isrs.map(({ name }) => name).join());
  const [isr] = isrs;
  assert.ok(isr !== undefined);
  return isr;
};
const hazardIds = (isr: IsrDossier): string[] => isr.hazards.map(({ id }) => id);
const tim2 = (body: string, before = ''): string => `#include "chip.h"\n${before}\nvoid TIM2_IRQHandler(void)\n{\n${body}\n}\n`;

check('the vector table gives number and place, the chip the peripheral', { 'a.c': tim2('TIM2->SR = ~TIM_SR_UIF;'), 'v.c': vectors }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.irq, isr.vector, isr.vectorPlace?.file, isr.peripheral, isr.description], [28, 44, 'v.c', 'TIM2', 'Timer 2']);
});
check('a table that means another peripheral than the handler\'s name gives no number', { 'a.c': tim2(''), 'v.c': vectors.replace('16 + 28', '16 + 6').replace('[16 + 6] = EXTI0_IRQHandler, ', '') }, isrs => { assert.deepEqual([only(isrs).irq, only(isrs).peripheral], [28, 'TIM2']); });
check('settings of the same folder count before those of another program', { 'one/a.c': tim2(''), 'another/m.c': 'void set(void) { NVIC_SetPriority(TIM2_IRQn, 1); }\n', 'one/m.c': 'void set(void) { NVIC_SetPriority(TIM2_IRQn, 7); }\n' }, isrs => { assert.equal(only(isrs).priority?.value, '7'); });
check('without a table the chip\'s interrupt gives the number', { 'a.c': tim2('') }, isrs => { assert.equal(only(isrs).irq, 28); });
check('the reset entry, the default handler and weak handlers are no handlers of the user', { 'v.c': vectors, 'w.c': '__attribute__((weak)) void TIM2_IRQHandler(void) { }\nvoid Reset_Handler(void) { }\n' }, isrs => { assert.deepEqual(isrs, []); });
check('a flag is cleared by writing 0 where the chip says so', { 'a.c': tim2('if (TIM2->SR & TIM_SR_UIF) { TIM2->SR = ~TIM_SR_UIF; }') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(isr.flagsTested.map(({ path, flag }) => `${path}.${flag}`), ['TIM2.SR.UIF']);
  assert.deepEqual(isr.flagsCleared.map(({ flag, how }) => [flag, how]), [['UIF', 'writing 0']]);
  assert.deepEqual(hazardIds(isr), []);
});
check('a flag is cleared by writing 1 where the chip says so', { 'a.c': '#include "chip.h"\nvoid EXTI0_IRQHandler(void) { EXTI->PR = EXTI_PR_PR0; }\n' }, isrs => {
  assert.deepEqual(only(isrs).flagsCleared.map(({ flag, how }) => [flag, how]), [['PR0', 'writing 1']]);
});
check('|= on flags that clear by writing 1 clears them all', { 'a.c': '#include "chip.h"\nvoid EXTI0_IRQHandler(void) { EXTI->PR |= EXTI_PR_PR0; }\n' }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['modify-clears-flags']); });
check('|= on flags that clear by writing 0 clears nothing it names', { 'a.c': tim2('TIM2->SR |= TIM_SR_UIF;') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['modify-clears-flags']); });
check('a tested flag that is never cleared is named', { 'a.c': tim2('if (TIM2->SR & TIM_SR_UIF) { TIM2->CR1 = 0; }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['flag-not-cleared']); });
check('what a called function of another file does counts', { 'a.c': tim2('clear_timer();', 'void clear_timer(void);'), 'b.c': '#include "chip.h"\nvoid clear_timer(void) { TIM2->SR = ~TIM_SR_UIF; }\n' }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(isr.registersWritten.map(({ path, file, function: where }) => [path, file, where]), [['TIM2.SR', 'b.c', 'clear_timer']]);
  assert.deepEqual(isr.callees.map(({ name, depth, definition }) => [name, depth, definition?.file]), [['clear_timer', 1, 'b.c']]);
});
check('recursion ends', { 'a.c': tim2('again(3);', 'void again(int n) { if (n) { again(n - 1); } }') }, isrs => { assert.deepEqual(only(isrs).callees.map(({ name }) => name), ['again']); });
check('a counter that main reads is shared, and must be volatile', { 'a.c': tim2('ticks++;', 'static unsigned ticks;\nunsigned now(void) { return ticks; }') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(isr.sharedVariables.map(({ name, isVolatile, elsewhere }) => [name, isVolatile, elsewhere[0]?.function]), [['ticks', false, 'now']]);
  assert.deepEqual(hazardIds(isr), ['shared-not-volatile']);
});
check('what the handler only reads it reads anew', { 'a.c': tim2('if (limit) { TIM2->CNT = 0; }', 'static unsigned limit;\nvoid limit_to(unsigned n) { limit = n; }\nunsigned now(void) { return limit; }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('what only set-up code reads is read before the handler runs', { 'a.c': tim2('ticks++;', 'static unsigned ticks;\nunsigned timer_init(void) { return ticks; }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('a write to a register that only takes commands loses nothing', { 'a.c': tim2('TIM2->EGR = 1U;', 'void restart(void) { TIM2->EGR |= 1U; }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)).filter(id => id === 'register-race'), []); });
check('a call that returns at once does not wait', { 'a.c': tim2('k_sem_take(&s, K_NO_WAIT); HAL_PCD_EP_Receive(hpcd, 1, b, 8);') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('what looks for itself whether an interrupt runs may wait', { 'a.c': tim2('pause();'), 'p.c': 'void pause(void) { if (!xPortIsInsideInterrupt()) { HAL_Delay(1); } }' }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('a semaphore that is waited for blocks', { 'a.c': tim2('k_sem_take(&s, K_FOREVER);') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['blocking-call']); });
check('a volatile counter is shared without a hazard', { 'a.c': tim2('ticks++;', 'static volatile unsigned ticks;\nunsigned now(void) { return ticks; }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('main modifying what the handler writes is named, with the doubt', { 'a.c': tim2('ticks++;', 'static volatile unsigned ticks;\nvoid bump(void) { ticks += 2; }') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(hazardIds(isr), ['non-atomic-modify']);
  assert.equal(isr.hazards[0]?.certainty, 'likely');
});
check('interrupts are off between the calls only', { 'a.c': tim2('ticks++;', 'static volatile unsigned ticks;\nvoid bump(void) {\n  __disable_irq();\n  ticks += 2;\n  __enable_irq();\n  ticks += 4;\n}') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(isr.hazards.map(({ id, line }) => [id, line]), [['non-atomic-modify', 7]]);
  assert.deepEqual(isr.sharedVariables[0]?.elsewhere.map(({ line, isGuarded }) => [line, isGuarded]), [[7, undefined], [5, true]]);
});
check('a function whose every call stands where interrupts are off is guarded as called', { 'a.c': tim2('ticks++;', 'static volatile unsigned ticks;\nstatic void locked(void) { ticks += 2; }\nvoid outer(void) { __disable_irq(); locked(); __enable_irq(); }') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([...hazardIds(isr), ...isr.sharedVariables[0]?.elsewhere.map(({ isGuarded, isAsCalled }) => [isGuarded, isAsCalled]) ?? []], [[true, true]]);
  assert.match(dossierMarkdown(isr), /guarded as called/);
});
check('one call outside is enough that it is not', { 'a.c': tim2('ticks++;', 'static volatile unsigned ticks;\nvoid locked(void) { ticks += 2; }\nvoid outer(void) { __disable_irq(); locked(); __enable_irq(); }'), 'b.c': 'void loop(void) { locked(); }\n' }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['non-atomic-modify']); });
check('so is one whose caller is always called so', { 'a.c': tim2('ticks++;', 'static volatile unsigned ticks;\nstatic void locked(void) { ticks += 2; }\nstatic void middle(void) { locked(); }\nvoid outer(void) { __disable_irq(); middle(); __enable_irq(); }') }, isrs => { assert.deepEqual(only(isrs).sharedVariables[0]?.elsewhere.map(({ isGuarded, isAsCalled }) => [isGuarded, isAsCalled]), [[true, true]]); });
check('what is put into a variable may be called from anywhere', { 'a.c': tim2('ticks++;', 'static volatile unsigned ticks;\nstatic void locked(void) { ticks += 2; }\nstatic void (*hook)(void);\nvoid set(void) { hook = locked; }\nvoid outer(void) { __disable_irq(); locked(); __enable_irq(); }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['non-atomic-modify']); });
check('its own interrupt switched off keeps a handler away, another does not', { 'a.c': tim2('ticks++; beats++;', 'static volatile unsigned ticks, beats;\nvoid own(void) { NVIC_DisableIRQ(TIM2_IRQn); ticks += 2; NVIC_EnableIRQ(TIM2_IRQn); }\nvoid another(void) { NVIC_DisableIRQ(USART1_IRQn); beats += 2; NVIC_EnableIRQ(USART1_IRQn); }') }, isrs => { assert.deepEqual(only(isrs).hazards.map(({ id, message }) => [id, message.split(' ', 1)[0]]), [['non-atomic-modify', 'another']]); });
check('a register changed behind a section can lose, one within cannot', { 'a.c': tim2('TIM2->CR1 |= TIM_CR1_CEN;', 'void within(void) { cli(); TIM2->CR1 &= ~TIM_CR1_CEN; sei(); }\nvoid behind(void) { cli(); sei(); TIM2->CR1 &= ~TIM_CR1_CEN; }') }, isrs => { assert.deepEqual(only(isrs).hazards.map(({ id, message }) => [id, /in (\w+):/.exec(message)?.[1]]), [['register-race', 'behind']]); });
check('nor can one that is changed in a function called within', { 'a.c': tim2('TIM2->CR1 |= TIM_CR1_CEN;', 'static void halt(void) { TIM2->CR1 &= ~TIM_CR1_CEN; }\nvoid within(void) { cli(); halt(); sei(); }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('a header\'s inline function sets nothing until it is called', { 'a.c': tim2(''), 'core.h': '__STATIC_INLINE void tick_config(void) { NVIC_SetPriority(TIM2_IRQn, 15); }\n' }, isrs => { assert.equal(only(isrs).priority, undefined); });
check('and does when it is', { 'a.c': tim2('', 'int main(void) { tick_config(); }'), 'core.h': '__STATIC_INLINE void tick_config(void) { NVIC_SetPriority(TIM2_IRQn, 15); }\n' }, isrs => { assert.equal(only(isrs).priority?.value, '15'); });
check('ST\'s older library disables by the same struct', { 'a.c': tim2(''), 'm.c': 'void set(void) {\n  NVIC_InitTypeDef n;\n  n.NVIC_IRQChannel = TIM2_IRQn;\n  n.NVIC_IRQChannelCmd = DISABLE;\n  NVIC_Init(&n);\n}\n' }, isrs => { assert.equal(only(isrs).enabled, undefined); });
check('a register of flags that 1 clears can lose nothing', { 'a.c': '#include "chip.h"\nvoid EXTI0_IRQHandler(void) { EXTI->PR = EXTI_PR_PR0; }\nvoid loop(void) { EXTI->PR |= EXTI_PR_PR1; }\n' }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('a 64-bit counter is read in two steps', { 'a.c': tim2('now++;', 'static volatile uint64_t now;\nuint64_t get(void) { return now; }') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.sharedVariables[0]?.bits, ...hazardIds(isr)], [64, 'torn-access']);
});
check('the width is found through typedefs', { 'a.c': tim2('now++;', 'typedef unsigned long long micros_t;\nstatic volatile micros_t now;\nmicros_t get(void) { return now; }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['torn-access']); });
check('a 64-bit counter read with interrupts off is whole', { 'a.c': tim2('now++;', 'static volatile uint64_t now;\nuint64_t get(void) { __disable_irq(); uint64_t copy = now; __enable_irq(); return copy; }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('atomic built-ins and types need neither volatile nor a lock', { 'a.c': tim2('__atomic_fetch_add(&count, 1, __ATOMIC_RELAXED); flag = 1;', 'static unsigned count;\nstatic _Atomic int flag;\nunsigned get(void) { flag = 0; return __atomic_load_n(&count, __ATOMIC_ACQUIRE); }') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(isr.sharedVariables.map(({ name, isAtomic, inIsr }) => [name, isAtomic, inIsr[0]?.kind]), [['count', true, 'modify'], ['flag', true, 'write']]);
  assert.deepEqual(hazardIds(isr), []);
});
check('std::atomic is atomic', { 'a.cpp': 'static std::atomic<uint32_t> ticks;\nextern "C" void TIM2_IRQHandler() { ticks++; }\nuint32_t now() { return ticks; }\n' }, isrs => { assert.deepEqual([only(isrs).sharedVariables[0]?.isAtomic, ...hazardIds(only(isrs))], [true]); });
check('a ring buffer with one writer on each side is recognised', { 'a.c': tim2('buffer[head] = 1; head = (head + 1) % 16; if (head == tail) { }', 'static volatile unsigned char buffer[16];\nstatic volatile unsigned head, tail;\nint get(void) { if (head == tail) { return -1; } int c = buffer[tail]; tail = (tail + 1) % 16; return c; }') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(isr.sharedVariables.map(({ name, pattern }) => [name, pattern]), [['buffer', 'ring-buffer'], ['head', 'ring-buffer'], ['tail', 'ring-buffer']]);
  assert.deepEqual(hazardIds(isr), []);
});
check('a ring buffer in a struct is recognised', { 'a.c': tim2('rx.data[rx.head++] = 1; if (rx.head == rx.tail) { }', 'struct ring { volatile unsigned head, tail; unsigned char data[16]; };\nstatic struct ring rx;\nint get(void) { if (rx.head == rx.tail) { return -1; } return rx.data[rx.tail++]; }') }, isrs => { assert.equal(only(isrs).sharedVariables[0]?.pattern, 'ring-buffer'); });
check('a count that both sides change is no such ring buffer', { 'a.c': tim2('data[in] = 1; in++; count++;', 'static volatile unsigned char data[16];\nstatic volatile unsigned in, count;\nint get(void) { if (count == 0) { return -1; } count--; return data[in - count]; }') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(isr.sharedVariables.map(({ name, pattern }) => [name, pattern]), [['data', undefined], ['in', undefined], ['count', undefined]]);
  assert.deepEqual(hazardIds(isr), ['non-atomic-modify']);
});
check('a weak callback gives way to the user\'s', { 'a.c': tim2('HAL_TIM_IRQHandler(&htim2);', ''), 'hal.c': 'void HAL_TIM_IRQHandler(TIM_HandleTypeDef *htim) { HAL_TIM_PeriodElapsedCallback(htim); }\n__weak void HAL_TIM_PeriodElapsedCallback(TIM_HandleTypeDef *htim) { }\n', 'user.c': 'void HAL_TIM_PeriodElapsedCallback(TIM_HandleTypeDef *htim) { beat(); }\n' }, isrs => {
  assert.deepEqual(only(isrs).callees.map(({ name, depth, definition }) => [name, depth, definition?.file]), [['HAL_TIM_IRQHandler', 1, 'hal.c'], ['HAL_TIM_PeriodElapsedCallback', 2, 'user.c'], ['beat', 3, undefined]]);
});
check('a call through a member goes to what is put there', { 'a.c': tim2('port->done(port);', ''), 'b.c': 'void on_done(struct port *p) { beat(); }\nvoid start(struct port *p) { p->done = on_done; }\n' }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(isr.callees.map(({ name, through }) => [name, through]), [['on_done', 'port->done'], ['beat', undefined]]);
  assert.ok(isr.problems.some(({ message }) => message.includes('taken to be on_done')));
});
check('a member that many functions are put into is not followed', { 'a.c': tim2('dev->read(dev);', ''), 'b.c': Array.from({ length: 9 }, (_, n) => `static int read${n}(void) { return ${n}; }\nstruct ops ops${n} = { .read = read${n} };\n`).join('') }, isrs => { assert.deepEqual(only(isrs).callees.map(({ name, definition }) => [name, definition]), [['dev->read', undefined]]); });
const unknownCalls = (isr: IsrDossier): string[] => isr.problems.flatMap(({ message }) => (/not in these facts/.test(message) ? [message.replace(/: .*/, '')] : []));
check('a call that nothing defines makes the facts partial', { 'a.c': tim2('vendor_step(); memcpy(a, b, 4); __DSB();') }, isrs => { assert.deepEqual(unknownCalls(only(isrs)), ['TIM2_IRQHandler calls vendor_step(), not defined in the indexed sources']); });
check('a macro that calls a function is followed to it', { 'a.c': tim2('STEP(3); beep();', '#define STEP(n) do { step_by((n)); } while (0)\n#define beep buzzer_beep'), 'b.c': 'void step_by(int n) { TIM2->SR = ~TIM_SR_UIF; }\nvoid buzzer_beep(void) { }\n' }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([...isr.flagsCleared.map(({ flag }) => flag), ...unknownCalls(isr)], ['UIF']);
  assert.deepEqual(isr.callees.map(({ name, macro, definition }) => [name, macro?.file, definition?.file]), [['STEP', 'a.c', undefined], ['step_by', undefined, 'b.c'], ['beep', 'a.c', undefined], ['buzzer_beep', undefined, 'b.c']]);
});
check('a macro that writes by itself is defined, and not followed', { 'a.c': tim2('ACK();', '#define ACK() (chip->flags = 0)') }, isrs => { assert.deepEqual(unknownCalls(only(isrs)), ['TIM2_IRQHandler uses ACK()']); });
check('a method is followed by the class of its object', { 'a.cpp': 'class Uart { public: void irq(); void tick() { beat(); } int n; };\nstatic Uart uart2;\nvoid Uart::irq() { n++; }\nvoid beat() { }\nextern "C" void TIM2_IRQHandler() { uart2.irq(); uart2.tick(); }\n' }, isrs => {
  assert.deepEqual(only(isrs).callees.map(({ name, definition }) => [name, definition?.line]), [['uart2.irq', 3], ['uart2.tick', 1], ['beat', 4]]);
});
check('a call through a pointer that nothing is put into leads nowhere known', { 'a.c': tim2('port->done(port);') }, isrs => { assert.deepEqual(unknownCalls(only(isrs)), ['TIM2_IRQHandler calls port->done() through a pointer']); });
check('a variable that holds a function is called through, and none that lacks a definition', { 'a.c': tim2('on_tick(); step();', 'static void (*on_tick)(void);\nvoid set(void (*f)(void)) { on_tick = f; }'), 'b.c': 'void (*step)(void);\n' }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(unknownCalls(isr), ['TIM2_IRQHandler calls on_tick(), step() through a pointer']);
  assert.match(dossierMarkdown(isr), /`on_tick\(\)`, called through a pointer/);
});
check('recursion is named, with the depth of calls', { 'a.c': tim2('walk(3);', 'void step(int n) { walk(n - 1); }\nvoid walk(int n) { if (n) { step(n); } }') }, isrs => { assert.deepEqual([only(isrs).recursive, only(isrs).callDepth], [['walk', 'step'], 2]); });
check('a handler that is still being typed has facts that say so', { 'a.c': '#include "chip.h"\nvoid TIM2_IRQHandler(void)\n{\n  TIM2->SR = ~TIM_SR_UIF;\n  if (x' }, isrs => {
  const isr = only(isrs);
  assert.deepEqual(isr.flagsCleared.map(({ flag }) => flag), ['UIF']);
  assert.match(isr.problems[0]?.message ?? '', /no closing brace/);
});
check('who interrupts whom follows from evaluated priorities', { 'a.c': `${tim2('')}void EXTI0_IRQHandler(void) { }\n`, 'v.c': vectors, 'm.c': '#define URGENT 2\nint main(void) {\n  NVIC_SetPriority(EXTI0_IRQn, URGENT);\n  NVIC_SetPriority(TIM2_IRQn, URGENT + 3);\n  NVIC_EnableIRQ(TIM2_IRQn);\n}\n' }, isrs => {
  const isr = isrs.find(({ name }) => name === 'TIM2_IRQHandler');
  assert.deepEqual([isr?.priority?.level, isr?.preemption?.under, isr?.preemption?.over, isr?.enabled?.line], [5, ['EXTI0_IRQHandler'], [], 5]);
});
check('GigaDevice\'s call enables; ECLIC\'s priorities rise, so that no order is said', { 'a.c': tim2(''), 'm.c': 'void eclic_irq_enable(uint32_t source, uint8_t lvl, uint8_t priority) { }\nint main(void) {\n  eclic_irq_enable(TIM2_IRQn, 1, 3);\n}\n' }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.enabled?.line, isr.priority?.value, isr.priority?.level, isr.preemption], [3, '3', undefined, undefined]);
});
check('Espressif\'s allocator enables what it is given', { 'a.c': 'static void on_rx(void *arg) { }\nvoid set(void) {\n  esp_intr_alloc(ETS_UART0_INTR_SOURCE, 0, on_rx, NULL, &handle);\n}\n' }, isrs => { assert.equal(only(isrs).enabled?.line, 3); });
check('ST\'s older library gives priority and enable by a struct', { 'a.c': tim2(''), 'm.c': '#define BOARD_IRQ TIM2_IRQn\n#define LOW 11\nvoid set(void) {\n  NVIC_InitTypeDef n;\n  n.NVIC_IRQChannel = BOARD_IRQ;\n  n.NVIC_IRQChannelPreemptionPriority = LOW;\n  NVIC_Init(&n);\n}\n' }, isrs => { assert.deepEqual([only(isrs).priority?.value, only(isrs).priority?.level, only(isrs).enabled?.line], ['LOW', 11, 5]); });
check('FreeRTOS called above its ceiling is named', { 'a.c': tim2('xQueueSendFromISR(q, p, &w);'), 'c.h': '#define configMAX_SYSCALL_INTERRUPT_PRIORITY (5 << 4)\n#define configPRIO_BITS 4\n', 'm.c': 'void set(void) { NVIC_SetPriority(TIM2_IRQn, 3); }\n' }, isrs => { assert.match(only(isrs).hazards.find(({ id }) => id === 'priority-above-ceiling')?.message ?? '', /at priority 3 .*configMAX_SYSCALL_INTERRUPT_PRIORITY \(5\)/); });
check('FreeRTOS called below its ceiling is right', { 'a.c': tim2('xQueueSendFromISR(q, p, &w);'), 'c.h': '#define configLIBRARY_MAX_SYSCALL_INTERRUPT_PRIORITY 5\n', 'm.c': 'void set(void) { NVIC_SetPriority(TIM2_IRQn, 6); }\n' }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('floating point and loops over data are told', { 'a.c': tim2('float x = 1.5f;\nwhile (list) { list = list->next; }\nfor (int i = 0; i < 4; i++) { }') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.floatingPoint?.function, isr.openLoops?.map(({ condition }) => condition)], ['TIM2_IRQHandler', ['list']]);
});

test('an interrupt that is enabled without a handler is a finding of the project', async () => {
  const { findings } = await isrDossiers(await sourceOf({ 'chip.h': macros, 'a.c': tim2(''), 'v.c': vectors, 'm.c': 'int main(void) { NVIC_EnableIRQ(TIM2_IRQn); NVIC_EnableIRQ(EXTI0_IRQn); }\n' }), device);
  assert.deepEqual(findings?.map(({ id, file, message }) => [id, file, /no EXTI0_IRQHandler is defined/.test(message)]), [['interrupt-without-handler', 'm.c', true]]);
});

test('a callback\'s name gives the handlers that run it, and says so', async () => {
  const { isrs, problems } = await isrDossiers(await sourceOf({ 'chip.h': macros, 'a.c': tim2('HAL_TIM_IRQHandler(&htim2);'), 'hal.c': 'void HAL_TIM_IRQHandler(TIM_HandleTypeDef *htim) { HAL_TIM_PeriodElapsedCallback(htim); }\n', 'user.c': 'void HAL_TIM_PeriodElapsedCallback(TIM_HandleTypeDef *htim) { }\n' }), device, { name: 'HAL_TIM_PeriodElapsedCallback' });
  assert.deepEqual(isrs.map(({ name }) => name), ['TIM2_IRQHandler']);
  assert.match(problems[0]?.message ?? '', /no interrupt handler itself; it runs in TIM2_IRQHandler/);
});

test('a generated file of 50,000 lines gives the first facts of its handler, and says so', async () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `  TIM2->CR1 = ${index}U;`).join('\n');
  const { isrs } = await isrDossiers(await sourceOf({ 'chip.h': macros, 'a.c': `#include "chip.h"\nvoid TIM2_IRQHandler(void)\n{\n${lines}\n}\n` }), device);
  const isr = only(isrs);
  assert.equal(isr.registersWritten.length, 3000);
  assert.match(isr.problems[0]?.message ?? '', /more than 3000 places: only the first/);
  assert.ok(dossierPromptText(isr).length <= 3200);
});

check('a constant and a static of another file are not shared', { 'a.c': tim2('use(size); ticks++;', 'static const unsigned size = 4;\nstatic volatile unsigned ticks;\nunsigned other(void) { return size; }'), 'b.c': 'static unsigned ticks;\nunsigned later(void) { return ++ticks; }\n' }, isrs => { assert.deepEqual(only(isrs).sharedVariables, []); });
check('a delay, a printf and a task call in a handler are named', { 'a.c': tim2('HAL_Delay(1); printf("x"); xQueueSend(q, p, 0); xQueueSendFromISR(q, p, 0);') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['blocking-call', 'blocking-call', 'blocking-call']); });
check('a loop that only waits is named', { 'a.c': tim2('while (!(TIM2->SR & TIM_SR_CC1IF)) { }\nTIM2->SR = ~TIM_SR_CC1IF;') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['busy-wait']); });
check('a handler that no table names is said to be lost', { 'a.c': 'void TIM22_IRQHandler(void) { }\n', 'v.c': vectors }, isrs => {
  const [hazard] = only(isrs).hazards;
  assert.deepEqual([hazard?.id, hazard?.certainty], ['handler-not-in-vector-table', 'likely']);
});
check('another number is another interrupt, no misspelling', { 'a.c': 'void TIM3_IRQHandler(void) { }\n', 'v.c': vectors }, isrs => {
  const [hazard] = only(isrs).hazards;
  assert.equal(hazard?.certainty, 'likely');
  assert.doesNotMatch(hazard.message, /meant/);
});
check('a letter left out is a misspelling', { 'a.c': 'void TM2_IRQHandler(void) { }\n', 'v.c': vectors }, isrs => {
  const [hazard] = only(isrs).hazards;
  assert.equal(hazard?.certainty, 'certain');
  assert.match(hazard.message, /Is TIM2_IRQHandler meant\?/);
});
check('a fault handler is known by its name where no table gives its number', { 'a.c': 'void HardFault_Handler(void) { printf("dead"); for (;;) { } }\nvoid NMI_Handler(void) { while (1) { } }\nvoid SysTick_Handler(void) { while (1) { } }\n' }, isrs => {
  assert.deepEqual(isrs.map(isr => [isr.name, ...hazardIds(isr)]), [['HardFault_Handler'], ['NMI_Handler'], ['SysTick_Handler', 'endless-loop']]);
});
check('without any table nothing is said about it', { 'a.c': 'void TIM22_IRQHandler(void) { }\n' }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('the priority is where it is set by the interrupt\'s name', { 'a.c': tim2(''), 'm.c': 'int main(void) { NVIC_SetPriority(EXTI0_IRQn, 1); NVIC_SetPriority(TIM2_IRQn, 5); }\n' }, isrs => { assert.deepEqual(only(isrs).priority, { value: '5', level: 5, file: 'm.c', line: 1 }); });
check('a fault handler that stops for ever does what it should', { 'a.c': 'void HardFault_Handler(void) { for (;;) { } }\n', 'v.c': vectors.replace('Default_Handler, Default_Handler', 'Default_Handler, HardFault_Handler') }, isrs => {
  const isr = only(isrs);
  assert.equal(isr.irq, -13);
  assert.deepEqual(hazardIds(isr), []);
});
check('a designator is evaluated with the headers\' numbers', { 'a.c': tim2(''), 'irq.h': 'typedef enum { EXTI0_IRQn = 6, TIM2_IRQn = 28 } IRQn_Type;\n', 'v.c': vectors.replace('16 + 28', 'TIM2_IRQn + 16') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.irq, isr.vector], [28, 44]);
});
check('a designator that nothing explains gives no number of its own', { 'a.c': tim2(''), 'v.c': vectors.replace('16 + 28', 'UNKNOWN + 16') }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.irq, isr.vector, isr.vectorPlace?.file], [28, undefined, 'v.c']);
});
check('a misspelt handler is held against the names left without one', { 'a.c': 'void EXTIO_IRQHandler(void) { }\n', 'v.c': vectors }, isrs => { assert.match(only(isrs).hazards[0]?.message ?? '', /Is EXTI0_IRQHandler meant\?/); });
check('a priority set through a function of the project', { 'a.c': tim2(''), 'm.c': 'static void irq_on(int irq, int priority) { }\nint main(void) { irq_on(TIM2_IRQn, 3); }\n' }, isrs => { assert.equal(only(isrs).priority?.value, '3'); });
check('a call that takes the interrupt but no priority says nothing of it', { 'a.c': tim2(''), 'm.c': 'static void irq_on(int irq, int flags) { }\nint main(void) { irq_on(TIM2_IRQn, 3); NVIC_EnableIRQ(TIM2_IRQn); }\n' }, isrs => { assert.equal(only(isrs).priority, undefined); });
check('where interrupts are off, modifying is safe', { 'a.c': tim2('ticks++;', 'static volatile unsigned ticks;\nvoid bump(void) { __disable_irq(); ticks += 2; __enable_irq(); }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('a register that other code modifies can lose what the handler wrote', { 'a.c': tim2('TIM2->CR1 &= ~1U;', 'void start(void) { TIM2->CR1 |= 1U; }\nvoid timer_init(void) { TIM2->CR1 |= 1U; }\nvoid safe(void) { cli(); TIM2->CR1 |= 1U; sei(); }') }, isrs => {
  const [hazard] = only(isrs).hazards;
  assert.equal(hazard?.id, 'register-race');
  assert.match(hazard.message, /written back in start:/);
});
check('a register that other code only writes whole, or only through another handler, is safe', { 'a.c': `${tim2('TIM2->CR1 &= ~1U;', 'void start(void) { TIM2->CR1 = 1U; }\nstatic void stop(void) { TIM2->CR1 &= ~1U; }')}void EXTI0_IRQHandler(void) { stop(); }\n` }, isrs => {
  assert.deepEqual(isrs.map(isr => [isr.name, ...hazardIds(isr)]), [['TIM2_IRQHandler'], ['EXTI0_IRQHandler']]);
});
check('a loop without a way out is named, one with is not', { 'a.c': tim2('while (1) { step(); }\nfor (;;) { if (done()) break; }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), ['endless-loop']); });
check('a counting loop is a delay, not an endless wait', { 'a.c': tim2('for (volatile int i = 0; i < COUNT; i++) { }') }, isrs => { assert.deepEqual(only(isrs).hazards.map(({ id, message }) => [id, /delay/.test(message)]), [['blocking-call', true]]); });
check('a handler that a macro renames is the one of the table', { 'a.c': '#define TIMER_IRQHandler TIM2_IRQHandler\nvoid TIMER_IRQHandler(void) { }\n', 'v.c': vectors }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.name, isr.irq, ...hazardIds(isr)], ['TIMER_IRQHandler', 28]);
});
check('a handler that pasted macros rename is the one of the table', { 'a.c': '#define handler(t) TIM ## t ## _IRQHandler\n#define HANDLER(t) handler(t)\n#define STEP_N 2\n#define STEP_IRQHandler HANDLER(STEP_N)\nvoid STEP_IRQHandler(void) { }\n', 'v.c': vectors }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.name, isr.irq, ...hazardIds(isr)], ['STEP_IRQHandler', 28]);
});
check('a renamed handler is set up under either name', { 'a.c': '#define STEP_IRQHandler TIM2_IRQHandler\nvoid STEP_IRQHandler(void) { }\nvoid set(void) { NVIC_SetPriority(STEP_IRQn, 3); }\n' }, isrs => { assert.equal(only(isrs).priority?.value, '3'); });
check('where the build chooses what a handler is renamed to, the dossier says so', { 'a.c': '#if PORT == 1\n#define RX_IRQHandler TIM2_IRQHandler\n#else\n#define RX_IRQHandler EXTI0_IRQHandler\n#endif\nvoid RX_IRQHandler(void) { }\n', 'v.c': vectors }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.irq, ...hazardIds(isr)], [undefined]);
  assert.match(isr.problems[0]?.message ?? '', /macro for TIM2_IRQHandler, EXTI0_IRQHandler|macro for TIM2_IRQHandler and EXTI0_IRQHandler/);
});
check('a renaming macro that cannot be resolved is said', { 'a.c': '#define RX_IRQHandler BOARD_HANDLER(3)\nvoid RX_IRQHandler(void) { }\n', 'v.c': vectors }, isrs => {
  const isr = only(isrs);
  assert.deepEqual([isr.irq, ...hazardIds(isr)], [undefined]);
  assert.match(isr.problems[0]?.message ?? '', /cannot be resolved/);
});
check('what takes a parameter, or is called by others, is no handler for its name alone', { 'a.c': 'int rx_isr(int byte) { return byte; }\nvoid tick_isr(void) { }\nvoid put_from_isr(void) { }\nvoid loop(void) { tick_isr(); }\nvoid lone_isr(void) { }\n' }, isrs => { assert.deepEqual(isrs.map(({ name }) => name), ['lone_isr']); });
check('a library function that is handed the peripheral may clear its flag', { 'a.c': tim2('if (TIM2->SR & TIM_SR_UIF) { timer_clear(TIM2); }') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('a flag may be cleared through a pointer, with a value that only the program knows', { 'a.c': tim2('if (timer->SR & TIM_SR_UIF) { timer->SR = flags; }', 'extern TIM_TypeDef *timer;\nextern unsigned flags;') }, isrs => { assert.deepEqual(hazardIds(only(isrs)), []); });
check('an enable bit that is tested is no flag', { 'a.c': tim2('if (TIM2->CR1 & TIM_CR1_CEN) { }') }, isrs => { assert.deepEqual(only(isrs).flagsTested, []); });
check('an empty project has no handlers', {}, isrs => { assert.deepEqual(isrs, []); });
check('half-typed code gives what can be read', { 'a.c': 'void TIM2_IRQHandler(void)\n{\n  TIM2->SR = ~TIM_SR_UIF;\n  if (TIM2->\n}\nint later(void) { return 1; }\n' }, isrs => { assert.deepEqual(only(isrs).registersWritten.map(({ path, line }) => [path, line]), [['TIM2.SR', 3]]); });

test('registers that a handler reads by their bare names are read by it, those that another function of its file reads are not', async () => {
  const avr = parseSvd(fixtureText('accessStyles/atmega328p', 'chip.svd'), 'chip.svd').device;
  const source = await sourceOf({ 'a.c': '#include <avr/io.h>\nuint8_t other(void) { return UCSR0B; }\nISR(USART_RX_vect)\n{\n  uint8_t state = UCSR0A;\n  keep(state + LIMIT);\n}\n' });
  assert.deepEqual(only((await isrDossiers(source, avr)).isrs).registersRead.map(({ path, line, expression }) => [path, line, expression]), [['USART0.UCSR0A', 5, 'UCSR0A']]);
});

test('a dossier fits 900 tokens of a prompt, whatever the handler calls', async () => {
  const calls = Array.from({ length: 300 }, (_, index) => `a_function_with_a_rather_long_name_${index}();`).join(' ');
  const [isr] = (await isrDossiers(await sourceOf({ 'a.c': tim2(`${calls} TIM2->SR = ~TIM_SR_UIF;`) }), device)).isrs;
  assert.ok(isr !== undefined);
  assert.ok(dossierPromptText(isr).length <= 3200);
  assert.match(dossierMarkdown(isr), /^`TIM2_IRQHandler` at a\.c:3/);
});
