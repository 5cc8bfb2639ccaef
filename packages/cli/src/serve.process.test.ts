import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { compiledSom } from '../../../tools/test/compiled.ts'
import { answerAndEnd, serveProcess } from '../../server/test/serve-process.ts'
import { som } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-serve-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

test('som serve says where it is, answers, and ends by SIGTERM with code 0', async () => {
  writeFileSync(at('rows.csv'), 'a,b\n1,2\n3,5\n4,1\n7,8\n')
  await som('train', at('rows.csv'), '-o', at('map.som'), '--size', '2x2', '--backend', 'js')
  const program = [await compiledSom(), 'serve']
  const server = await serveProcess(['--model', at('map.som')], { program })
  const { predictions, code } = await answerAndEnd(server)
  expect(predictions).toHaveLength(1)
  expect(code).toBe(0)
})

test('som serve reads a file of settings, whose issues are reported with all others', async () => {
  writeFileSync(at('som.json'), '{"hots": "127.0.0.1", "maxRows": 0}')
  const { code, err } = await som('serve', '--config', at('som.json'), '--port', 'x')
  expect(code).toBe(2)
  expect(err).toContain('did you mean host?')
  expect(err.trimEnd().split('\n')).toHaveLength(4)
})

test('som serve reports every setting that cannot be', async () => {
  const { code, err } = await som('serve', '--port', 'x', '--host', '0.0.0.0')
  expect(code).toBe(2)
  expect(err.trimEnd().split('\n')).toHaveLength(3)
})
