import { fitTargets, matrix, random, train } from '@som/core'
import { expect, it } from 'vitest'
import { decode, encode } from './safetensors.ts'
import { decodeModel, encodeModel } from './som-file.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}
const draw = random(1, 'targets')
const samples = matrix(40, 2, Float32Array.from({ length: 80 }, draw))
const size = Array.from({ length: 40 }, (_, i) => samples.data[2 * i] - samples.data[2 * i + 1] ** 2)
const kind = size.map((y) => (y > 0.2 ? 'é "large"' : 'small'))
const trained = (await train({ samples, lattice: { rows: 3, columns: 2 }, epochs: 2 })).unwrapOrElse(fail)
const som = (await fitTargets(trained, samples, { kind, size })).unwrapOrElse(fail)
const bytes = Buffer.concat(encodeModel(som).unwrapOrElse(fail))
const { metadata, tensors } = decode(bytes).unwrapOrElse(fail)

it('a file gives back the targets that were put into it, and the same bytes again', () => {
  const read = decodeModel(bytes).unwrapOrElse(fail)
  expect(read).toEqual(som)
  expect(Buffer.concat(encodeModel(read).unwrapOrElse(fail))).toEqual(bytes)
})

/**
 * The message for a file whose description or tensors were changed; of version 1, which has no digest to notice first.
 */
function refusal(
  change: (targets: Record<string, unknown>[]) => void,
  changed: Record<string, Float32Array> = {},
): string {
  const described = JSON.parse(metadata.som)
  change(described.targets)
  const all = new Map(tensors)
  for (const [name, data] of Object.entries(changed)) all.set(name, { shape: [data.length], data })
  const parts = encode({ metadata: { format: 'som', version: '1', som: JSON.stringify(described) }, tensors: all })
  const read = decodeModel(Buffer.concat(parts), 'map')
  return read.isErr ? read.error.issues.map(({ path, message }) => `${path}: ${message}`).join('\n') : 'read'
}

it.each<[string, (targets: Record<string, unknown>[]) => void, Record<string, Float32Array>, RegExp]>([
  ['as it was', () => {}, {}, /^read$/],
  ['with models of another size', () => {}, { target_0: new Float32Array(7) }, /^map: target_0: expected 6 x \d x 2 /],
  [
    'with residuals out of order',
    () => {},
    { target_1_residuals: Float32Array.of(2, 1) },
    /target_1_residuals: .*ascend/,
  ],
  [
    'without residuals',
    () => {},
    { target_1_residuals: new Float32Array() },
    /target_1_residuals: expected at least 1 /,
  ],
  [
    'with no spread',
    () => {},
    { target_1_spread: new Float32Array(6) },
    /target_1_spread: expected 6 finite numbers above 0/,
  ],
  ['with one name twice', ([a, b]) => Object.assign(b, { name: a.name }), {}, /names of targets must be unique/],
  ['with one class', ([a]) => Object.assign(a, { classes: ['x'] }), {}, /targets/],
  ['with other settings', ([a]) => Object.assign(a, { settings: { radius: 0 } }), {}, /targets/],
  ['with a tensor of nothing', () => {}, { target_9_other: new Float32Array(1) }, /expected only tensors of a map/],
])('a file is read or refused %s', (_, change, changed, message) => {
  expect(refusal(change, changed)).toMatch(message)
})
