import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { keepAwake } from './awake.ts'

// Where there is no chrt, --awake says so and ends.
const absent = spawnSync('chrt', ['--version']).error !== undefined

test.skipIf(absent)('loops are of the idle class, and end when they are told to', async () => {
  const { pids, end } = await keepAwake(2)
  try {
    expect(pids).toHaveLength(2)
    for (const pid of pids)
      await expect
        .poll(() => execFileSync('chrt', ['--pid', String(pid)], { encoding: 'utf8' }), { timeout: 60_000 })
        .toContain('SCHED_IDLE')
  } finally {
    end()
  }
  for (const pid of pids) await expect.poll(() => alive(pid), { timeout: 60_000 }).toBe(false)
})

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
