import type { Issue } from '@som/core'

/** What keeps a map, by its file, from predicting, and the issues of options under their flags. */
export function predictionIssues(issues: readonly Issue[], map: string): Issue[] {
  return issues.map(({ path, message }) =>
    path === 'som'
      ? { path: map, message: 'predicts nothing; train it with --target and the column to predict' }
      : { path: `--${path}`, message },
  )
}
