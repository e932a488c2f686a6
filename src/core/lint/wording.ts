/** Some names, the first six in full. */
export function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  return distinct.length > 6 ? `${distinct.slice(0, 6).join(', ')} and ${distinct.length - 6} more` : distinct.join(', ');
}
