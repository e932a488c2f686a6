/** Letters to change, add, drop or swap with a neighbour; anything above `most` is only said to be above. */
export function editDistance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1] ? (before[column - 2] ?? most) + 1 : Infinity;
      current.push(Math.min((previous[column] ?? most) + 1, (current[column - 1] ?? most) + 1, (previous[column - 1] ?? most) + same, swapped));
    }
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? most + 1;
}
