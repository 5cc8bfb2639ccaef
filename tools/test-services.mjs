// The tests against real programs, which make what they need: a Python environment. They fail, and do not skip, where it
// cannot be had. Closes with one line of counts; arguments go to vitest.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closingLine, none } from './counts.mjs'
import { binOf, runNode } from './process.mjs'

const folder = mkdtempSync(join(tmpdir(), 'som-services-'))
const report = join(folder, 'counts.json')
const { code } = await runNode(
  [
    binOf('vitest'),
    'run',
    '--config=tools/services/vitest.config.ts',
    '--reporter=default',
    '--reporter=./tools/counting-reporter.mjs',
    ...process.argv.slice(2),
  ],
  { direct: true, env: { SOM_TEST_COUNTS: report } },
)
const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : none
rmSync(folder, { recursive: true, force: true })
if (code !== 0 && counts.failed === 0) counts.failed = 1
console.log(closingLine(counts))
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1
