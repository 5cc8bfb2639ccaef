import type { Trial } from '@som/core'
import { counted, duration, figure } from '../text.ts'

/** One line on a terminal that is overwritten; nothing if `stream` is not a terminal. */
export interface Progress {
  /** Shows what is done so far, by default as a share from 0 to 1, with rate and time left. */
  show(done: number): void
  /** Clears the line. */
  clear(): void
}

const BETWEEN_LINES_MS = 100

/** Progress of `epochs` epochs over `rows` rows. */
export function progressOn(stream: NodeJS.WriteStream, epochs: number, rows: number): Progress {
  return sharesOn(
    stream,
    epochs * rows,
    (share) => `epoch ${Math.min(epochs, Math.floor(share * epochs) + 1)} of ${epochs}`,
  )
}

/**
 * Progress of something done once to each of `rows` rows, none where that is 0: `show` takes the number of rows so far.
 */
export function rowsOn(stream: NodeJS.WriteStream, doing: string, rows: number): Progress {
  if (rows === 0) return { show: () => {}, clear: () => {} }
  const { show, clear } = sharesOn(stream, rows, () => doing)
  show(0)
  return { show: (done) => show(done / rows), clear }
}

/** Shares of work that passes `rows` rows, with what `named` says is being done. */
function sharesOn(stream: NodeJS.WriteStream, rows: number, named: (share: number) => string): Progress {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} }
  const started = performance.now()
  let first: number | undefined
  let last = started
  return {
    show(share) {
      const now = performance.now()
      // A resumed run begins with a share that an earlier run did.
      first ??= share
      if (now - last < BETWEEN_LINES_MS || share <= first) return
      last = now
      const seconds = (now - started) / 1000
      const rate = ((share - first) * rows) / seconds
      const left = (seconds * (1 - share)) / (share - first)
      const done = `${named(share)}, ${Math.floor(share * 100)} %`
      overwrite(stream, `${done}, ${counted(Number(rate.toPrecision(3)), 'row')}/s, ${duration(left)} left`)
    },
    clear: () => overwrite(stream, ''),
  }
}

/** Shows a message on a terminal while `work` runs, how much of it is done, and the time left. */
export async function whileShowing<T>(text: string, work: (show: Progress['show']) => Promise<T>): Promise<T> {
  return whileSaying(text, async () => {
    const { show, clear } = shareOn(process.stderr, text)
    try {
      return await work(show)
    } finally {
      clear()
    }
  })
}

/** What is being done, its finished share, 0 to 1, and the time left. */
export function shareOn(stream: NodeJS.WriteStream, doing: string): Progress {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} }
  const started = performance.now()
  let last = 0
  return {
    show(share) {
      const now = performance.now()
      if (now - last < BETWEEN_LINES_MS) return
      last = now
      const left = share > 0 ? `, ${duration(((now - started) / 1000) * (1 / share - 1))} left` : ''
      overwrite(stream, `${doing}, ${Math.floor(share * 100)} %${left}`)
    },
    clear: () => overwrite(stream, ''),
  }
}

/** Counts trials on a terminal, with the least error so far. */
export function trialsOn(stream: NodeJS.WriteStream): { show(trial: Pick<Trial, 'error'>): void; clear(): void } {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} }
  let count = 0
  let least = Number.POSITIVE_INFINITY
  return {
    show({ error }) {
      count++
      if (error < least) least = error
      overwrite(stream, `${counted(count, 'trial')}, least error ${figure(least)}`)
    },
    clear: () => overwrite(stream, ''),
  }
}

const SECOND_MS = 1000

/** The last line that was shown. */
let shown = ''

/** Shows a message on a terminal while `work` runs, and how long it has run. */
export async function whileSaying<T>(text: string, work: () => Promise<T>): Promise<T> {
  const { stderr } = process
  if (!stderr.isTTY) return work()
  const started = performance.now()
  let own = text
  overwrite(stderr, own)
  const ticking = setInterval(() => {
    // What the work shows itself says more.
    if (shown !== own) return
    own = `${text}, ${duration((performance.now() - started) / 1000)}`
    overwrite(stderr, own)
  }, SECOND_MS)
  try {
    return await work()
  } finally {
    clearInterval(ticking)
    overwrite(stderr, '')
  }
}

/** Overwrites the last line of a terminal, cut to its width: a wrapped line could not be overwritten. */
function overwrite(stream: NodeJS.WriteStream, text: string): void {
  shown = text
  stream.write(`\r\x1b[2K${text.slice(0, (stream.columns || 80) - 1)}`)
}
