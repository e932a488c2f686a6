import type { DecodedValue } from '../device/decode.ts';
import type { RegisterPlace } from '../device/device.ts';

/** One of the registers at an address, with what is done there taken apart. */
export interface WrittenView {
  readonly place: RegisterPlace;
  readonly decoded: DecodedValue | undefined;
}

/**
 * Of several views of one address (UART0 and UARTE0) those first in which what is written makes sense: 8 enables UARTE0,
 * and is no value of UART0's ENABLE. Where one has nothing against it, it is not taken apart in those that do.
 */
export function bestViewsFirst(views: readonly WrittenView[]): readonly WrittenView[] {
  const [first] = views;
  if (first === undefined || views.some(({ place, decoded }) => place.address !== first.place.address || decoded === undefined)) return views;
  const doubts = ({ decoded }: WrittenView) => decoded?.warnings.length ?? 0;
  const sorted = views.toSorted((left, right) => doubts(left) - doubts(right));
  return sorted[0] !== undefined && doubts(sorted[0]) > 0 ? sorted : sorted.map(view => doubts(view) === 0 ? view : { place: view.place, decoded: undefined });
}
