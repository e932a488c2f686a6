import path from 'node:path';

/** How much of a kind of file is worth reading. */
export interface FileKind {
  readonly name: string;
  readonly maxBytes: number;
}

const mebibyte = 1024 * 1024;
const source: FileKind = { name: 'source', maxBytes: 16 * mebibyte };
const hardware: FileKind = { name: 'hardware description', maxBytes: 64 * mebibyte };
const project: FileKind = { name: 'project file', maxBytes: 8 * mebibyte };
const prose: FileKind = { name: 'document', maxBytes: 8 * mebibyte };
/** Anything else that turns out to be text: small, or it is data. */
const unknown: FileKind = { name: 'file of unknown kind', maxBytes: mebibyte };

const kinds: readonly (readonly [FileKind, readonly string[]])[] = [
  [source, ['.c', '.h', '.cpp', '.hpp', '.cc', '.hh', '.cxx', '.hxx', '.c++', '.h++', '.inl', '.ipp', '.tpp', '.inc', '.ino', '.s', '.asm', '.py', '.rs', '.pio']],
  [hardware, ['.svd', '.atdf', '.map', '.dts', '.dtsi', '.overlay', '.ioc', '.pdsc', '.su']],
  [project, ['.ld', '.lds', '.icf', '.sct', '.scat', '.cmd', '.cmake', '.mk', '.mak', '.ini', '.json', '.yaml', '.yml', '.toml', '.xml', '.conf', '.cfg', '.defconfig',
    '.uvprojx', '.uvproj', '.uvoptx', '.ewp', '.eww', '.cproject', '.project', '.mcp', '.x', '.properties', '.csolution', '.repos']],
  [prose, ['.md', '.rst', '.txt', '.adoc', '.dox']],
];
const kindOfExtension = new Map(kinds.flatMap(([kind, extensions]) => extensions.map(extension => [extension, kind] as const)));

/** Extensions of what is never text: object code, images, archives, media. Where a name may mean either (`.lib`, `.doc`), the content decides. */
const binaries = new Set(('.o .obj .a .so .dll .dylib .exe .elf .axf .out .bin .uf2 .dfu .img .iso .gcno .gcda .gch .pch .pyc .class .jar .zip .gz .tgz .bz2 .xz .zst .7z .rar .tar .pack .vsix .whl '
  + '.png .jpg .jpeg .gif .bmp .ico .webp .tif .tiff .psd .mp3 .mp4 .wav .ogg .avi .mov .ttf .otf .woff .woff2 .eot .pdf .docx .xls .xlsx .ppt .pptx .chm .gguf .onnx .tflite .safetensors '
  + '.sqlite .db .wasm .dwg .schdoc .pcbdoc').split(' '));

/** Extensions of text that tools write for tools. */
const toolTexts = new Set('.hex .ihex .srec .s19 .d .lst .dis .ii .svg .step .stp .stl .gbr .kicad_pcb .brd .sch .lock .min.js .min.css .js.map .css.map'.split(' '));

/** What a file is by its name; the content decides later whether it is text. */
export function fileKind(file: string): FileKind {
  return kindOfExtension.get(path.posix.extname(file).toLowerCase()) ?? unknown;
}

/** Why a file is left out by its name alone; undefined when it is worth a look. */
export function outputReason(file: string): string | undefined {
  const name = path.posix.basename(file).toLowerCase();
  const extension = path.posix.extname(name);
  const double = /(\.[^.]+\.[^.]+)$/.exec(name)?.[1];
  const endings = [double, extension].filter(ending => ending !== undefined);
  const binary = endings.find(ending => binaries.has(ending));
  if (binary !== undefined) return `not a text file (${binary})`;
  const toolText = endings.find(ending => toolTexts.has(ending));
  return toolText === undefined ? undefined : `written by a tool, not for reading (${toolText})`;
}

/** Generated files that describe the hardware or the build: wanted even where the rest of a folder is ignored. */
export function isHardwareMaterial(file: string): boolean {
  const name = path.posix.basename(file);
  return /\.(svd|atdf|su)$|(?<!\.(js|mjs|cjs|ts|css))\.map$/i.test(name) || materialNames.has(name) || isBuildConfiguration(file) || deviceHeaderName.test(name);
}

/** What Kconfig has decided: `build/zephyr/.config`. */
function isBuildConfiguration(file: string): boolean {
  return /(^|\/)build[^/]*\/(.*\/)?\.config$/i.test(file);
}

/** A vendor's CMSIS device header: `stm32f103xb.h`, `nrf52840.h`, `system_stm32f1xx.h`; no driver's, as `stm32f1xx_hal_uart.h`. */
const deviceHeaderName = /^(system_)?(stm32[a-z]{1,2}\d[a-z\d]*x[a-z\d]*|nrf(51|52|53|54|91)\d*(_bitfields|_peripherals)?|sam[a-z]\d[a-z\d]+|lpc\d{2,4}[a-z\d]*|mk[a-z]*\d[a-z\d]+|rp2\d{3}|gd32[a-z]\d[a-z\d]+|ef[mr]32[a-z\d]+)\.h$/i;

const materialNames = new Set(['autoconf.h', 'sdkconfig.h', 'zephyr.dts', 'compile_commands.json', 'devicetree_generated.h', 'devicetree_unfixed.h']);
