import type { Issue } from '@som/core'
import type { Frame, Reply, Request, WorkerApi } from './worker-api.ts'

/** What is wrong with what the worker was asked, as an error. */
export class WorkError extends Error {
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n'))
    this.issues = issues
  }
}

let worker: Worker | null = null
let asked = 0
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()

/** Called with each picture of a map in training. */
export const frames: { show: (frame: Frame) => void } = { show: () => {} }

/** Asks the worker to do something; rejects with a `WorkError` where it cannot. */
export function ask<K extends keyof WorkerApi>(
  name: K,
  ...args: Parameters<WorkerApi[K]>
): Promise<ReturnType<WorkerApi[K]>> {
  const id = ++asked
  const request: Request = { id, name, args }
  running().postMessage(request)
  return new Promise((resolve, reject) => waiting.set(id, { resolve: resolve as (value: unknown) => void, reject }))
}

function running(): Worker {
  if (worker !== null) return worker
  worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    if ('frame' in data) return frames.show(data.frame)
    const { resolve, reject } = waiting.get(data.id) ?? {}
    waiting.delete(data.id)
    if ('issues' in data) reject?.(new WorkError(data.issues))
    else resolve?.(data.value)
  })
  worker.addEventListener('error', ({ message }) => {
    const error = new WorkError([
      { path: '', message: `the part that trains has stopped (${message || 'out of memory?'}); try fewer rows` },
    ])
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    worker?.terminate()
    worker = null
  })
  return worker
}
