import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { js, match, type Som, samplesOf, train } from '../../../packages/core/src/index.ts'
import { encodeModel } from '../../../packages/io/src/index.ts'
import { runPythonIn } from './python.ts'
import { type Serving, somServe } from './som-serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-clients-'))
const at = (name: string): string => join(folder, name)
const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)])
let som: Som
let serving: Serving

beforeAll(async () => {
  const options = { samples: samplesOf(rows, ['a', 'b']), lattice: { rows: 4, columns: 5 }, epochs: 3 }
  som = (await train(options, { backend: js() })).unwrapOrElse(fail)
  writeFileSync(at('map.som'), Buffer.concat(encodeModel(som).unwrapOrElse(fail)))
  serving = await somServe(['--model', at('map.som'), '--data', at('data'), '--backend', 'js', '--allow-root', folder])
})
afterAll(async () => {
  await serving?.end()
  rmSync(folder, { recursive: true, force: true })
})

function fail(found: unknown): never {
  throw new Error(JSON.stringify(found))
}

test('a client of the Open Inference Protocol that others have written gets our numbers, and our refusals', async () => {
  writeFileSync(at('rows.json'), JSON.stringify(rows))
  const found = JSON.parse(runPythonIn('clients', 'ask-inference.py', serving.address, 'som', at('rows.json')))
  const ours = (await match(som, samplesOf(rows, ['a', 'b']))).unwrapOrElse(fail)
  expect(found).toMatchObject({ live: true, ready: true, server: 'som', id: '7', refusal: '404' })
  expect(found.inputs).toEqual([{ name: 'samples', datatype: 'FP64', shape: [-1, 2] }])
  expect(found.outputs.unit).toEqual([...ours.unit])
  expect(found.outputs.distance).toEqual([...ours.distance])
  expect(found.usual).toEqual([...ours.unit])
  expect(found.types).toMatchObject({ unit: 'int64', distance: 'float64', p_value: 'float64' })
})

test('schemathesis finds no request of its own that the server answers with an error of ours', () => {
  const text = runPythonIn('clients', 'draw-requests.py', serving.address, '5')
  expect(text).toMatch(/Test cases:\n\s+(\d+) generated, \1 passed/)
})
