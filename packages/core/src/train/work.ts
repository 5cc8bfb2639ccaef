import type { Matches, Rows, Session, Watch } from '../backend/backend.ts'
import type { Seen } from '../som.ts'
import type { Tally } from './epoch.ts'

/** How a run passes over its rows: in memory, resident in a session, or stored and read again in each pass. */
export interface Work {
  readonly rows: Rows
  epoch(session: Session, epoch: number, begin: Tally, watch: Watch): Promise<Tally>
  /** Rejects if the signal aborts. Hands on the matches where it has all of them at once. */
  seen(session: Session, watch: Watch, onMatches?: (matches: Matches) => void): Promise<Seen>
  /** Mean squared distance of the rows from their mean. */
  variance(): number
}
