/** What a run is before its first epoch. */
export interface RunStart {
  readonly experiment: string
  readonly name?: string
  readonly parameters: Readonly<Record<string, string | number | boolean>>
  readonly tags: Readonly<Record<string, string>>
}

export type RunStatus = 'finished' | 'failed' | 'killed'

/** Keeps a run on record. No call rejects because a place is out of reach: a record is not worth a run. */
export interface Tracker {
  start(run: RunStart): Promise<void>
  /** Numbers by name at a step: an epoch, from 1 on. */
  log(metrics: Readonly<Record<string, number>>, step: number): Promise<void>
  /** A file that belongs to the run. */
  artefact(name: string, contents: Uint8Array): Promise<void>
  /** Makes the model in a folder of the run's artefacts the next version of `name`, where the place has a registry of models. */
  register(folder: string, name: string): Promise<void>
  /** What could not be recorded, in words; empty where all was. */
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

/** Tells several trackers the same. */
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
