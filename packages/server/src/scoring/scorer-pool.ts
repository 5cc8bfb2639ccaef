import type { Backend, Som } from '@som/core'
import { Refused } from '../problem.ts'
import { Scorer } from './scorer.ts'
import type { Lease } from './serving.ts'

interface Entry {
  readonly opened: Promise<Scorer>
  users: number
}

/** Keeps the scorers of the most recently used maps. */
export class ScorerPool {
  private readonly backend: Backend
  private readonly most: number
  /** By the digest of the model file; the most recently used is last. */
  private readonly entries = new Map<string, Entry>()

  constructor(backend: Backend, most: number) {
    this.backend = backend
    this.most = most
  }

  /** The scorer for a digest; `load` reads the map if it is not open. */
  async lease(digest: string, load: () => Promise<Som>): Promise<Lease> {
    const entry = this.entries.get(digest) ?? { opened: this.open(digest, load), users: 0 }
    this.entries.delete(digest)
    this.entries.set(digest, entry)
    entry.users++
    let isHeld = true
    const release = (): void => {
      if (isHeld) entry.users--
      isHeld = false
      this.evict()
    }
    try {
      return { scorer: await entry.opened, release }
    } catch (error) {
      release()
      throw error
    }
  }

  close(): void {
    for (const { opened } of this.entries.values()) closeLater(opened)
    this.entries.clear()
  }

  private open(digest: string, load: () => Promise<Som>): Promise<Scorer> {
    const opened = load().then((som) => {
      const refusal = this.backend.rejects(som)
      if (refusal !== null) throw new Refused(422, [{ path: 'backend', message: refusal }])
      return Scorer.open(som, this.backend)
    })
    opened.catch(() => this.entries.delete(digest))
    return opened
  }

  private evict(): void {
    for (const [digest, { opened, users }] of this.entries) {
      if (this.entries.size <= this.most) return
      if (users > 0) continue
      this.entries.delete(digest)
      closeLater(opened)
    }
  }
}

function closeLater(opened: Promise<Scorer>): void {
  opened.then(
    (scorer) => scorer.close(),
    () => undefined,
  )
}
