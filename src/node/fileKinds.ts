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
  [hardware, ['.svd', '.atdf', '.map', '.dts', '.dtsi', '.overlay', '.ioc', '.pdsc']],
  [project, ['.ld', '.lds', '.icf', '.sct', '.scat', '.cmd', '.cmake', '.mk', '.mak', '.ini', '.json', '.yaml', '.yml', '.toml', '.xml', '.conf', '.cfg', '.defconfig',
    '.uvprojx', '.uvproj', '.uvoptx', '.ewp', '.eww', '.cproject', '.project', '.mcp', '.x', '.properties', '.csolution', '.repos']],
  [prose, ['.md', '.rst', '.txt', '.adoc', '.dox']],
];
const kindOfExtension = new Map(kinds.flatMap(([kind, extensions]) => extensions.map(extension => [extension, kind] as const)));

/** Extensions of what tools make and no one reads as text: object code, images, archives, media. */
const outputs = new Set(('.o .obj .a .lib .so .dll .dylib .exe .elf .axf .out .bin .hex .ihex .srec .s19 .uf2 .dfu .img .iso .d .gcno .gcda .gch .pch .lst .dis .su .ii '
  + '.pyc .class .jar .zip .gz .tgz .bz2 .xz .zst .7z .rar .tar .pack .vsix .whl .png .jpg .jpeg .gif .bmp .ico .svg .webp .tif .tiff .psd .mp3 .mp4 .wav .ogg .avi .mov '
  + '.ttf .otf .woff .woff2 .eot .pdf .doc .docx .xls .xlsx .ppt .pptx .chm .gguf .onnx .tflite .safetensors .sqlite .db .wasm .step .stp .stl .dwg .gbr .kicad_pcb '
  + '.schdoc .pcbdoc .brd .sch .lock .min.js .js.map .css.map').split(' '));

/** What a file is by its name; the content decides later whether it is text. */
export function fileKind(file: string): FileKind {
  return kindOfExtension.get(path.posix.extname(file).toLowerCase()) ?? unknown;
}

/** Why a file is left out by its name alone; undefined when it is worth a look. */
export function outputReason(file: string): string | undefined {
  const name = path.posix.basename(file).toLowerCase();
  const extension = path.posix.extname(name);
  const double = /(\.[^.]+\.[^.]+)$/.exec(name)?.[1];
  const found = [double, extension].find(ending => ending !== undefined && outputs.has(ending));
  return found === undefined ? undefined : `not a text file (${found})`;
}

/** Generated files that describe the hardware or the build: wanted even where the rest of a folder is ignored. */
export function isHardwareMaterial(file: string): boolean {
  const name = path.posix.basename(file);
  return /\.(svd|atdf)$|(?<!\.(js|mjs|cjs|ts|css))\.map$/i.test(name) || materialNames.has(name);
}

const materialNames = new Set(['autoconf.h', 'sdkconfig.h', 'zephyr.dts', 'compile_commands.json', 'devicetree_generated.h', 'devicetree_unfixed.h']);
