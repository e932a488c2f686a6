// Takes minutes, so it is no part of `npm test`, which kills a dozen times: `npm run test:kill`.
import { test } from 'node:test';
import { checkKills } from '../node/killRounds.ts';

test('killed at any of fifty moments, the index opens and holds every committed file whole', async context => { await checkKills(context, 50); });
