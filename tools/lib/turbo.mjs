// turbo finds pnpm on PATH only: put the workspace's own beside it, and send no telemetry.
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const bin = join(fileURLToPath(new URL('../..', import.meta.url)), 'node_modules', '.bin')
const turbo = spawnSync(join(bin, 'turbo'), process.argv.slice(2), {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, TURBO_TELEMETRY_DISABLED: '1' },
  shell: process.platform === 'win32',
})
process.exit(turbo.status ?? 1)
