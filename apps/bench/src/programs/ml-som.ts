// ml-som as a contender: node ml-som.js WORKLOAD.json RESULT.json
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { readFloats, writeNpy } from '../npy.ts'
import type { Workload } from '../workload.ts'
import { finish, resultBeside } from './finish.ts'
import { repeated } from './repeated.ts'

/** What is used of the package, which has no types of its own. */
interface SelfOrganisingMap {
  nodes: { weights: number[] }[][]
  setTraining(rows: number[][]): void
  trainOne(): boolean
}

const require = createRequire(import.meta.url)
const Som: new (x: number, y: number, options: object) => SelfOrganisingMap = require('ml-som')
const [workloadPath, resultPath] = process.argv.slice(2)
const work: Workload = JSON.parse(readFileSync(workloadPath, 'utf8'))
const rows = rowsOf(readFloats(work.files.samples ?? ''), work.features)
const initial = rowsOf(readFloats(work.files.codebook), work.features)
const part = work.part ? Math.min(work.part, work.updates) : work.updates

if (!work.wholeProcess) train(prepare(), Math.min(part, 200))
let som = prepare()
const seconds = repeated(work, () => {
  som = prepare()
  const start = performance.now()
  train(som, part)
  return (performance.now() - start) / 1000
})
const codebook = Float32Array.from(som.nodes.flat().flatMap((node) => node.weights))
const path = resultBeside(resultPath, 'codebook')
writeNpy(path, codebook, [work.mapRows * work.mapColumns, work.features])
finish(resultPath, {
  seconds: seconds.map((time) => time / (part / work.updates)),
  share: part / work.updates,
  versions: { 'ml-som': require('ml-som/package.json').version },
  note: 'cuts its neighbourhood at the radius',
  ...(part === work.updates && { codebook: path }),
})

function prepare(): SelfOrganisingMap {
  const made = new Som(work.mapRows, work.mapColumns, {
    fields: work.features,
    // It counts passes over the rows; trainOne is called as often as there are updates.
    iterations: Math.ceil(work.updates / work.rows),
    learningRate: work.firstRate,
    torus: false,
  })
  made.nodes.flat().forEach((node, unit) => {
    node.weights = [...initial[unit]]
  })
  made.setTraining(rows)
  return made
}

function train(map: SelfOrganisingMap, updates: number): void {
  for (let t = 0; t < updates; t++) map.trainOne()
}

function rowsOf(data: Float32Array, columns: number): number[][] {
  return Array.from({ length: data.length / columns }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)])
}
