// Runs vitest in this terminal and gives what it counted.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binOf, runNode } from '../lib/process.mjs'
import { none, orCrashed } from './counts.mjs'

/** The counts of `vitest run` with these arguments; a run that crashes counts as one failure. */
export const vitest = (...args) => vitestWith({}, ...args)

/** The same with variables of the environment. */
export async function vitestWith(env, ...args) {
  const folder = mkdtempSync(join(tmpdir(), 'som-test-'))
  const report = join(folder, 'counts.json')
  const { code } = await runNode(
    [binOf('vitest'), 'run', '--reporter=default', '--reporter=./tools/test/counting-reporter.mjs', ...args],
    { direct: true, env: { ...env, SOM_TEST_COUNTS: report } },
  )
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : none
  rmSync(folder, { recursive: true, force: true })
  return orCrashed(counts, code)
}
