/**
 * A core peripheral as compact text, which `readCorePeripheral` turns into registers. A register is one line, its
 * fields are the lines beginning with a dot below it:
 *
 *     [v7m v8m] NAME offset 16 rw =reset&mask marks | description
 *       [v8m] .FIELD 7:4 r marks | description {0 = meaning; 1 = meaning}
 *
 * In brackets: the cores that have it, by the words of `CoreTraits` (absent: all). Size 32 and access rw are left out.
 * `NAME[8]` is an array, `NAME{4}` numbers the name itself (`COMP0`, `COMP1`), `step=16` sets the distance of elements;
 * a count may be a word of `CoreCounts`. Marks: w1c, w1s, w0c, wc (any write clears), rc (reading clears), rx (reading
 * changes something else).
 */
export interface CorePeripheralText {
  readonly name: string;
  /** Another name in use for it. */
  readonly groupName?: string;
  /** What vendors' files call it, or a part of it. */
  readonly otherNames?: readonly string[];
  readonly baseAddress: bigint;
  readonly description: string;
  /** The manual that states it; absent: the architecture's. */
  readonly origin?: string;
  /** Cores that have it; absent: all. */
  readonly cores?: string;
  /** Secure software reaches the non-secure twin 0x20000 further. */
  readonly hasNonSecureTwin?: boolean;
  readonly registers: string;
}

/** What a core is and has, as words: its own name, its architecture, its options. */
export interface CoreTraits {
  readonly words: ReadonlySet<string>;
  /** The manual of its architecture. */
  readonly manual: string;
}

/** Lengths of arrays that depend on the chip: `words` of 32 interrupts, `interrupts`, `quads` of 4 interrupts. */
export type CoreCounts = Readonly<Record<string, number>>;
