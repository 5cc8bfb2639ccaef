import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type RandomSource, random } from '@som/core'
import { type NpyData, writeNpy } from './npy.ts'
import { cacheFolder } from './paths.ts'

/** Standard deviations around their centre, 1; centres lie in a cube of this half side. */
const CENTRE_RANGE = 5

/** One number from the normal distribution. G. Box, M. Muller 1958. */
function normal(source: RandomSource): number {
  return Math.sqrt(-2 * Math.log(1 - source())) * Math.cos(2 * Math.PI * source())
}

/** Rows around centres drawn from U(-5, 5), with deviation 1, in random order. */
export function clusters(rows: number, features: number, centres: number, seed: number): Float32Array {
  const source = random(seed, 'clusters', features, centres)
  const middle = Float64Array.from({ length: centres * features }, () => (2 * source() - 1) * CENTRE_RANGE)
  const data = new Float32Array(rows * features)
  for (let i = 0; i < rows; i++) {
    const centre = Math.floor(source() * centres)
    for (let f = 0; f < features; f++) data[i * features + f] = middle[centre * features + f] + normal(source)
  }
  return data
}

/** Numbers from U(0, 1). */
export function uniform(count: number, seed: number, purpose: string): Float32Array {
  return Float32Array.from({ length: count }, random(seed, purpose))
}

/** The path of a cached array: made once for its name and parameters, and then handed to every contender alike. */
export function cached(name: string, parameters: Parameters, shape: readonly number[], make: () => NpyData): string
export function cached(
  name: string,
  parameters: Parameters,
  shape: readonly number[],
  make: () => Promise<NpyData>,
): Promise<string>
export function cached(
  name: string,
  parameters: Parameters,
  shape: readonly number[],
  make: () => NpyData | Promise<NpyData>,
): string | Promise<string> {
  const digest = createHash('sha256')
    .update(JSON.stringify([name, parameters, shape]))
    .digest('hex')
    .slice(0, 16)
  const folder = join(cacheFolder, 'data')
  const path = join(folder, `${name}-${digest}.npy`)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    const made = make()
    if (made instanceof Promise) return made.then((data) => keep(path, data, shape))
    return keep(path, made, shape)
  }
  return path
}

type Parameters = Readonly<Record<string, string | number>>

function keep(path: string, data: NpyData, shape: readonly number[]): string {
  writeNpy(`${path}.part`, data, shape)
  renameSync(`${path}.part`, path)
  return path
}
