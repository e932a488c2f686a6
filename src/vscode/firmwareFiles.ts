import type * as vscode from 'vscode';

/** Documents that may name registers: C, C++, assembly by language or by file name, linker scripts not. */
export const firmwareFiles: readonly vscode.DocumentFilter[] = [
  { language: 'c', scheme: 'file' },
  { language: 'cpp', scheme: 'file' },
  { pattern: '**/*.{c,h,cc,cpp,cxx,hpp,hh,ino,s,S,asm}', scheme: 'file' },
];

/** Documents with a card for what is under the cursor: devicetree sources name blocks and their addresses too. */
export const hoverFiles: vscode.DocumentSelector = [
  ...firmwareFiles,
  { pattern: '**/*.{dts,dtsi,overlay}', scheme: 'file' },
];

/** Documents that may define interrupt handlers. */
export const handlerFiles: vscode.DocumentSelector = [
  { language: 'c', scheme: 'file' },
  { language: 'cpp', scheme: 'file' },
];
