type Metrics = Readonly<Record<string, number>>

/** A line of a record, as far as it matters to what comes after it. */
export interface Line {
  readonly event: string
  readonly step?: number
  readonly metrics?: Readonly<Record<string, unknown>>
  readonly name?: string
}

/** What a record told of a run before this process went on with it, so that nothing is told twice. */
export class Remembered {
  private readonly seen = new Set<string>()

  /** Remembers a line that is there. */
  see({ event, step, metrics, name }: Line): void {
    if (event === 'log') for (const metric of Object.keys(metrics ?? {})) this.seen.add(`log ${step} ${metric}`)
    else if (event === 'artefact' || event === 'register') this.seen.add(`${event} ${name}`)
    else this.seen.add(event)
  }

  /** Whether the run begins only now. */
  start(): boolean {
    return this.isFirst('start')
  }

  /** Whether the run, which was begun, ends only now. */
  end(): boolean {
    return this.seen.has('start') && this.isFirst('end')
  }

  /** The numbers of a step that were not told before; null where all were. */
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
