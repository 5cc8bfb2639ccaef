/**
 * Sorts objects by their number in `first`, those that tie by that in `second`, and those that still tie by their place
 * before. A merge sort, several times as fast as `sort` with a function that compares.
 */
export function sortedBy(objects: Uint32Array, first: Float64Array, second: Float64Array): Uint32Array {
  const count = objects.length
  const isBefore = (a: number, b: number): boolean =>
    first[a] < first[b] || (first[a] === first[b] && second[a] < second[b])
  let [from, into] = [objects.slice(), new Uint32Array(count)]
  for (let width = 1; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, count), Math.min(start + 2 * width, count)]
      for (let at = start, left = start, right = middle; at < end; at++) {
        const isRight = left >= middle || (right < end && isBefore(from[right], from[left]))
        into[at] = from[isRight ? right++ : left++]
      }
    }
    ;[from, into] = [into, from]
  }
  return from
}
