/** Names as they are written where there is little room. */
export interface ShortNames {
  /** In the order of the names. */
  readonly texts: readonly string[]
  /** What `…` stands for at the beginning of each; empty where nothing was cut. */
  readonly prefix: string
}

/** Names are cut where one has more characters than this, and the prefix at least so many. */
const LONG = 20
const WORTH = 6

/** The last letter or digit. */
const LAST_OF_WORD = /[\p{L}\p{N}][^\p{L}\p{N}]*$/u

/** Long names without what all of them begin with, up to the last space, point, dash or the like: `…temperature`. A word is never cut. */
export function shortNames(names: readonly string[]): ShortNames {
  const prefix = prefixOf(names)
  return { texts: prefix === '' ? names : names.map((name) => `…${name.slice(prefix.length)}`), prefix }
}

/** A line that says what was cut; none where nothing was. */
export function prefixNotes({ prefix }: ShortNames): string[] {
  return prefix === '' ? [] : [`… stands for ${prefix}`]
}

function prefixOf(names: readonly string[]): string {
  const different = [...new Set(names)]
  if (different.length < 2 || different.every((name) => Array.from(name).length <= LONG)) return ''
  const shared = different.reduce((common, name) => {
    let length = 0
    while (length < common.length && common[length] === name[length]) length++
    return common.slice(0, length)
  })
  // A letter or digit must be left of each name.
  const room = different.reduce((least, name) => Math.min(least, Math.max(0, name.search(LAST_OF_WORD))), shared.length)
  const prefix = /^.*[^\p{L}\p{N}]/su.exec(shared.slice(0, room))?.[0] ?? ''
  return Array.from(prefix).length < WORTH ? '' : prefix
}
