import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment } from '../../python/environment.mjs'

const scripts = fileURLToPath(new URL('../../python/', import.meta.url))

/**
 * Runs a script of `tools/python` in the environment of the oracles, which is made first where it is not there; gives
 * what it prints.
 */
export function runPython(script: string, ...args: readonly string[]): string {
  return runPythonIn('oracles', script, ...args)
}

/** As `runPython`, in the environment of another lock file. */
export function runPythonIn(environment: string, script: string, ...args: readonly string[]): string {
  const { python } = pythonEnvironment(environment)
  const ended = spawnSync(python, [join(scripts, script), ...args], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (ended.status !== 0) throw new Error(`${script} failed\n${ended.stderr}`)
  return ended.stdout
}
