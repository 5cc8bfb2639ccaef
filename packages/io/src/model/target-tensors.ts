import type { Target, Targets } from '@som/core'
import type { Contents, Tensor } from './safetensors.ts'
import type { DescribedTarget } from './schema.ts'

/** The tensors that all targets share, and those of one by its place. */
const [CENTRE, SCALE] = ['target_centre', 'target_scale']
const coefficients = (place: number): string => `target_${place}`
const spread = (place: number): string => `target_${place}_spread`
const residuals = (place: number): string => `target_${place}_residuals`

/** Whether a tensor of this name belongs to targets. */
export const isOfTargets = (name: string): boolean => /^target_(centre|scale|\d{1,6}(_spread|_residuals)?)$/.test(name)

/** What a file describes of each target. */
export function describedTargets(targets: Targets): DescribedTarget[] {
  return targets.of.map((target) => {
    if (target.kind === 'class') {
      const { coefficients: _, ...described } = target
      return described
    }
    const { coefficients: _, spread: __, residuals: ___, ...described } = target
    return described
  })
}

/**
 * The arrays of targets: `target_centre` and `target_scale` (F64, features), and for the target at place 0, 1, …
 * `target_0` (F32, units × inputs × outputs; an input is 1, a feature or its square) and, if it is a number,
 * `target_0_spread` (F32, units) and `target_0_residuals` (F32).
 */
export function targetTensors({ centre, scale, of }: Targets, units: number): [string, Tensor][] {
  const vector = (data: Tensor['data']): Tensor => ({ shape: [data.length], data })
  return [
    [CENTRE, vector(centre)],
    [SCALE, vector(scale)],
    ...of.flatMap((target, place): [string, Tensor][] => {
      const shape = modelShape(target, units, centre.length)
      const models: [string, Tensor] = [coefficients(place), { shape, data: target.coefficients }]
      if (target.kind === 'class') return [models]
      return [models, [spread(place), vector(target.spread)], [residuals(place), vector(target.residuals)]]
    }),
  ]
}

/** The targets described, with their tensors; undefined, and messages in `issues`, where these do not fit. */
export function targetsOf(
  described: readonly DescribedTarget[],
  tensors: Contents['tensors'],
  units: number,
  features: number,
  issues: string[],
): Targets | undefined {
  const before = issues.length
  const take = <T extends Float32Array | Float64Array>(
    name: string,
    type: 'F32' | 'F64',
    shape: readonly number[] | null,
    fits: (x: number, i: number, all: T) => boolean,
    what: string,
  ): T => {
    const tensor = tensors.get(name)
    const wanted = type === 'F32' ? Float32Array : Float64Array
    const isRight = tensor?.data instanceof wanted && sameShape(tensor.shape, shape ?? [tensor.data.length])
    const size = shape === null ? 'at least 1' : shape.join(' x ')
    // Of the type that `wanted` is.
    const data = (isRight ? tensor.data : new wanted(0)) as T
    let good = isRight && data.length > 0
    for (let i = 0; i < data.length && good; i++) good = fits(data[i], i, data)
    if (!good) issues.push(`${name}: expected ${size} ${what} of type ${type}`)
    return data
  }
  const centre = take<Float64Array>(CENTRE, 'F64', [features], Number.isFinite, 'finite numbers')
  const scale = take<Float64Array>(SCALE, 'F64', [features], isSize, 'finite numbers of at least 0')
  const of = described.map((target, place): Target => {
    const shape = modelShape(target, units, features)
    const models = take<Float32Array>(coefficients(place), 'F32', shape, Number.isFinite, 'finite numbers')
    if (target.kind === 'class') return { ...target, coefficients: models }
    return {
      ...target,
      coefficients: models,
      spread: take(spread(place), 'F32', [units], (x) => x > 0 && x < Infinity, 'finite numbers above 0'),
      residuals: take(
        residuals(place),
        'F32',
        null,
        (x, i, all: Float32Array) => isSize(x) && (i === 0 || x >= all[i - 1]),
        'finite numbers of at least 0, ascending,',
      ),
    }
  })
  return issues.length > before ? undefined : { centre, scale, of }
}

function modelShape(target: DescribedTarget, units: number, features: number): number[] {
  const inputs = 1 + features * (target.settings.squares ? 2 : 1)
  return [units, inputs, target.kind === 'class' ? target.classes.length : 1]
}

const isSize = (x: number): boolean => x >= 0 && x < Infinity

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, i) => side === b[i])
