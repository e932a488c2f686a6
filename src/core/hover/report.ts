import type { DecodedValue } from '../device/decode.ts';
import type { Problem } from '../text/problem.ts';

/** What is known of the thing under the cursor; `none` for anything that is not hardware. */
export interface HoverReport {
  readonly kind: 'register' | 'field' | 'peripheral' | 'interrupt' | 'none';
  readonly markdown?: string;
  /** The chip's name of the peripheral that the card is about. */
  readonly peripheral?: string;
  /** Register path, and names of the fields concerned. When any instance may be meant, the path names the group: `USART.CR1`. */
  readonly register?: string;
  readonly fields?: readonly string[];
  /** The constant that is written, set or compared with, taken apart. */
  readonly decoded?: DecodedValue;
  /** Columns of the hovered expression on that line. */
  readonly range?: { readonly startColumn: number; readonly endColumn: number };
  readonly problems: readonly Problem[];
}

/** A report without its place in the text. */
export type Card = Omit<HoverReport, 'range' | 'problems'>;
