/** Names in a row, each once; those beyond the first `most` are counted. */
export function listed(names: readonly string[], most = 6): string {
  const distinct = [...new Set(names)];
  return distinct.length > most ? `${distinct.slice(0, most).join(', ')} and ${distinct.length - most} more` : distinct.join(', ');
}
