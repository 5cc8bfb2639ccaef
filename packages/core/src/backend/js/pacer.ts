import { nextTurn } from '../../next-turn.ts'
import type { Watch } from '../backend.ts'

/** How much arithmetic runs between two checks of the clock, the signal and the event loop: about 20 ms. */
const WORK_BETWEEN_PAUSES = 2e7

/** Yields to the event loop now and then during long work. */
export interface Pacer {
  /** Counts finished work, in multiply-adds. True when it is time to `pause`. */
  due(work: number): boolean
  /** Reports progress, lets waiting events run, and throws the signal's reason if it has aborted. */
  pause(share: number): Promise<void>
}

export function pacer(watch: Watch | undefined): Pacer {
  watch?.signal?.throwIfAborted()
  let done = 0
  return {
    due(work) {
      done += work
      if (done < WORK_BETWEEN_PAUSES) return false
      done = 0
      return true
    },
    async pause(share) {
      watch?.progress?.(share)
      await nextTurn()
      watch?.signal?.throwIfAborted()
    },
  }
}
