// Run as a child process: brings the index of a workspace up to date as the command line does, printing a line for every step, and the report at its end.
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine } from '../../src/node/openEngine.ts';

const [workspace = '', storage = ''] = process.argv.slice(2);
const engine = openEngine({ workspace, storage, grammars: grammarsFolder() });
for await (const event of engine.index()) process.stdout.write(`${JSON.stringify(event)}\n`);
await engine.close();
