import { samplesOf, train } from '@som/core'
import { expect, test } from 'vitest'
import { onnxFlavour } from './onnx-flavour.ts'
import { yaml } from './yaml.ts'

const rows = Array.from({ length: 30 }, (_, i) => [Math.sin(i) * 50 + 100, Math.cos(2 * i)])
const trained = await train({
  samples: samplesOf(rows, ['size: "big"', 'é']),
  lattice: { rows: 3, columns: 4 },
  epochs: 2,
})
const som = trained.unwrapOrElse((issues) => {
  throw new Error(JSON.stringify(issues))
})
const files = new Map(
  onnxFlavour(som, Uint8Array.of(1, 2)).map(({ path, contents }) => [path, new TextDecoder().decode(contents)]),
)

test('the example is of prototypes in the units of the rows', () => {
  const { columns, data } = JSON.parse(files.get('input_example.json') ?? '')
  expect(columns).toEqual(['size: "big"', 'é'])
  expect(data).toHaveLength(3)
  for (const [size] of data) expect(size).toBeGreaterThan(40)
})

test('the signature names each feature, and says p-values only where the map has them', () => {
  expect(files.get('MLmodel')).toContain(JSON.stringify('[{"type":"double","name":"size: \\"big\\"",').slice(0, -1))
  expect(files.get('MLmodel')).toContain('p_value')
  const bare = onnxFlavour({ ...som, seen: null }, new Uint8Array())
  expect(new TextDecoder().decode(bare.find(({ path }) => path === 'MLmodel')?.contents)).not.toContain('p_value')
})

test('YAML nests lists and objects by indents, and quotes every text', () => {
  expect(yaml({ a: 1, b: ['x: y', { pip: ['z'] }], c: { d: true } })).toBe(
    'a: 1\nb:\n  - "x: y"\n  - pip:\n      - "z"\nc:\n  d: true\n',
  )
})
