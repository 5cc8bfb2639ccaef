import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeOptions } from '@som/core/options'
import { expect, it } from 'vitest'
import { flagOf } from './option-flags.ts'

const page = fileURLToPath(new URL('../../../docs/guide/options.md', import.meta.url))

/** The page with its table made again. */
function withTable(text: string): string {
  const rows = describeOptions().map((option) => [
    ...[`\`${option.path}\``, `\`${flagOf(option.path)}\``, option.is, option.values, option.default],
  ])
  const table = [['option', 'flag', 'what it is', 'values', 'default'], Array(5).fill('---'), ...rows]
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  const [before, after] = text.split(/^## What goes together$/m)
  return `${before.replace(/^\|.*\n/gm, '').trimEnd()}\n\n${lines}\n\n## What goes together${after}`
}

it('the page of options has every option of the table, its flag, range and default (-u writes it)', async () => {
  await expect(withTable(readFileSync(page, 'utf8'))).toMatchFileSnapshot(page)
})
