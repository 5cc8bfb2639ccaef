// From the first line of a program to the end of the first epoch: node start.js BACKEND WORKLOAD.json RESULT.json
const begin = performance.now()
const [name, workloadPath, resultPath] = process.argv.slice(2)
const { readFileSync } = await import('node:fs')
const { readFloats } = await import('../npy.ts')
const work: import('../workload.ts').Workload = JSON.parse(readFileSync(workloadPath, 'utf8'))
const samples = readFloats(work.files.samples ?? '')
const data = readFloats(work.files.codebook)
// Reading the files is not what is timed.
const loaded = performance.now()
const backend =
  name === 'js' ? (await import('@som/core')).js() : (await import('@som/native')).native({ threads: work.threads })
const session = await backend.open(
  {
    lattice: { cell: 'rectangular', shape: 'sheet', rows: work.mapRows, columns: work.mapColumns },
    metric: 'euclidean',
    kernel: 'gaussian',
  },
  { matrix: { rows: work.rows, columns: work.features, data: samples } },
  { rows: work.mapRows * work.mapColumns, columns: work.features, data },
)
await session.epoch({ rule: 'batch', radius: work.firstRadius })
const end = performance.now()
session.close()
const { finish } = await import('./finish.ts')
// performance.now() counts from the start of the process.
finish(resultPath, {
  seconds: [(end - loaded) / 1000],
  share: 1,
  versions: { node: process.versions.node },
  note: `${end.toFixed(0)} ms since the start of the process, of which Node took ${begin.toFixed(0)}`,
})
