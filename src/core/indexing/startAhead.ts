/** How much may be under way beyond the item that is waited for. */
export interface AheadLimits<Item> {
  readonly items: number;
  readonly costOf: (item: Item) => number;
  readonly cost: number;
}

/** Does the work on each item, several at a time, and gives the results in the items' order. The work must not reject. */
export async function* startAhead<Item, Result>(items: readonly Item[], limits: AheadLimits<Item>, work: (item: Item) => Promise<Result>): AsyncGenerator<{ readonly item: Item; readonly result: Result }, void> {
  const underWay: { readonly item: Item; readonly result: Promise<Result> }[] = [];
  let cost = 0;
  let next = 0;
  for (;;) {
    for (let item = items[next]; item !== undefined && hasRoom(underWay.length, cost, item, limits); item = items[next]) {
      underWay.push({ item, result: work(item) });
      cost += limits.costOf(item);
      next += 1;
    }
    const first = underWay.shift();
    if (first === undefined) return;
    yield { item: first.item, result: await first.result };
    cost -= limits.costOf(first.item);
  }
}

/** One item is always started, whatever it costs. */
function hasRoom<Item>(count: number, cost: number, item: Item, limits: AheadLimits<Item>): boolean {
  return count === 0 || (count < limits.items && cost + limits.costOf(item) <= limits.cost);
}
