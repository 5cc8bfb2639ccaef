import type { Trait } from './traits.ts'

/** Traits in a name: two if they distinguish it from the others, at most four. */
const USUAL = 2
const MOST = 4

/**
 * Names each segment after what sets it apart, strongest trait first. Names are unique: equal ones get further traits,
 * and then a number.
 */
export function proposeNames(marks: readonly (readonly Trait[])[]): string[] {
  if (marks.length === 1) return ['everyone']
  const parts = marks.map(partsOf)
  const lengths = parts.map(() => USUAL)
  const nameOf = (k: number): string => parts[k].slice(0, lengths[k]).join(' and ') || 'average'
  for (let length = USUAL; length < MOST; length++) {
    const names = parts.map((_, k) => nameOf(k))
    names.forEach((name, k) => {
      if (names.indexOf(name) !== names.lastIndexOf(name)) lengths[k]++
    })
  }
  const taken = new Set<string>()
  return parts.map((_, k) => {
    const name = nameOf(k)
    let unique = name
    for (let n = 2; taken.has(unique); n++) unique = `${name} ${n}`
    taken.add(unique)
    return unique
  })
}

/** One part per column; a level counts only if most of the segment has it. */
function partsOf(marks: readonly Trait[]): string[] {
  const said = new Set<string>()
  return marks.flatMap((trait) => {
    if (said.has(trait.column) || (trait.kind === 'level' && trait.usual < 0.5)) return []
    said.add(trait.column)
    if (trait.kind === 'level') return [levelName(trait.column, trait.level)]
    const [more, less] = trait.kind === 'days' ? ['late', 'early'] : ['high', 'low']
    return [`${trait.deviations > 0 ? more : less} ${trait.column}`]
  })
}

/** A level that is a word is clear without its column; `yes`, `1` or a single letter is not. */
function levelName(column: string, level: string): string {
  const isWord = /\p{L}{3}/u.test(level) && !/^(true|false|yes|not|none|other|unknown)$/i.test(level)
  return isWord ? level : `${column} ${level}`
}
