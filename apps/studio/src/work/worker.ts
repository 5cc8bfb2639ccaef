import type { Issue } from '@som/core'
import type Result from 'true-myth/result'
import { computeOn } from './backend.ts'
import { compare } from './handle-compare.ts'
import { cluster, exportMap, match, measure, open, openMap, place } from './handle-map.ts'
import { matchNew } from './handle-new-rows.ts'
import { control, drawn, train, watch } from './handle-training.ts'
import type { Frame, Reply, Request, WorkerApi } from './worker-api.ts'

type Answer<T> = T | Promise<T> | Result<T, readonly Issue[]> | Promise<Result<T, readonly Issue[]>>
type Handlers = {
  readonly [K in keyof WorkerApi]: (...args: Parameters<WorkerApi[K]>) => Answer<ReturnType<WorkerApi[K]>>
}

const post = (reply: Reply): void => self.postMessage(reply)
/** The codebook of a picture is a copy made for it, which goes over without another one. */
const postFrame = (frame: Frame): void => {
  // Memory of its own, which nothing shares.
  const codebook = frame.som.codebook.data.buffer as ArrayBuffer
  self.postMessage({ frame } satisfies Reply, { transfer: [codebook] })
}
const handlers: Handlers = {
  ...{ open, openMap, match, matchNew, cluster, place, measure, compare, exportMap, computeOn, control, watch, drawn },
  train: (chosen) => train(chosen, postFrame),
}

self.addEventListener('message', async ({ data }: MessageEvent<Request>) => {
  const { id, name, args } = data
  try {
    // The page calls by the types of `WorkerApi`.
    const handler = handlers[name] as (...args: readonly unknown[]) => Answer<unknown>
    const found = await handler(...args)
    if (!isResult(found)) post({ id, value: found })
    else if (found.isOk) post({ id, value: found.value })
    else post({ id, issues: found.error })
  } catch (error) {
    post({ id, issues: issuesOf(error) })
  }
})

const isResult = (value: unknown): value is Result<unknown, readonly Issue[]> =>
  typeof value === 'object' && value !== null && 'isOk' in value

/** A problem with a file comes as an error with its issues; anything else is ours. */
function issuesOf(error: unknown): readonly Issue[] {
  if (error instanceof Error && 'problem' in error) return (error.problem as { issues: readonly Issue[] }).issues
  return [{ path: '', message: error instanceof Error ? error.message : String(error) }]
}
