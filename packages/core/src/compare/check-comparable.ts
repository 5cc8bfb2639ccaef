import type { Issues } from '../issue.ts'
import type { Som } from '../som.ts'

/** Adds an issue unless two maps have the same features, in any order. */
export function checkComparable(a: Pick<Som, 'features'>, b: Pick<Som, 'features'>, issues: Issues): void {
  const [ofA, ofB] = [a, b].map(({ features }) => new Set(features.map(({ name }) => name)))
  const only = (some: Set<string>, others: Set<string>): string[] => [...some].filter((name) => !others.has(name))
  const [left, right] = [only(ofA, ofB), only(ofB, ofA)]
  if (left.length === 0 && right.length === 0) return
  const of = (which: string, names: string[]): string[] =>
    names.length === 0
      ? []
      : [
          `only the ${which} has ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
        ]
  const found = [...of('first', left), ...of('second', right)].join('; ')
  issues.add('b', `expected two maps of the same features: ${found}; train both on the same columns`)
}
