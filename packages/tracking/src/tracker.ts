/** A run before its first epoch. */
export interface RunStart {
  readonly experiment: string
  readonly name?: string
  readonly parameters: Readonly<Record<string, string | number | boolean>>
  readonly tags: Readonly<Record<string, string>>
}

export type RunStatus = 'finished' | 'failed' | 'killed'

/** Records a run. No call rejects because a destination cannot be reached: a record is not worth losing a run. */
export interface Tracker {
  start(run: RunStart): Promise<void>
  /** Numbers by name at a step: an epoch, from 1 on. */
  log(metrics: Readonly<Record<string, number>>, step: number): Promise<void>
  /** A file of the run. */
  artefact(name: string, contents: Uint8Array): Promise<void>
  /**
   * Registers the model in a folder of the run's artefacts as the next version of `name`, if the destination has a
   * model registry.
   */
  register(folder: string, name: string): Promise<void>
  /** What could not be recorded, in words; empty if everything was. */
  end(status: RunStatus): Promise<readonly string[]>
}

/** Records nothing. */
export function none(): Tracker {
  return {
    start: async () => {},
    log: async () => {},
    artefact: async () => {},
    register: async () => {},
    end: async () => [],
  }
}

/** Records to several trackers. */
export function all(...trackers: readonly Tracker[]): Tracker {
  const each = async (tell: (tracker: Tracker) => Promise<void>): Promise<void> =>
    void (await Promise.all(trackers.map(tell)))
  return {
    start: (run) => each((tracker) => tracker.start(run)),
    log: (metrics, step) => each((tracker) => tracker.log(metrics, step)),
    artefact: (name, contents) => each((tracker) => tracker.artefact(name, contents)),
    register: (folder, name) => each((tracker) => tracker.register(folder, name)),
    end: async (status) => (await Promise.all(trackers.map((tracker) => tracker.end(status)))).flat(),
  }
}
