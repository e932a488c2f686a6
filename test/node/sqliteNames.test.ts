// Names that are written nearly as another, files by the end of their path, and passages by ideas.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Catalog, FileUpdate, TextStore } from '../../src/core/index.ts';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { createSqliteTextStore } from '../../src/node/sqliteTextStore.ts';
import { fileUpdate, openIndex } from './storeFixtures.ts';

interface Stores {
  readonly catalog: Catalog;
  readonly text: TextStore;
}

const uart = fileUpdate('src/uart.c', ['uart_send writes the next byte', 'uart_receive takes a byte', 'HAL_UART_Init sets the baud rate']);
const timer = fileUpdate('lib/my_timer.c', ['timer_init starts the tick', 'timer_wait waits']);

/** Commits the files, asks, and compares. */
function check(name: string, ask: (stores: Stores) => Promise<unknown>, expected: unknown, updates: readonly FileUpdate[] = [uart, timer]): void {
  test(name, async context => { assert.deepEqual(await ask(await filled(context, updates)), expected); });
}

async function filled(context: TestContext, updates: readonly FileUpdate[]): Promise<Stores> {
  const index = await openIndex(context);
  const catalog = createSqliteCatalog(index);
  for (const update of updates) await catalog.commit(update);
  return { catalog, text: createSqliteTextStore(index) };
}

const near = (name: string, most = 2) => async ({ catalog }: Stores) => (await catalog.nearNames?.(name, most))?.map(({ name: other, distance }) => `${other} ${distance}`);
const files = (path: string) => async ({ catalog }: Stores) => catalog.filesNamed?.(path, 5);
const symbols = async ({ catalog, text }: Stores, ...ideas: string[][]) => (await catalog.chunks((await text.searchIdeas?.(ideas, 5) ?? []).map(({ id }) => id))).map(({ symbol }) => symbol);

check('a name with two letters swapped', near('uart_sned'), ['uart_send 1']);
check('a name with a letter left out', near('uart_recive'), ['uart_receive 1']);
check('a name in another case has no letter wrong', near('hal_uart_init'), ['HAL_UART_Init 0']);
check('the name itself is not near itself', near('uart_send', 1), []);
check('three wrong letters are another name', near('xxxt_send'), []);
check('no name is near an empty one', near(''), []);
check('a file by the end of its path', files('uart.c'), ['src/uart.c']);
check('a file by its whole path', files('src/uart.c'), ['src/uart.c']);
check('not a file whose name only ends so', files('timer.c'), []);
check('wildcards are letters', files('%.c'), []);
check('an idea counts once, however many of its words are there', async stores => (await symbols(stores, ['byte', 'next', 'writes'], ['takes']))[0], 'uart_receive');
check('a name that is all about it comes first', async stores => (await symbols(stores, ['timer'], ['initialize', 'init']))[0], 'timer_init');
check('a word of several parts is held with them side by side', async stores => symbols(stores, ['uart init']), ['HAL_UART_Init']);
check('quotes and operators in a word are letters', async stores => symbols(stores, ['"'], ['byte" OR "tick'], ['NEAR(']), []);
check('no ideas find nothing', async stores => symbols(stores), []);
check('an empty idea finds nothing', async stores => symbols(stores, [], ['']), []);

test('a name is near however many are read before it', async context => {
  const { catalog } = await filled(context, [fileUpdate('many.c', Array.from({ length: 20_500 }, (_, number) => `q${number} x`)), fileUpdate('z.c', ['clock_wait waits'])]);
  assert.deepEqual(await near('clock_wiat')({ catalog } as Stores), ['clock_wait 1']);
});

test('a block that vendors write together with a bit finds both, and no longer or other word with its beginning', async context => {
  const stores = await filled(context, [fileUpdate('p.c', ['start sets PLLON', 'tune sets pllconfiguration', 'count sets ledge'])]);
  assert.deepEqual([await symbols(stores, ['pll']), await symbols(stores, ['led'])], [['start'], []]);
});

test('names of a file that comes later are near, too, and those of a new index in place of the old ones', async context => {
  const { catalog } = await filled(context, [uart]);
  assert.deepEqual(await near('timer_wiat')({ catalog } as Stores), []);
  await catalog.commit(timer);
  assert.deepEqual(await near('timer_wiat')({ catalog } as Stores), ['timer_wait 1']);
  await catalog.clear();
  assert.deepEqual(await near('timer_wiat')({ catalog } as Stores), []);
  await catalog.commit(fileUpdate('z.c', ['clock_wait waits', 'timer_walt waits', 'alpha_one x', 'alpha_two y', 'alpha_three z', 'alpha_four a', 'alpha_five b']));
  assert.deepEqual(await near('timer_wiat')({ catalog } as Stores), ['timer_walt 2']);
});
