// Installs the workspace when it is not installed yet or the lock file has changed. Quiet when there is nothing to do.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node: expected 20.19 or newer, found ${process.versions.node}. Install a newer Node and run this again.`,
  )
  process.exit(1)
}

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const stamp = join(root, 'node_modules', '.som-setup')
const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']
const digest = inputs
  .reduce((hash, file) => hash.update(readFileSync(join(root, file))), createHash('sha256'))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
  console.error('setup: installing the workspace (once)')
  const install = spawnSync(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'],
    { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, CI: 'true' }, shell: process.platform === 'win32' },
  )
  if (install.status !== 0) process.exit(install.status ?? 1)
  writeFileSync(stamp, digest)
}
