import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../lib/process.mjs'
import { edited, editsUnder } from './recipe.mjs'

const page = `# Page

## A cake

\`\`\`diff
--- cake.txt
@@
 flour
+sugar
-salt
\`\`\`

## Tests
`

test('a recipe is read hunk by hunk', () => {
  expect(editsUnder('A cake', page)).toEqual([{ file: 'cake.txt', before: 'flour\nsalt\n', after: 'flour\nsugar\n' }])
  expect(() => editsUnder('Tests', page)).toThrow('Tests: expected a block of diff below this heading, found none')
})

test('an edit needs its lines whole and once', () => {
  const [edit] = editsUnder('A cake', page)
  expect(edited('wheat flour\nflour\nsalt\n', edit)).toBe('wheat flour\nflour\nsugar\n')
  expect(() => edited('wheat flour\nsalt\n', edit)).toThrow('cake.txt: expected these lines once, found them nowhere')
  expect(() => edited('flour\nsalt\nflour\nsalt\n', edit)).toThrow('found them more than once')
})

test('the recipe for a kernel in CONTRIBUTING.md fits the sources', () => {
  const edits = editsUnder('A kernel from end to end', readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))
  expect(edits.length).toBeGreaterThan(5)
  for (const edit of edits) {
    const text = readFileSync(join(root, edit.file), 'utf8')
    expect(edited(text, edit).toLowerCase()).toContain('quartic')
  }
})
