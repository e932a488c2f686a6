/** Entry of a parse worker thread: reads files of its parent into contents ready to be stored. */
import { parentPort, workerData } from 'node:worker_threads';
import { parseSource, prepareContent, readContent, type ReadContent } from '../core/index.ts';
import { openParser } from './openParser.ts';
import { serve } from './rpc.ts';
import { packFacts } from './sqliteCommit.ts';

if (parentPort === null) throw new Error('parseWorker.ts runs as a worker thread only');
const { grammars } = workerData as { readonly grammars: string };
const parser = await openParser(grammars);
serve(parentPort, {
  read: async (file: string, bytes: Uint8Array): Promise<ReadContent> => {
    const found = await readContent(file, bytes, (name, text) => parseSource(parser, name, text));
    return 'content' in found ? { content: prepareContent(found.content, packFacts) } : found;
  },
});
