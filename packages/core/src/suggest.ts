/**
 * The entry of `known` that `word` probably means: at most a third of its letters away, or the only one that begins
 * with it.
 */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const begun = word.toLowerCase()
  const [nearest] = known
    .map((candidate) => ({ candidate, edits: editDistance(begun, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.edits - b.edits)
  const [longer, another] = known.filter((candidate) => begun && candidate.toLowerCase().startsWith(begun))
  return nearest?.candidate ?? (another === undefined ? longer : undefined)
}

/**
 * Insertions, deletions, replacements and swaps of neighbours between two words (restricted Damerau and Levenshtein).
 */
function editDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)])
  for (let j = 0; j <= b.length; j++) table[0][j] = j
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = table[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      table[i][j] = Math.min(replaced, table[i - 1][j] + 1, table[i][j - 1] + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1)
      }
    }
  }
  return table[a.length][b.length]
}
