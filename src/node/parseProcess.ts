/** Entry of a parse process: reads files of its parent into contents ready to be stored, and ends with it. */
import { parseSource, prepareContent, readContent, type ReadContent } from '../core/index.ts';
import { openParser } from './openParser.ts';
import { serve } from './rpc.ts';
import { packFacts } from './sqliteCommit.ts';

process.on('disconnect', () => { process.exit(); });
const [, , grammars = ''] = process.argv;
const parser = openParser(grammars);
// Told with every file that is asked for.
parser.catch(() => undefined);
serve({ postMessage: message => { process.send?.(message); }, on: (event, listener) => process.on(event, listener) }, {
  read: async (file: string, bytes: Uint8Array): Promise<ReadContent> => {
    const open = await parser;
    const found = await readContent(file, bytes, (name, text) => parseSource(open, name, text));
    return 'content' in found ? { content: prepareContent(found.content, packFacts) } : found;
  },
});
