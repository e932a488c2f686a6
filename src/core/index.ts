/** The core's front door: the only file that surfaces and `node/` may import, and the only one that re-exports. */
export type * from './answer/answer.ts';
export type * from './chunk/chunk.ts';
export type * from './device/device.ts';
export type * from './engine.ts';
export type * from './graph/factSource.ts';
export type * from './host.ts';
export type * from './isr/dossier.ts';
export type * from './model/embedder.ts';
export type * from './model/languageModel.ts';
export type * from './parse/facts.ts';
export type * from './prompt/prompt.ts';
export type * from './retrieve/hit.ts';
export type * from './text/problem.ts';
