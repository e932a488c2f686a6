// Replaces a folder again and again with files that belong together, until it is killed.
//   node writeForever.ts FOLDER
import { replaceFolder } from '../../src/node/datasetFolder.ts';

const [, , folder = ''] = process.argv;
console.log('writing');
for (let round = 0; ; round += 1) await replaceFolder(folder, ['a', 'b'].map(name => ({ name, text: `${round}\n`.repeat(20_000) })));
