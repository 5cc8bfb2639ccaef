import { counted, duration } from '../text.ts'

/** One line on stderr that is written over again; nothing where stderr is no terminal. */
export interface Progress {
  /** Says what is done now. */
  say(text: string): void
  /** Shows how much of `epochs` over `rows` is done, with rate and time left. */
  show(share: number): void
  /** Takes the line away. */
  clear(): void
}

const BETWEEN_LINES_MS = 100

export function progressOn(stream: NodeJS.WriteStream, epochs: number, rows: number): Progress {
  if (!stream.isTTY) return { say: () => {}, show: () => {}, clear: () => {} }
  const started = performance.now()
  let first: number | undefined
  let last = Number.NEGATIVE_INFINITY
  const write = (text: string): void => {
    const width = stream.columns ?? 80
    stream.write(`\r\x1b[2K${text.slice(0, width - 1)}`)
  }
  return {
    say: write,
    show(share) {
      const now = performance.now()
      // A resumed run begins with a share that it did not do.
      first ??= share
      if (now - last < BETWEEN_LINES_MS || share <= first) return
      last = now
      const seconds = (now - started) / 1000
      const rate = ((share - first) * epochs * rows) / seconds
      const left = (seconds * (1 - share)) / (share - first)
      const epoch = Math.min(epochs, Math.floor(share * epochs) + 1)
      write(`epoch ${epoch} of ${epochs}  ${Math.floor(share * 100)} %  ${rateOf(rate)}  ${duration(left)} left`)
    },
    clear: () => void stream.write('\r\x1b[2K'),
  }
}

function rateOf(rowsPerSecond: number): string {
  return `${counted(Number(rowsPerSecond.toPrecision(3)), 'row')}/s`
}
