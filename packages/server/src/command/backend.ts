import { type Backend, firstOf, type Issue, js } from '@som/core'
import type { Task } from '@som/core/backend'
import Result from 'true-myth/result'
import type { BackendName } from '../settings/backend-names.ts'
import { note } from './issues.ts'

/** The backend by its name on the command line. */
export async function backendOf(name: BackendName, threads: number | undefined): Promise<Backend> {
  if (name === 'js') return js()
  const native = await nativeOrNone(threads)
  if (name === 'gpu') return gpuOrNone(firstOf(native, js()))
  return name === 'native' ? native : firstOf(native, js())
}

/** Loaded only if it is named: finding an adapter takes its time, and the package that finds it is optional. */
async function gpuOrNone(rest: Backend): Promise<Backend> {
  try {
    const { gpu } = await import('@som/gpu')
    return await gpu({ rest, onRest: (what) => note(`gpu: ${what}`) })
  } catch (error) {
    return noneOf('gpu', error)
  }
}

/** Loaded only if it may run: the addon is megabytes. A server may do without the package. */
async function nativeOrNone(threads: number | undefined): Promise<Backend> {
  try {
    return (await import('@som/native')).native({ threads })
  } catch (error) {
    return noneOf('native', error)
  }
}

/** Replaces a backend whose package is not installed. */
function noneOf(name: 'native' | 'gpu', error: unknown): Backend {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
  const reason = `@som/${name} is not installed`
  return {
    name,
    rejects: () => `${reason}; npm install @som/${name}`,
    open: () => Promise.reject(new Error(reason)),
  }
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
    return Result.err([
      {
        path: '--backend',
        message: `${backend.name}: ${refusal}; try --backend ${backend.name === 'gpu' ? 'auto' : 'js'}`,
      },
    ])
  const choice = backend.choose?.(task)
  return Result.ok({ name: choice?.backend.name ?? backend.name, passedOver: choice?.passedOver ?? [] })
}
