/** Holds the virtual environment and what the reference said of each file. */
export function referenceFolder(): string;
/** The interpreter of the environment for exactly these requirements. */
export function referencePython(): string;
