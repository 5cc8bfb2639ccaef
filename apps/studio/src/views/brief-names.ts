/** A beginning that is shorter than this is shown. */
const LONG = 12

/**
 * Names for narrow places, where only their beginnings fit: a long beginning that all of them share becomes `…`, up to
 * the last word that all have whole.
 */
export function briefNames(names: readonly string[]): readonly string[] {
  if (names.length < 2) return names
  let shared = names.reduce((before, name) => {
    let at = 0
    while (at < before.length && at < name.length && before[at] === name[at]) at++
    return before.slice(0, at)
  })
  shared = /^.*[^\p{L}\p{N}]/u.exec(shared)?.[0] ?? ''
  return shared.length < LONG ? names : names.map((name) => `…${name.slice(shared.length)}`)
}
