import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Contender, Start } from '../contender.ts'
import { pythonFolder, root } from '../paths.ts'

/**
 * A contender written in Python: a script of `apps/bench/python`, run in one of the environments that the lock files
 * make.
 */
export function pythonContender(
  contender: Omit<Contender, 'start'> & {
    readonly script: string
    readonly args?: readonly string[]
    readonly environment: string
    readonly needs: string
  },
): Contender {
  const { script, args = [], environment, needs, ...rest } = contender
  return { ...rest, start: () => startIn(environment, needs, [join(pythonFolder, script), ...args]) }
}

function startIn(environment: string, needs: string, program: readonly string[]): Start {
  const made = environmentNamed(environment)
  if ('reason' in made) return { absent: made.reason }
  const reason = made.absent[needs]
  return reason ? { absent: reason } : { command: [made.python, ...program] }
}

type Environment = { readonly python: string; readonly absent: Record<string, string> } | { readonly reason: string }
const environments = new Map<string, Environment>()

function environmentNamed(name: string): Environment {
  const known = environments.get(name)
  if (known) return known
  const script = join(root, 'tools', 'python', 'environment.mjs')
  const ended = spawnSync(process.execPath, [script, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const made: Environment =
    ended.status === 0 ? JSON.parse(ended.stdout) : { reason: ended.stderr.trim().split('\n')[0] || 'no Python' }
  environments.set(name, made)
  return made
}
