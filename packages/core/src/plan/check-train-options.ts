import type { Issue } from '../issue.ts'
import { checkOptions } from './check-options.ts'
import { collectIssues } from './collect-issues.ts'
import type { TrainOptions } from './options.ts'

/** What is wrong with options before there are samples; empty where nothing is. Never throws. */
export function checkTrainOptions(options: Omit<TrainOptions, 'samples'>): readonly Issue[] {
  return collectIssues((issues) => checkOptions({ ...options, samples: [] }, issues)).match({
    Ok: () => [],
    Err: (issues) => issues,
  })
}
