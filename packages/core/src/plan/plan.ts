import type Result from 'true-myth/result'
import type { Issue } from '../issue.ts'
import type { TrainOptions } from './options.ts'
import { planOf } from './plan-of.ts'
import type { Plan } from './planned.ts'
import { settle } from './settle.ts'

/** Checks options and decides what they leave open. Never throws: whatever it is given, a plan or every issue at once. */
export function plan(options: TrainOptions): Result<Plan, readonly Issue[]> {
  return settle(options).andThen(planOf)
}
