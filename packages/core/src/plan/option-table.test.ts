import { expect, it } from 'vitest'
import { Issues } from '../issue.ts'
import { random } from '../random.ts'
import { samplesOf } from '../rows/samples.ts'
import { checkTrainOptions } from './check-train-options.ts'
import { checkValue } from './check-value.ts'
import { describeOptions, optionAt } from './describe-options.ts'
import { OPTION_SENTENCES } from './option-sentences.ts'
import { OPTIONS } from './option-table.ts'
import { plan } from './plan.ts'

const samples = samplesOf(Array.from({ length: 300 }, (_, i) => [Math.sin(i), random(i, 'x')()]))

/** Options with a value at a path. */
const withValue = (path: string, value: unknown): object =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object

it('every option is described, with its values and its default', () => {
  const described = describeOptions()
  expect(described.map(({ path }) => path).sort()).toEqual(Object.keys(OPTION_SENTENCES).sort())
  for (const { is, values, default: usual } of described)
    for (const words of [is, values, usual]) expect(words).not.toBe('')
})

it('what is set feature by feature has the values and the default of one feature', () => {
  const row = describeOptions().find(({ path }) => path === 'featureWeights')
  expect(row).toMatchObject({ values: 'a number of at least 0', default: '1' })
})

it('every default of the table is what it says and what a plan has', () => {
  for (const path of describeOptions().map(({ path }) => path)) {
    const option = optionAt(path)
    if (!('default' in option) || option.default === undefined) continue
    expect(checkTrainOptions(withValue(path, option.default))).toEqual([])
  }
  const { task, rule, phases, batchSize, order, decayPer, seed, initial } = plan({ samples }).unwrapOr(null)!
  const { cell, shape } = task.lattice
  expect({
    cell,
    shape,
    metric: task.metric,
    kernel: task.kernel,
    rule,
    batchSize,
    order,
    decayPer,
    seed,
    initial,
  }).toEqual({
    cell: OPTIONS.lattice.of.cell.default,
    shape: OPTIONS.lattice.of.shape.default,
    metric: OPTIONS.metric.default,
    kernel: OPTIONS.kernel.default,
    rule: OPTIONS.rule.default,
    batchSize: OPTIONS.batchSize.default,
    order: OPTIONS.order.default,
    decayPer: OPTIONS.decayPer.default,
    seed: OPTIONS.seed.default,
    initial: OPTIONS.initial.default,
  })
  expect(phases.map(({ epochs, learningRate }) => ({ epochs, learningRate }))).toEqual([
    { epochs: 20, learningRate: { start: 0.5, end: 0.01, decay: 'exponential' } },
  ])
})

it('a value past the range of its option is refused under its path, and one at its edge is not', () => {
  for (const { path } of describeOptions()) {
    const option = optionAt(path)
    if (option.kind !== 'integer' && option.kind !== 'number') continue
    const found = (value: number): string[] => {
      const issues = new Issues()
      checkValue(path, value, option, issues)
      return issues.list.map((issue) => issue.path)
    }
    const { least, most } = option
    const above = option.kind === 'number' ? option.above : undefined
    if (least !== undefined) expect([found(least), found(least - 1)]).toEqual([[], [path]])
    if (above !== undefined) expect([found(above + 1e-9), found(above)]).toEqual([[], [path]])
    if (most !== undefined) expect([found(most), found(most + 1)]).toEqual([[], [path]])
    expect([found(Number.NaN), found(Number.POSITIVE_INFINITY)]).toEqual([[path], [path]])
  }
})

it('weights and methods by feature name are objects', () => {
  expect(checkTrainOptions(withValue('featureWeights', 2)).map(({ message }) => message)).toEqual([
    'expected { feature: value }, found 2',
  ])
  expect(checkTrainOptions(withValue('preprocessing', 2)).map(({ path }) => path)).toEqual(['preprocessing'])
})

it('what comes from a map is refused before the map is read', () => {
  const options = { metric: 'cosine', preprocessing: 'none', epochs: 3, seed: 1 } as const
  expect(checkTrainOptions(options)).toEqual([])
  expect(checkTrainOptions(options, 'from')).toEqual([
    { path: 'metric', message: 'comes from the map that training starts from; leave it out' },
    { path: 'preprocessing', message: 'comes from the map that training starts from; leave it out' },
  ])
  expect(checkTrainOptions(options, 'resume').map(({ path }) => path)).toEqual(Object.keys(options))
})
