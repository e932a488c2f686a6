import type { Draft, ExampleEntities } from './example.ts';

/** Names of things in the question, its code and the answer. */
export function findEntities({ question, context = '', answer, provenance: { chip, files } }: Draft): ExampleEntities {
  const text = `${question}\n${context}\n${answer}`;
  const said = `${question}\n${answer}`;
  const registers = distinct([...said.matchAll(registerPattern)].map(([name]) => name.replace('->', '.')));
  return {
    chip: distinct([...chip === undefined ? [] : [chip], ...[...said.matchAll(chipPattern)].map(([name]) => name)]),
    peripheral: distinct([...registers.map(name => name.replace(/[.[].*/, '')), ...[...said.matchAll(peripheralPattern)].map(([name]) => name)]),
    register: registers,
    rtos: named(rtoses, text),
    toolchain: named(toolchains, text),
    language: languageOf(files, context, answer),
  };
}

/** `USART2->CR1`, `RCC.AHB1ENR`, `GPIOA.MODER`: a peripheral in capitals and its register. */
const registerPattern = /\b[A-Z][A-Z0-9_]*[A-Z0-9](?:\[\d+\])?(?:->|\.)[A-Z][A-Z0-9_]{1,}(?:\[\d+\])?(?![\w(])/g;
const chipPattern = /\b(?:STM32[A-Z]{1,2}\d\w*|ATSAM\w+|SAM[A-Z]\d\w*|nRF\d{2}\w*|RP2040|RP2350|ESP32(?:-?[A-Z]\d)?|LPC\d\w+|GD32\w+|MSP430\w*|ATmega\w+|ATtiny\w+|MK\d\w+|XMC\d\w+|K210)\b/g;
const peripheralPattern = /\b(?:(?:LP)?US?ART\d{0,2}|SPI\d?|I2C\d?|I2S\d?|TIM\d{1,2}|ADC\d?|DAC\d?|DMA\d?|GPIO[A-K]?|CAN\d?|RTC|RCC|EXTI|NVIC|SYSCFG|IWDG|WWDG|PWR|FLASH|SDIO|QUADSPI|ETH|OTG_[HF]S|UICR|CLOCKS|PIO\d|SysTick)\b/g;

const rtoses: readonly (readonly [string, RegExp])[] = [
  ['FreeRTOS', /\bFreeRTOS\b|\b(?:xTask|vTask|xQueue|xSemaphore|xTimer|portYIELD|pdMS_TO_TICKS|taskENTER|pvPort)\w*/], ['Zephyr', /\bZephyr\b|\bk_(?:sem|mutex|thread|msgq|work|timer)_\w+|\bDT_(?:NODELABEL|INST)\b/],
  ['ThreadX', /\bThreadX\b|\btx_(?:thread|queue|mutex)_\w+/], ['ChibiOS', /\bChibiOS\b|\bch(?:Thd|Mtx|Sem)\w+/], ['RT-Thread', /\bRT-Thread\b|\brt_(?:thread|sem|mutex)_\w+/], ['mbed OS', /\bmbed[ -]?OS\b/i], ['NuttX', /\bNuttX\b/], ['RIOT', /\bRIOT(?: OS)?\b/],
];
const toolchains: readonly (readonly [string, RegExp])[] = [
  ['GCC', /\b(?:arm-none-eabi|riscv(?:32|64)?-\w+-elf|xtensa-\w+-elf|avr)-\w+|\bGCC\b|\bgcc\b|__attribute__|__GNUC__/], ['Clang', /\bclang\b|__clang__/i], ['IAR', /\bIAR\b|__ICCARM__/], ['Keil', /\bKeil\b|\bMDK\b|\b__CC_ARM\b|\barmcc\b/i],
  ['CMake', /\bCMake\b|CMakeLists/i], ['Make', /\bMakefile\b|\bmake (?:all|clean|flash|install)\b|`make\b/], ['PlatformIO', /\bPlatformIO\b|platformio\.ini/i], ['OpenOCD', /\bOpenOCD\b/i], ['GDB', /\bgdb\b/i],
];

function named(names: readonly (readonly [string, RegExp])[], text: string): string[] {
  return names.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
}

function languageOf(files: readonly string[], context: string, answer: string): string[] {
  const byFile = (file: string): string | undefined => languages.find(([, pattern]) => pattern.test(file))?.[0];
  const shown = context !== '' || answer.includes('```');
  const fences = [...answer.matchAll(/```(\w+)/g)].flatMap(([, name = '']) => fenceNames[name.toLowerCase()] ?? []);
  return distinct([...shown ? files.flatMap(file => byFile(file) ?? []) : [], ...fences]);
}

const languages: readonly (readonly [string, RegExp])[] = [['C', /\.[ch]$/], ['C++', /\.(?:cc|cpp|cxx|hpp|hh|ino)$/i], ['assembly', /\.(?:s|asm)$/i], ['Python', /\.py$/], ['Rust', /\.rs$/], ['linker script', /\.ld$/], ['CMake', /CMakeLists\.txt$|\.cmake$/], ['Make', /Makefile$|\.mk$/]];
const fenceNames: Readonly<Record<string, string>> = { c: 'C', cpp: 'C++', asm: 'assembly', python: 'Python', rust: 'Rust' };

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].slice(0, 12);
}
