import { expect, it } from 'vitest'
import { clustersPlot, componentPlanePlot, hitsPlot, labelsPlot, uMatrixPlot } from '../index.ts'

it('a plot of anything but a map says what was given', () => {
  const result = { isOk: true, isErr: false } as never // the shape of a Result
  const told = /^som: expected a map, found a Result; take its value, for example by orThrow$/
  expect(() => uMatrixPlot(result)).toThrow(told)
  expect(() => hitsPlot(result)).toThrow(told)
  expect(() => componentPlanePlot(result, 'a')).toThrow(told)
  expect(() => labelsPlot(result, { units: new Int32Array(0), labels: [] })).toThrow(told)
  expect(() => clustersPlot(null as never, { count: 1, of: Int32Array.of(0) } as never)).toThrow(/found null$/)
})
