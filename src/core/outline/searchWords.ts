/** The words of what a person types to find a register: `USART2->CR1 baud` has three; an address keeps its `0x`. */
export function searchWords(text: string): string[] {
  return text.toLowerCase().slice(0, longestQuery).split(/->|[\s.,:;/()&*]+/).filter(word => word !== '');
}

/** The words that stand in none of the texts. */
export function leftOver(words: readonly string[], texts: readonly (string | undefined)[]): readonly string[] {
  let left = words;
  for (const text of texts) {
    if (text === undefined || left.length === 0) continue;
    const lower = text.toLowerCase();
    if (left.some(word => lower.includes(word))) left = left.filter(word => !lower.includes(word));
  }
  return left;
}

const longestQuery = 200;
