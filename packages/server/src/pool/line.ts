/** Thrown to whom a line has no place for, or no turn in time. */
export class LineFull extends Error {
  override readonly name = 'LineFull'
}

interface LineLimits {
  /** How many have their turn at once. */
  readonly atOnce: number
  readonly mostWaiting: number
  /** Milliseconds that each may wait. */
  readonly mostMs: number
}

/**
 * A line in which callers wait for their turn, first come first served. Who leaves has no turn. piscina's own queue
 * cannot be left without ending a thread if the task has just begun, and its time limit would count the waiting.
 */
export class Line {
  private readonly limits: LineLimits
  private readonly waiting = new Set<() => void>()
  private busy = 0

  constructor(limits: LineLimits) {
    this.limits = limits
  }

  /** Waits for a turn, does the work, and gives the turn on. Throws a `LineFull`, or the reason of `left`. */
  async inTurn<T>(work: () => Promise<T>, left?: AbortSignal): Promise<T> {
    left?.throwIfAborted()
    const { atOnce, mostWaiting } = this.limits
    if (this.busy < atOnce) this.busy++
    else if (this.waiting.size < mostWaiting) await this.wait(left)
    else throw new LineFull()
    try {
      return await work()
    } finally {
      this.next()
    }
  }

  /** Resolves once the turn of another was given on. */
  private wait(left: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.waiting.delete(take)
        clearTimeout(timer)
        left?.removeEventListener('abort', leave)
      }
      const take = (): void => {
        end()
        resolve()
      }
      const leave = (): void => {
        end()
        reject(left?.reason)
      }
      const timer = setTimeout(() => {
        end()
        reject(new LineFull())
      }, this.limits.mostMs)
      this.waiting.add(take)
      left?.addEventListener('abort', leave)
    })
  }

  private next(): void {
    const [first] = this.waiting
    if (first === undefined) this.busy--
    else first()
  }
}
