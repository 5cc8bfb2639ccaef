import type { Issue } from '../issue.ts'
import { checkOptions } from './check-options.ts'
import { checkSettled } from './check-settled.ts'
import type { TrainOptions } from './options.ts'
import { readOptions } from './read-options.ts'
import { checkResumed } from './resume.ts'

/**
 * What is wrong with options before there are samples; empty where nothing is. Where training is to start `from` a map
 * that is not read yet, or is to `resume` one, `origin` says so: options that come from the map are then refused. Never
 * throws.
 */
export function checkTrainOptions(
  options: Omit<TrainOptions, 'samples' | 'from' | 'resume'>,
  origin?: 'from' | 'resume',
): readonly Issue[] {
  return readOptions((issues) => {
    if (origin === 'from') checkSettled(options, issues)
    if (origin === 'resume') checkResumed(options, issues)
    return checkOptions({ ...options, samples: [] }, issues)
  }).match({ Ok: () => [], Err: (issues) => issues })
}
