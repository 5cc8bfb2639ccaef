import type { Problem } from '@som/io'

/** The issues of a choice of columns under the flags that made it; those of the features under `namedBy`. */
export function flagged({ kind, issues }: Problem, namedBy: string): Problem {
  return {
    kind,
    issues: issues.map(({ path, message }) => ({ path: path === 'columns' ? namedBy : `--${path}`, message })),
  }
}
