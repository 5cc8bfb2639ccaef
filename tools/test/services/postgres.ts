import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort } from '../../lib/free-port.mjs'

/** A PostgreSQL of our own on the loopback, whose users need their password. */
export interface OwnPostgres {
  readonly port: number
  readonly user: string
  readonly password: string
  stop(): Promise<void>
  /** Lets it listen again, with what it had. */
  start(): Promise<void>
  remove(): Promise<void>
}

/** It refuses to be run by root, and runs as this user then. */
const NOBODY = 65_534
const DEBIAN = '/usr/lib/postgresql'

/** Makes and starts one in a folder of its own. Throws where PostgreSQL is not installed. */
export async function ownPostgres(password: string): Promise<OwnPostgres> {
  const bin = binaries()
  const folder = mkdtempSync(join(tmpdir(), 'som-postgres-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  const as = { cwd: folder, ...(isRoot && { uid: NOBODY, gid: NOBODY }) }
  const [data, secret] = [join(folder, 'data'), join(folder, 'password')]
  writeFileSync(secret, `${password}\n`)
  const init = ['-D', data, '-U', 'som', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--no-sync']
  const made = spawnSync(join(bin, 'initdb'), init, { ...as, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed\n${made.stderr ?? made.error?.message}`)
  const port = await freePort()
  let server: ChildProcess | undefined
  const start = async (): Promise<void> => {
    const words = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', '', '-F']
    const child = spawn(join(bin, 'postgres'), words, { ...as, stdio: ['ignore', 'ignore', 'pipe'] })
    server = child
    let told = ''
    await new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (text) => {
        told = (told + text).slice(-10_000)
        if (told.includes('ready to accept connections')) resolve()
      })
      child.once('exit', () => reject(new Error(`postgres ended\n${told}`)))
    })
  }
  const stop = async (): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    // The signal by which it cuts its clients off.
    server.kill('SIGINT')
    await ended
  }
  await start()
  return {
    ...{ port, user: 'som', password, stop, start },
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function binaries(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : []
  const debian = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN, version, 'bin'))
  const onPath = (process.env.PATH ?? '').split(delimiter)
  const found = [...debian, ...onPath].find((folder) => existsSync(join(folder, 'initdb')))
  if (found !== undefined) return found
  throw new Error('expected PostgreSQL with its server, found none; on Debian: apt-get install postgresql')
}
