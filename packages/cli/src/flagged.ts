import type { Problem } from '@som/io'

/** The issues of a column selection under the flags that made it; issues of features are reported under `namedBy`. */
export function flagged({ kind, issues }: Problem, namedBy: string): Problem {
  return {
    kind,
    issues: issues.map(({ path, message }) => ({ path: path === 'columns' ? namedBy : `--${path}`, message })),
  }
}
