/** Where the package lies once it was fetched. */
export function modelServerFolder(): string;
