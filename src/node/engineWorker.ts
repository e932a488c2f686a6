/** Entry of the engine's worker thread: opens the engine of `workerData` and answers the port. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EngineOptions } from './engineOptions.ts';
import { openEngine } from './openEngine.ts';
import { serve } from './rpc.ts';

if (parentPort === null) throw new Error('engineWorker.ts runs as a worker thread only');
const port = parentPort;
serve(port, openEngine(workerData as EngineOptions, message => { port.postMessage({ type: 'log', message }); }));
