import { type Backend, firstOf, type Issue, js } from '@som/core'
import type { Task } from '@som/core/backend'
import Result from 'true-myth/result'
import type { BackendName } from '../settings/backend-names.ts'

/** The backend by its name on the command line. */
export async function backendOf(name: BackendName, threads: number | undefined): Promise<Backend> {
  if (name === 'js') return js()
  const native = await nativeOrNone(threads)
  return name === 'native' ? native : firstOf(native, js())
}

/** Loaded only if it may run: the addon is megabytes. A server may do without the package. */
async function nativeOrNone(threads: number | undefined): Promise<Backend> {
  try {
    return (await import('@som/native')).native({ threads })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    return NONE
  }
}

/** Replaces native if it is not installed. */
const NONE: Backend = {
  name: 'native',
  rejects: () => '@som/native is not installed; npm install @som/native',
  open: () => Promise.reject(new Error('@som/native is not installed')),
}

/** The backend that runs a task. */
export interface Runner {
  readonly name: string
  /** Preferred backends that cannot run it, and why. */
  readonly passedOver: readonly { readonly name: string; readonly reason: string }[]
}

/** Which backend runs `task`; an issue if none can. */
export function runnerOf(backend: Backend, task: Task): Result<Runner, Issue[]> {
  const refusal = backend.rejects(task)
  if (refusal !== null)
    return Result.err([{ path: '--backend', message: `${backend.name}: ${refusal}; try --backend js` }])
  const choice = backend.choose?.(task)
  return Result.ok({ name: choice?.backend.name ?? backend.name, passedOver: choice?.passedOver ?? [] })
}
