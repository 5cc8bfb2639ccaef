import pg from 'pg'
import { Unreachable } from './unreachable.ts'

/** Runs a query; its rows are unchecked. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<{ rows: readonly unknown[]; count: number }>

/** A PostgreSQL database that several instances share. */
export interface Postgres {
  readonly ask: Ask
  /** Runs `work` as one transaction. */
  asOne<T>(work: (ask: Ask) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const CONNECT_MS = 5000
/** Longer than the sweep of a large store blocks others. */
const QUERY_MS = 60_000
const MOST_CONNECTIONS = 10

/** Connections to the database at `address`, opened when needed. */
export function openPostgres(address: string): Postgres {
  const pool = new pg.Pool({
    connectionString: address,
    application_name: 'som',
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
  })
  // An idle connection that ends is replaced; without a listener it would end the process.
  pool.on('error', () => undefined)
  return {
    ask: (text, values) => askOf(pool)(text, values),
    async asOne(work) {
      const client = await pool.connect().catch((error) => {
        throw unreachable(error)
      })
      client.on('error', ignore)
      const ask = askOf(client)
      let isBroken = true
      try {
        await ask('BEGIN')
        const value = await work(ask)
        await ask('COMMIT')
        isBroken = false
        return value
      } catch (error) {
        isBroken = await ask('ROLLBACK').then(
          () => false,
          () => true,
        )
        throw error
      } finally {
        client.off('error', ignore)
        client.release(isBroken)
      }
    },
    close: () => pool.end(),
  }
}

const ignore = (): void => undefined

const askOf =
  (client: pg.Pool | pg.PoolClient): Ask =>
  async (text, values = []) => {
    try {
      const { rows, rowCount } = await client.query(text, [...values])
      return { rows, count: rowCount ?? 0 }
    } catch (error) {
      throw unreachable(error)
    }
  }

/** Connection errors, and errors by which the database says that it is unavailable, are not bugs. */
function unreachable(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isOurs = /^[0-9A-Z]{5}$/.test(code) && !/^(08|28|3D|53|57|58)/.test(code)
  return isOurs ? error : new Unreachable('cannot reach the registry', error)
}
