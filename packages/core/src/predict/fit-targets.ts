import Result from 'true-myth/result'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import { checkByTable } from '../plan/check-value.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'
import { type CheckedTarget, checkSize, checkTargets, type TargetValues } from './check-targets.ts'
import { fitChecked } from './fit-checked.ts'
import { FIT_OPTIONS, FIT_RUNTIME, type FitOptions, type FitRuntime, USUAL_SEED } from './fit-options.ts'

/**
 * The map with models that predict `targets` of a row from its features, fitted on rows whose targets are known. The
 * map itself stays as it is. Targets that it already has are replaced. Rejects if the signal aborts.
 *
 * Rows are treated as `match` treats them, and `targets` has a value for each. A row without a value of a target takes
 * no part in that target's fit. Weights count as repetitions.
 */
export async function fitTargets(
  som: Som,
  rows: RowsInput,
  targets: TargetValues,
  options: FitOptions = {},
  runtime: FitRuntime = {},
): Promise<Result<Som, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime(runtime, FIT_RUNTIME, issues)
  if (!checkSom(som, issues)) return Result.err(issues.list)
  if (som.training.unfinished !== undefined)
    issues.add('som', 'expected a finished map, found an unfinished run; resume it first')
  const prepared = prepareRows(som, rows)
  if (prepared.isErr) issues.list.push(...prepared.error)
  const checked = prepared.isErr ? null : checkFit(som, prepared.value.matrix.rows, targets, options, issues)
  if (prepared.isErr || checked === null || issues.list.length > 0) return Result.err(issues.list)
  const { seed = USUAL_SEED } = options
  return fitChecked(som, prepared.value, checked, { seed }, runtime)
}

/**
 * What is wrong with the targets of a map that is still to be trained: as `fitTargets` says it of the trained one, as
 * far as that can be known without its units.
 */
export function checkTargetValues(
  map: Pick<Som, 'features' | 'lattice'>,
  rows: number,
  targets: TargetValues,
  options: FitOptions = {},
): readonly Issue[] {
  const issues = new Issues()
  checkFit(map, rows, targets, options, issues)
  return issues.list
}

/** Checks the options and the targets of a fit; null where something is wrong. */
export function checkFit(
  map: Pick<Som, 'features' | 'lattice'>,
  rows: number,
  targets: TargetValues,
  options: FitOptions,
  issues: Issues,
): CheckedTarget[] | null {
  if (!checkByTable(options, FIT_OPTIONS, issues)) return null
  const checked = checkTargets(map, rows, targets, issues)
  for (const target of checked ?? []) checkSize(map, target, issues)
  return checked
}
