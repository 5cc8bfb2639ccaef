// @seracio/kohonen as a contender: node seracio.js WORKLOAD.json RESULT.json
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { readFloats, writeNpy } from '../npy.ts'
import type { Workload } from '../workload.ts'
import { finish, resultBeside } from './finish.ts'
import { repeated } from './repeated.ts'

/** What is used of the package. */
interface KohonenMap {
  readonly neurons: { v: number[] }[]
  /** Gives a value in [0, 1] for a feature's value: it scales each feature by its range. */
  readonly scales: { invert(value: number): number }[]
  learn(row: number[]): void
  generateLearningVector(): number[]
}

const require = createRequire(import.meta.url)
const { Kohonen }: { Kohonen: new (options: object) => KohonenMap } = require('@seracio/kohonen')
const [workloadPath, resultPath] = process.argv.slice(2)
const work: Workload = JSON.parse(readFileSync(workloadPath, 'utf8'))
const data = rowsOf(readFloats(work.files.samples ?? ''), work.features)
const part = work.part ? Math.min(work.part, work.updates) : work.updates

if (!work.wholeProcess) train(prepare(), Math.min(part, 50))
let map = prepare()
const seconds = repeated(work, () => {
  map = prepare()
  const start = performance.now()
  train(map, part)
  return (performance.now() - start) / 1000
})
const codebook = Float32Array.from(map.neurons.flatMap(({ v }) => v.map((value, f) => map.scales[f].invert(value))))
const path = resultBeside(resultPath, 'codebook')
writeNpy(path, codebook, [work.mapRows * work.mapColumns, work.features])
finish(resultPath, {
  seconds: seconds.map((time) => time / (part / work.updates)),
  share: part / work.updates,
  versions: { '@seracio/kohonen': require('@seracio/kohonen/package.json').version },
  note: 'starts from its own principal components, at its own radius and rate',
  ...(part === work.updates && { codebook: path }),
})

function prepare(): KohonenMap {
  const neurons = Array.from({ length: work.mapRows * work.mapColumns }, (_, unit) => ({
    pos: [unit % work.mapColumns, Math.floor(unit / work.mapColumns)],
  }))
  return new Kohonen({ neurons, data, maxStep: work.updates })
}

function train(kohonen: KohonenMap, updates: number): void {
  for (let t = 0; t < updates; t++) kohonen.learn(kohonen.generateLearningVector())
}

function rowsOf(values: Float32Array, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, i) => [...values.subarray(i * columns, (i + 1) * columns)])
}
