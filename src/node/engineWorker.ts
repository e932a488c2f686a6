/** Entry of the engine, in a worker thread or in a process of its own: opens it with the options it is given and answers the port. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EngineOptions } from './engineOptions.ts';
import { openEngine } from './openEngine.ts';
import { serve, type Port } from './rpc.ts';

if (parentPort !== null) answerPort(parentPort, workerData as EngineOptions);
else if (process.send === undefined) throw new Error('engineWorker.ts runs as a worker thread or a forked process only');
else {
  process.on('disconnect', () => { process.exit(); });
  const port: Port = { postMessage: message => { process.send?.(message, () => undefined); }, on: (event, listener) => process.on(event, listener) };
  process.once('message', options => { answerPort(port, options as EngineOptions); });
}

function answerPort(port: Port, options: EngineOptions): void {
  serve(port, openEngine(options, message => { port.postMessage({ type: 'log', message }); }));
}
