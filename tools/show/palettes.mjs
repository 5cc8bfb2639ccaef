// Compares palettes of photographs with those of other quantisers, and writes the tables of docs/palette.md.
// `npm run palettes`; with `-- <name> …` only those photographs, and nothing is written.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import * as imageQ from 'image-q'
import { root } from '../lib/process.mjs'
import { pythonEnvironment } from '../python/environment.mjs'

// Node reads TypeScript on its own from 22.18 on.
if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { js } = await import('../../packages/core/src/index.ts')
const { native } = await import('../../packages/native/src/index.ts')
const { countColours, imageError, indexImage, makePalette } = await import('../../packages/recipes/src/index.ts')

const COLOURS = [16, 64, 256]
const REPETITIONS = 3
/** Seconds beyond which once is enough. */
const SLOW = 1
const OURS = 'som palette, native'
const RIVAL = 'libimagequant'

const { python, installed } = pythonEnvironment('palettes')
const folder = mkdtempSync(join(tmpdir(), 'som-palettes-'))
try {
  const names = process.argv.slice(2)
  const photographs = runPython('photographs', folder).filter(({ name }) => names.length === 0 || names.includes(name))
  const results = []
  for (const photograph of photographs) {
    for (const colours of COLOURS) {
      const rows = await compare(photograph, colours)
      results.push(...rows)
      console.log(`${photograph.name}, ${colours} colours`)
      for (const { quantiser, mean, seconds } of rows)
        console.log(
          `  ${quantiser.padEnd(32)} ${thousandths(mean).padStart(7)} ${milliseconds(seconds).padStart(7)} ms`,
        )
    }
  }
  const text = [
    machineText(),
    ...COLOURS.map((colours) => summaryTable(results, colours)),
    photographTable(results),
  ].join('\n\n')
  if (names.length > 0) console.log(text)
  else writeTables(text)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Everybody's error and time on one photograph, one after the other. */
async function compare({ name, width, height }, colours) {
  const others = runPython(name, width, height, colours, folder)
  const data = new Uint8Array(readFileSync(join(folder, name)))
  const image = { width, height, data }
  const shown = others.map(({ quantiser, file, seconds }) => ({ quantiser, seconds, data: readFileSync(file) }))
  for (const [quantiser, backend] of [
    [OURS, native()],
    ['som palette, js', js()],
  ])
    shown.push({ quantiser, ...(await timed(() => ours(image, colours, backend))) })
  for (const [quantiser, method] of [
    ['NeuQuant (image-q)', 'neuquant'],
    ['Wu (image-q)', 'wuquant'],
  ])
    shown.push({ quantiser, ...(await timed(() => byImageQ(image, colours, method))) })
  return shown.map(({ quantiser, seconds, data }) => {
    const { mean, rootMeanSquare } = imageError(image, { width, height, data })
    return { photograph: name, colours, quantiser, seconds, mean, rootMeanSquare }
  })
}

async function timed(quantise) {
  const seconds = []
  let data
  // The first one warms up.
  for (let i = 0; i <= REPETITIONS; i++) {
    const start = performance.now()
    const show = await quantise()
    seconds.push((performance.now() - start) / 1000)
    data ??= show()
    if (seconds[i] > SLOW) break
  }
  const sorted = (seconds.length > 1 ? seconds.slice(1) : seconds).sort((a, b) => a - b)
  return { seconds: sorted[Math.floor(sorted.length / 2)], data }
}

/** From pixels to a palette and an index a pixel. */
async function ours(image, colours, backend) {
  const counted = countColours(image)
  const made = await makePalette(counted, { colours }, { backend })
  if (made.isErr) throw new Error(JSON.stringify(made.error))
  const indexed = await indexImage(image, made.value, { counted }, { backend })
  if (indexed.isErr) throw new Error(JSON.stringify(indexed.error))
  const { indices } = indexed.value
  const bytes = made.value.colours.map(({ red, green, blue, alpha }) => [red, green, blue, alpha])
  return () => {
    const data = new Uint8Array(image.data.length)
    indices.forEach((index, pixel) => {
      data.set(bytes[index], 4 * pixel)
    })
    return data
  }
}

async function byImageQ({ width, height, data }, colors, paletteQuantization) {
  const pixels = imageQ.utils.PointContainer.fromUint8Array(data, width, height)
  const settings = { colorDistanceFormula: 'euclidean' }
  const palette = imageQ.buildPaletteSync([pixels], { ...settings, paletteQuantization, colors })
  const shown = imageQ.applyPaletteSync(pixels, palette, { ...settings, imageQuantization: 'nearest' })
  return () => shown.toUint8Array()
}

function runPython(...args) {
  const ended = spawnSync(python, [join(root, 'tools', 'python', 'quantise.py'), ...args.map(String)], {
    encoding: 'utf8',
  })
  if (ended.status !== 0) throw new Error(`quantise.py failed\n${ended.stderr}`)
  return JSON.parse(ended.stdout)
}

function machineText() {
  const [{ model }] = cpus()
  const versions = installed.filter((name) => /libimagequant|pillow/.test(name)).map((name) => name.replace('==', ' '))
  return `Measured on ${new Date().toISOString().slice(0, 10)} on ${model.trim()}, ${cpus().length} cores, Node ${process.versions.node}, with ${[...versions, 'image-q 4.0.0'].join(', ')}. Times are medians of ${REPETITIONS} (of one where that takes over a second), from pixels in memory to a palette and an index a pixel. libimagequant and the others run on one thread, the native backend on all cores.`
}

/** Every quantiser over all photographs: ratios are geometric means beside the rival on the same photograph. */
function summaryTable(results, colours) {
  const here = results.filter((row) => row.colours === colours)
  const rivals = new Map(here.filter(({ quantiser }) => quantiser === RIVAL).map((row) => [row.photograph, row]))
  const rows = [...new Set(here.map(({ quantiser }) => quantiser))].map((quantiser) => {
    const own = here.filter((row) => row.quantiser === quantiser)
    const ratio = (key) => {
      // A photograph that has no more colours than asked for is without error for those who can.
      const logs = own
        .filter((row) => row[key] > 0 && rivals.get(row.photograph)[key] > 0)
        .map((row) => Math.log(row[key] / rivals.get(row.photograph)[key]))
      return Math.exp(logs.reduce((sum, x) => sum + x, 0) / logs.length)
    }
    const noWorse = own.filter((row) => row.mean <= rivals.get(row.photograph).mean).length
    return {
      order: ratio('mean'),
      cells: [
        quantiser,
        thousandths(meanOf(own.map(({ mean }) => mean))),
        ratio('mean').toFixed(3),
        ratio('rootMeanSquare').toFixed(3),
        `${noWorse} of ${own.length}`,
        ratio('seconds').toFixed(2),
      ],
    }
  })
  const header = [
    `${colours} colours`,
    'mean error × 1000',
    'beside libimagequant',
    'root mean square, beside it',
    'no worse on',
    'time beside it',
  ]
  return table([header, ...rows.sort((a, b) => a.order - b.order).map(({ cells }) => cells)])
}

/** Ours beside the rival, photograph by photograph. */
function photographTable(results) {
  const names = [...new Set(results.map(({ photograph }) => photograph))]
  const cell = (photograph, colours, quantiser) =>
    results.find((row) => row.photograph === photograph && row.colours === colours && row.quantiser === quantiser)
  const rows = names.map((name) => [
    name,
    ...COLOURS.flatMap((colours) => {
      const [own, rival] = [OURS, RIVAL].map((quantiser) => cell(name, colours, quantiser))
      return [
        `${thousandths(own.mean)} / ${thousandths(rival.mean)}`,
        `${milliseconds(own.seconds)} / ${milliseconds(rival.seconds)}`,
      ]
    }),
  ])
  const header = ['ours / libimagequant', ...COLOURS.flatMap((colours) => [`${colours}: error × 1000`, 'ms'])]
  return table([header, ...rows])
}

function table([header, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

function writeTables(text) {
  const path = join(root, 'docs', 'palette.md')
  const [before, , after] = readFileSync(path, 'utf8').split(/<!-- (?:tables|end) -->\n/)
  writeFileSync(path, `${before}<!-- tables -->\n${text}\n<!-- end -->\n${after}`)
  console.log(`Written: ${path}`)
}

function meanOf(values) {
  return values.reduce((sum, x) => sum + x, 0) / values.length
}

function thousandths(x) {
  return (1000 * x).toFixed(3)
}

function milliseconds(seconds) {
  return (1000 * seconds).toFixed(0)
}
