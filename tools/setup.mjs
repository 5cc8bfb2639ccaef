// Installs the workspace when it is not installed yet, or its lock file has changed since. Silent when there is nothing
// to do. All it says goes to stderr: stdout belongs to the command that comes after it. With --installed it only notes
// that the workspace has just been installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oldest = [20, 19]
const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'tools/package.json']

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'node_modules', '.som-setup')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(`Node: expected ${oldest.join('.')} or newer, found ${process.versions.node}. Install a newer Node.`)
  process.exit(1)
}

// The folder may be shared by two systems; what is installed is for one.
const digest = inputs
  .reduce(
    (hash, file) => hash.update(readFileSync(join(root, file))),
    createHash('sha256').update(`${process.platform} ${process.arch}`),
  )
  .digest('hex')

if (process.argv.includes('--installed')) writeFileSync(stamp, digest)
else if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) install()

function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  console.error(`setup: installing the workspace with ${packageManager} (once)`)
  // An install that is broken off must not pass for a finished one.
  rmSync(stamp, { force: true })
  // npx is a script on Windows, and only a shell starts those; its arguments are all fixed words.
  const { error, signal, status } = spawnSync(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'],
    { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, CI: 'true' }, shell: process.platform === 'win32' },
  )
  if (status === 0) {
    writeFileSync(stamp, digest)
    return
  }
  const ending = error?.message ?? (signal ? `was ended by ${signal}` : `ended with exit code ${status}`)
  console.error(
    `setup: the install ${ending}. Its own words are above. If they are about the network (ENOTFOUND, ETIMEDOUT, ` +
      'ECONNREFUSED, 404), check the connection and `npm config get registry`, then give the same command again: ' +
      'what was fetched already is kept.',
  )
  process.exit(signal === 'SIGINT' ? 130 : 1)
}
