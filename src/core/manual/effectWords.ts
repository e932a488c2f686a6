/** What many registers do, said the same way everywhere: spread into a fact. */

/** `rc_w1`: writing 1 clears. */
export const oneClears = { text: 'Writing 1 clears the flag; writing 0 has no effect. Write only the flags meant, as read-modify-write clears every flag that is set.', modifiedWriteValues: 'oneToClear' } as const;

/** `rc_w0`: writing 0 clears. */
export const zeroClears = { text: 'Cleared by writing 0; writing 1 has no effect. Clear it with a plain write (~flag), as read-modify-write can clear flags set in between.', modifiedWriteValues: 'zeroToClear' } as const;

/** A bit of a flag clear register. */
export const oneClearsFlag = { text: 'Writing 1 clears the flag of the status register; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', readsAsZero: true } as const;

/** `rs`: software can only set the bit. */
export const oneStarts = { text: 'Writing 1 starts it, and hardware clears the bit; writing 0 has no effect.', modifiedWriteValues: 'oneToSet' } as const;

/** A bit that makes something happen once. */
export const oneTriggers = { text: 'Writing 1 triggers it once; the bit does not stay set.', modifiedWriteValues: 'oneToSet' } as const;

/** `t`: writing 1 toggles. */
export const oneToggles = { text: 'Writing 1 toggles the bit; writing 0 leaves it: read-modify-write changes it by accident.', modifiedWriteValues: 'oneToToggle' } as const;

/** `rc_r`. */
export const readClears = { text: 'Reading clears it.', readAction: 'clear' } as const;

/** A state that software cannot change. */
export const hardwareOnly = { text: 'Set and cleared by hardware only; writing has no effect.' } as const;
