const MOST_ENTRIES = 100
const MOST_CHARACTERS = 500

/** A value of JSON with long lists and texts cut, and what was cut said in them. */
export function shortened(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length > MOST_CHARACTERS
      ? `${value.slice(0, MOST_CHARACTERS)}… and ${value.length - MOST_CHARACTERS} more characters`
      : value
  if (Array.isArray(value)) {
    const first = value.slice(0, MOST_ENTRIES).map(shortened)
    return value.length > MOST_ENTRIES ? [...first, `… and ${value.length - MOST_ENTRIES} more`] : first
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const first = entries.slice(0, MOST_ENTRIES).map(([name, each]) => [name, shortened(each)])
  return Object.fromEntries([
    ...first,
    ...(entries.length > MOST_ENTRIES ? [['…', `and ${entries.length - MOST_ENTRIES} more`]] : []),
  ])
}
