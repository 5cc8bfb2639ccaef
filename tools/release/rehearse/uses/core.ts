// Logs the bits of a small map, and where it puts a row: the same in Node and in a browser.
import { type Issue, match, type Som, samplesOf, train } from '@som/core'

const rows = Array.from({ length: 60 }, (_, i) => [Math.fround(i % 7), Math.fround((i * i) % 11)])
const samples = samplesOf(rows, ['a', 'b'])

function fail(issues: readonly Issue[]): never {
  throw new Error(issues.map(({ path, message }) => `${path}: ${message}`).join('\n'))
}

const som: Som = (await train({ samples, lattice: { rows: 4, columns: 5 }, seed: 1 })).unwrapOrElse(fail)
const bits = new Uint32Array(som.codebook.data.buffer)
const digest = bits.reduce((hash, word) => Math.imul(hash ^ word, 16777619) >>> 0, 2166136261)
const matched = await match(som, samplesOf([[2, 3]], ['a', 'b']))
console.log(`codebook ${digest.toString(16)}, unit ${matched.unwrapOrElse(fail).unit[0]}`)
