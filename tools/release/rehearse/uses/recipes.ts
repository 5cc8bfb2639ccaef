// One of each recipe's tasks, on data made here: colours of an image, groups of rows, a reading that is not normal.
import { match, samplesOf } from '@som/core'
import {
  countColours,
  encodeIndexedPng,
  hexOf,
  indexImage,
  LEVELS,
  learnNormal,
  makePalette,
  openWatcher,
  segment,
} from '@som/recipes'

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

async function palette(): Promise<string> {
  const [width, height] = [16, 16]
  const colours = [[200, 30, 30, 255], [30, 160, 60, 255], [20, 40, 180, 255]] // biome-ignore format: a table
  const data = Uint8Array.from(
    Array.from({ length: width * height }, (_, i) => colours[i % 3] ?? fail('a colour')).flat(),
  )
  const image = { width, height, data }
  const made = (await makePalette(countColours(image), { colours: 3 })).unwrapOrElse(fail)
  const indexed = (await indexImage(image, made)).unwrapOrElse(fail)
  const png = await encodeIndexedPng(indexed)
  return `${made.colours.map(hexOf).sort().join(' ')} as ${String.fromCharCode(...png.slice(1, 4))}`
}

async function segments(): Promise<string> {
  const kinds = [[20, 1], [400, 3], [35, 12]] // biome-ignore format: a table
  const visitors = Array.from({ length: 150 }, (_, i) =>
    (kinds[i % 3] ?? fail('a kind')).map((value, f) => value * (1 + ((i * (f + 7)) % 11) / 40)),
  )
  const features = ['spent', 'visits']
  const { som, segments } = (await segment(samplesOf(visitors, features), { segments: 3, draws: 5 })).unwrapOrElse(fail)
  const fresh = (await match(som, samplesOf([[390, 3]], features))).unwrapOrElse(fail)
  const name = som.clusters?.names?.[som.clusters.of[fresh.unit[0] ?? -1] ?? -1]
  return `${segments.map(({ rows }) => rows).join(' ')}; a new row is of ${name}`
}

async function watch(): Promise<string> {
  const rows = Array.from({ length: 600 }, (_, i) => [Math.sin(i), Math.sin(i) + Math.cos(7 * i) / 9])
  const learnt = (await learnNormal(samplesOf(rows, ['in', 'out']))).unwrapOrElse(fail)
  const watcher = (await openWatcher(learnt, { alpha: 0.01 })).unwrapOrElse(fail)
  const { level, causes } = await watcher.watch(Float64Array.from([0.5, 0.5, 0.5, -3]), 2)
  watcher.close()
  return `${[...level].map((one) => LEVELS[one]).join(' ')} by ${causes.get(1)?.[0]?.feature}`
}

console.log([await palette(), await segments(), await watch()].join('\n'))
