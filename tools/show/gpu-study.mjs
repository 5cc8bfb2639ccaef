// What the GPU backend leaves to another one, and on a card how long an epoch takes beside native:
// `npm run bench:gpu`, or with SOM_GPU_SOFTWARE=1 on an adapter that computes on the CPU, where nothing is timed.
// Makes the table of docs/measurements/gpu.md.
import { performance } from 'node:perf_hooks'

if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { firstOf, js, matrix, random } = await import('../../packages/core/src/index.ts')
const { gpu } = await import('../../packages/gpu/src/index.ts')
const { native } = await import('../../packages/native/src/index.ts')

const EPOCHS = 10
const plain = firstOf(native(), js())

/** Rows that the other backend has matched. */
let left = 0
const rest = {
  ...plain,
  async open(...parts) {
    const session = await plain.open(...parts)
    const match = (rows, options) => {
      left += rows?.matrix.rows ?? 0
      return session.match(rows, options)
    }
    const others = ['epoch', 'update', 'codebook', 'nearest', 'close']
    return { match, ...Object.fromEntries(others.map((name) => [name, session[name].bind(session)])) }
  },
}

const card = await gpu({ rest })
const taskOf = (side) => ({
  lattice: { cell: 'rectangular', shape: 'sheet', rows: side, columns: side },
  metric: 'euclidean',
  kernel: 'gaussian',
})
const reason = card.rejects(taskOf(2))
if (reason !== null) {
  console.log(`gpu: ${reason}`)
  process.exit(1)
}

/** 20 clusters of a given spread, in a cube of side 1. */
function drawn(rows, features, spread) {
  const draw = random(1, `${features} ${spread}`)
  const centres = Float32Array.from({ length: 20 * features }, () => draw())
  const data = new Float32Array(rows * features)
  for (let i = 0; i < rows; i++) {
    const centre = Math.floor(20 * draw()) * features
    for (let f = 0; f < features; f++)
      data[i * features + f] = centres[centre + f] + spread * (draw() + draw() + draw() - 1.5)
  }
  return matrix(rows, features, data)
}

const start = (rows, units) => matrix(units, rows.columns, rows.data.slice(0, units * rows.columns))
const radius = (epoch, side) => (side / 2) * (1 / (side / 2)) ** (epoch / (EPOCHS - 1))

/** The codebook after ten epochs, with what each epoch left to the other backend, and its seconds. */
async function epochsOn(backend, rows, side) {
  const session = await backend.open(taskOf(side), { matrix: rows }, start(rows, side * side))
  const epochs = []
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const [began, before] = [performance.now(), left]
    await session.epoch({ rule: 'batch', radius: radius(epoch, side) })
    epochs.push({ left: (left - before) / rows.rows, seconds: (performance.now() - began) / 1000 })
  }
  const codebook = await session.codebook()
  session.close()
  return { epochs, codebook }
}

const percent = (share) => `${(100 * share).toFixed(1)} %`
const isSame = (a, b) => Buffer.compare(Buffer.from(a.data.buffer), Buffer.from(b.data.buffer)) === 0

console.log('Rows that an epoch leaves to the other backend: 2,000 rows, 20 clusters, 40 x 40 units.\n')
console.log(
  '| features, spread | epoch 1 | 2 | 3 | 5 | 10 | same bits as native |\n| --- | --- | --- | --- | --- | --- | --- |',
)
for (const [features, spread] of [
  [4, 0.15],
  [16, 0.15],
  [64, 0.15],
  [16, 0.01],
]) {
  const rows = drawn(2000, features, spread)
  const { epochs, codebook } = await epochsOn(card, rows, 40)
  const same = isSame(codebook, (await epochsOn(plain, rows, 40)).codebook)
  const shares = [0, 1, 2, 4, 9].map((epoch) => percent(epochs[epoch].left))
  console.log(`| ${features}, ${spread} | ${shares.join(' | ')} | ${same ? 'yes' : 'NO'} |`)
}

if (process.env.SOM_GPU_SOFTWARE === '1') {
  console.log('\nThe adapter may compute on the CPU: nothing is timed.')
  process.exit()
}
console.log('\nSeconds of ten epochs:\n\n| rows | map | gpu | native | same bits |\n| --- | --- | --- | --- | --- |')
for (const [count, features, side] of [
  [480_000, 34, 30],
  [1_000_000, 60, 100],
]) {
  const rows = drawn(count, features, 0.15)
  const [ours, theirs] = [await epochsOn(card, rows, side), await epochsOn(plain, rows, side)]
  const seconds = ({ epochs }) => epochs.reduce((sum, epoch) => sum + epoch.seconds, 0).toFixed(3)
  const same = isSame(ours.codebook, theirs.codebook) ? 'yes' : 'NO'
  console.log(`| ${count} x ${features} | ${side} x ${side} | ${seconds(ours)} | ${seconds(theirs)} | ${same} |`)
}
process.exit()
