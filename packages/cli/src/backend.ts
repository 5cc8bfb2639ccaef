import { type Backend, firstOf, type Issue, js, type Task } from '@som/core'
import Result from 'true-myth/result'

export const BACKENDS = ['auto', 'native', 'js'] as const
type BackendName = (typeof BACKENDS)[number]

/** The backend by its name on the command line. `auto` takes native where it can run. */
export async function backendOf(name: BackendName, threads: number | undefined): Promise<Result<Backend, Issue>> {
  if (name === 'js') return Result.ok(js())
  const native = await nativeBackend(threads)
  if (native !== null) return Result.ok(name === 'native' ? native : firstOf(native, js()))
  if (name === 'auto') return Result.ok(js())
  return Result.err({ path: '--backend', message: 'native: this build has none; use --backend js' })
}

async function nativeBackend(threads: number | undefined): Promise<Backend | null> {
  const found: { native?: (options: { threads?: number }) => Backend } = await import('@som/native')
  return found.native?.({ threads }) ?? null
}

/** Which backend runs `task`, and why others do not. */
export function runsOn(
  backend: Backend,
  task: Task,
): { name: string; passedOver: readonly { name: string; reason: string }[] } {
  const choice = backend.choose?.(task)
  return { name: choice?.backend.name ?? backend.name, passedOver: choice?.passedOver ?? [] }
}
