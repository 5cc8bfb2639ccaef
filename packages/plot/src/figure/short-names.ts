/** Names shortened for small spaces. */
export interface ShortNames {
  /** In the order of the names. */
  readonly texts: readonly string[]
  /** What `…` stands for at the beginning of names; empty where nothing was cut. */
  readonly prefix: string
}

/** Names with more characters than this are long, and a prefix of at least so many is worth cutting. */
const LONG = 20
const WORTH = 6

/** A letter or digit. */
const OF_WORD = /[\p{L}\p{N}]/u

/**
 * Names without what all long ones among them begin with, up to the end of a word: `…temperature`. Words end at spaces,
 * points, dashes and the like, and where a capital follows a small letter.
 */
export function shortNames(names: readonly string[]): ShortNames {
  const prefix = prefixOf([...new Set(names.filter((name) => Array.from(name).length > LONG))])
  const cut = (name: string): string => {
    const rest = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    return OF_WORD.test(rest) ? `…${rest}` : name
  }
  return { texts: prefix === '' ? names : names.map(cut), prefix }
}

/** A line that says what was cut; none where nothing was. */
export function prefixNotes({ prefix }: ShortNames): string[] {
  return prefix === '' ? [] : [`… stands for ${prefix}`]
}

function prefixOf(names: readonly string[]): string {
  if (names.length < 2) return ''
  for (let length = sharedLength(names); length >= WORTH; length--) {
    const ends = names.every((name) => OF_WORD.test(name.slice(length)) && wordEnds(name, length))
    if (ends) return names[0].slice(0, length)
  }
  return ''
}

function sharedLength([first, ...others]: readonly string[]): number {
  return others.reduce((most, name) => {
    let length = 0
    while (length < most && first[length] === name[length]) length++
    return length
  }, first.length)
}

/** Whether a word ends before position `at`. A pair of surrogates is not taken apart, as neither is a letter. */
function wordEnds(name: string, at: number): boolean {
  const before = name[at - 1]
  if (/[\p{Ll}\p{N}]/u.test(before)) return /\p{Lu}/u.test(name[at])
  return !OF_WORD.test(before) && !/[\ud800-\udbff]$/.test(before)
}
