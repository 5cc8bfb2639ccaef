import { hasEnded } from '../jobs/job.ts'
import type { JobQueue } from '../jobs/queue.ts'

/** How many events are read at once. */
const AT_ONCE = 200
/** Milliseconds of silence after which a keep-alive line is sent. */
const SILENCE_MS = 15_000

/**
 * The events of a job after `after` as server-sent events, until it has ended:
 * https://html.spec.whatwg.org/multipage/server-sent-events.html They are read from disk at the client's pace, so a
 * slow client costs nothing.
 */
export async function* eventLines(
  queue: JobQueue,
  id: string,
  after: number,
  closing: AbortSignal,
): AsyncGenerator<string> {
  let wake = (): void => undefined
  let isNews = true
  const unwatch = queue.watch(id, () => {
    isNews = true
    wake()
  })
  try {
    for (let last = after; !closing.aborted; ) {
      isNews = false
      const job = queue.find(id)
      const events = queue.events(id, last, AT_ONCE)
      for (const { seq, kind, data } of events) {
        last = seq
        yield `id: ${seq}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`
      }
      if (events.length === AT_ONCE || isNews) continue
      if (job === null || hasEnded(job)) return
      const isWoken = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), SILENCE_MS)
        wake = () => {
          clearTimeout(timer)
          resolve(true)
        }
        if (isNews || closing.aborted) wake()
      })
      if (!isWoken) yield ': still there\n\n'
    }
  } finally {
    unwatch()
  }
}
