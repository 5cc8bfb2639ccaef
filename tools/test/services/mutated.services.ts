// Files that are nearly right, a few of each kind; `npm run test:mutated` reads any number of them.
import { expect, test } from 'vitest'
import { runNode } from '../../lib/process.mjs'

test('files that are nearly right are read, or refused in a sentence, in time and in proportion', async () => {
  const words = ['--conditions=@som/source', '--import', 'tsx', 'tools/test/mutated/mutated.ts', '--count', '100']
  const { code, output } = await runNode(words)
  expect(code, output).toBe(0)
  expect(output).toMatch(/^\d\d passed, 0 failed, 0 skipped$/m)
}, 600_000)
