type Metrics = Readonly<Record<string, number>>

/** The parts of a recorded line that matter for later lines. */
export interface Line {
  readonly event: string
  readonly step?: number
  readonly metrics?: Readonly<Record<string, unknown>>
  readonly name?: string
}

/** What was recorded about a run before this process continued it, so that nothing is recorded twice. */
export class Remembered {
  private readonly seen = new Set<string>()

  /** Remembers an existing line. */
  see({ event, step, metrics, name }: Line): void {
    if (event === 'log') for (const metric of Object.keys(metrics ?? {})) this.seen.add(`log ${step} ${metric}`)
    else if (event === 'artefact' || event === 'register') this.seen.add(`${event} ${name}`)
    else this.seen.add(event)
  }

  /** Whether the run is new. */
  start(): boolean {
    return this.isFirst('start')
  }

  /** Whether the run was started and has not ended. */
  end(): boolean {
    return this.seen.has('start') && this.isFirst('end')
  }

  /** The numbers of a step that were not recorded before; null if all were. */
  news(metrics: Metrics, step: number): Metrics | null {
    const news = Object.entries(metrics).filter(([name]) => !this.seen.has(`log ${step} ${name}`))
    return news.length > 0 ? Object.fromEntries(news) : null
  }

  has(event: 'artefact' | 'register', name: string): boolean {
    return this.seen.has(`${event} ${name}`)
  }

  private isFirst(event: string): boolean {
    if (this.seen.has(event)) return false
    this.seen.add(event)
    return true
  }
}
