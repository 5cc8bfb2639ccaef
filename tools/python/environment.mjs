// Makes the Python environment that a lock file names, once, under .cache/python/<lock>-<digest>.
// Command line: `node tools/python/environment.mjs oracles` prints { python, installed, absent } as JSON.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const INSTALL = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps']

/**
 * The interpreter of the environment `name` (a lock file beside this one), made when it is not there yet. Below a line
 * `# optional`, a line `a==1 b==2 # a` installs alone, words with dashes are pip's own, and may fail: `absent` then
 * says why `a` is missing. Throws with a message that says what would do.
 * @param {string} name
 * @returns {{ python: string, installed: string[], absent: Record<string, string> }}
 */
export function pythonEnvironment(name) {
  const lock = join(here, `${name}.lock`)
  const text = readFileSync(lock, 'utf8')
  const host = hostPython()
  const digest = createHash('sha256').update(text).update(host.version).digest('hex').slice(0, 12)
  const home = join(root, '.cache', 'python', `${name}-${digest}`)
  const python = join(home, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const record = join(home, 'installed.json')
  if (!existsSync(record)) {
    // A half-made environment has no record, and is made again.
    rmSync(home, { recursive: true, force: true })
    mkdirSync(home, { recursive: true })
    console.error(`python: making the environment "${name}" (once)`)
    must(run(host.command, ['-m', 'venv', home]), `python: could not make a virtual environment with ${host.command}`)
    const made = install(python, text)
    writeFileSync(`${record}.part`, `${JSON.stringify(made, null, 2)}\n`)
    renameSync(`${record}.part`, record)
    console.error(`python: ${host.version}, installed ${made.installed.join(', ')}`)
    for (const [peer, reason] of Object.entries(made.absent)) console.error(`python: ${peer} is absent: ${reason}`)
  }
  return { python, ...JSON.parse(readFileSync(record, 'utf8')) }
}

function install(python, text) {
  const lines = text.split('\n').map((line) => line.trim())
  const cut = lines.indexOf('# optional')
  const needed = lines.slice(0, cut < 0 ? lines.length : cut).filter((line) => line && !line.startsWith('#'))
  const optional = cut < 0 ? [] : lines.slice(cut + 1).filter((line) => line && !line.startsWith('#'))
  must(
    run(python, [...INSTALL, ...needed]),
    'python: could not install the locked packages; is a package index within reach?',
  )
  const installed = [...needed]
  const absent = {}
  for (const line of optional) {
    const [requirements, peer] = line.split('#').map((part) => part.trim())
    const result = run(python, [...INSTALL, ...requirements.split(/\s+/)])
    if (result.status === 0) installed.push(...requirements.split(/\s+/).filter((word) => !word.startsWith('-')))
    else absent[peer] = reasonOf(result)
  }
  return { installed, absent }
}

/** The last line of the installer's output that says what went wrong. */
function reasonOf(result) {
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim())
  const telling = lines.filter(
    (line) =>
      /error|failed|no matching/i.test(line) &&
      !/likely not a problem with pip|subprocess-exited-with-error/.test(line),
  )
  return (telling.findLast((line) => /Error:|error:/.test(line)) ?? telling.at(-1) ?? 'the installer failed').slice(
    0,
    200,
  )
}

function hostPython() {
  const commands = process.env.SOM_PYTHON ? [process.env.SOM_PYTHON] : ['python3', 'python']
  for (const command of commands) {
    const probe = run(command, ['-c', 'import sys; print("Python %d.%d.%d" % sys.version_info[:3])'])
    const version = probe.stdout?.trim() ?? ''
    const [, major, minor] = version.match(/^Python (\d+)\.(\d+)/) ?? []
    if (Number(major) === 3 && Number(minor) >= 11) return { command, version }
  }
  throw new Error(
    `python: expected Python 3.11 or newer as ${commands.join(' or ')}; install it, or name one in SOM_PYTHON`,
  )
}

function run(command, args) {
  return spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
}

function must(result, message) {
  if (result.status !== 0)
    throw new Error(`${message}\n${result.stderr || result.stdout || result.error?.message}`.trim())
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(JSON.stringify(pythonEnvironment(process.argv[2] ?? 'oracles')))
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
