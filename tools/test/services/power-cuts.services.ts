// What outlasts a power cut, by the system calls that strace records: a file is flushed before it takes its name, its
// folder afterwards, and nothing is acknowledged before that.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compiledSom } from '../compiled.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-power-'))
const at = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasStrace = spawnSync('strace', ['-V']).status === 0
if (!hasStrace) console.log('power cuts: skipped, as strace is not installed')

const CALLS = 'fsync,fdatasync,rename,renameat,renameat2,ftruncate,pwrite64,write,writev,sendmsg,sendto'
const traced = (trace: string, words: readonly string[]): ChildProcess =>
  spawn('strace', ['-f', '-y', '-s', '200', '-e', `trace=${CALLS}`, '-o', trace, process.execPath, ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('close', (code) => resolve(code)))

/** The calls of a trace in the order in which they began. A step that awaits another begins after it has ended. */
const callsOf = (trace: string): string[] => readFileSync(trace, 'utf8').split('\n')

/** Where the first call that matches stands, from `from` on; fails where there is none. */
function place(calls: readonly string[], wanted: RegExp, from = 0): number {
  const found = calls.findIndex((call, i) => i >= from && wanted.test(call))
  if (found < 0) throw new Error(`expected ${wanted} after call ${from}, found none`)
  return found
}

const escaped = (text: string): RegExp['source'] => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const flushOf = (path: string): RegExp => new RegExp(`(fsync|fdatasync)\\(\\d+<${path}>`)
const renameTo = (path: string): RegExp => new RegExp(`rename(at2?)?\\(.*"${path}"`)

/** A file that is written aside has been flushed, has taken its name, and its folder has been flushed. */
function placedSafely(calls: readonly string[], aside: string, path: string, inFolder: string, from = 0): number {
  const flushed = place(calls, flushOf(aside), from)
  const renamed = place(calls, renameTo(path), flushed)
  return place(calls, flushOf(escaped(inFolder)), renamed)
}

let main: string
beforeAll(async () => {
  main = await compiledSom()
  const rows = Array.from({ length: 600 }, (_, i) => `${Math.sin(i).toFixed(4)},${Math.cos(i * 1.7).toFixed(4)}`)
  writeFileSync(at('rows.csv'), `a,b\n${rows.join('\n')}\n`)
})

describe.skipIf(!hasStrace)('before a command has ended', () => {
  test('a map is flushed, and its name too', async () => {
    const words = [main, 'watch', at('rows.csv'), '-o', at('normal.som'), '--backend', 'js']
    expect(await endOf(traced(at('learn.trace'), words))).toBe(0)
    const aside = `${escaped(folder)}/\\.normal\\.som\\.[^>]*\\.tmp`
    placedSafely(callsOf(at('learn.trace')), aside, escaped(at('normal.som')), folder)
  })

  test('verdicts are flushed before the state that counts them, and so is the name of their file', async () => {
    const output = at('verdicts.ndjson')
    const words = [main, 'watch', at('normal.som'), at('rows.csv'), '-o', output, '--backend', 'js']
    expect(await endOf(traced(at('watch.trace'), words))).toBe(0)
    const calls = callsOf(at('watch.trace'))
    const opened = place(
      calls,
      flushOf(escaped(folder)),
      place(calls, new RegExp(`ftruncate\\(\\d+<${escaped(output)}>`)),
    )
    const written = place(calls, new RegExp(`write\\w*\\(\\d+<${escaped(output)}>`), opened)
    const flushed = place(calls, flushOf(escaped(output)), written)
    const aside = `${escaped(folder)}/\\.verdicts\\.ndjson\\.state\\.[^>]*\\.tmp`
    placedSafely(calls, aside, escaped(`${output}.state`), folder, flushed)
  })
})

describe.skipIf(!hasStrace)('before a server has answered', () => {
  test('an upload is flushed, its name too, and the version in the index', async () => {
    const words = [main, 'serve', '--data', at('data'), '--port', '0', '--backend', 'js']
    const server = traced(at('serve.trace'), words)
    const ended = endOf(server)
    const [address, pid] = await new Promise<[string, number]>((resolve, reject) => {
      let said = ''
      server.stdout?.on('data', (text) => {
        said += text
        const [, found] = /at (http:\S+)/.exec(said) ?? []
        // The process that strace has started.
        if (found) resolve([found, Number(readFileSync(at('serve.trace'), 'utf8').split(' ')[0])])
      })
      void ended.then((code) => reject(new Error(`ended with ${code}`)))
    })
    const answer = await fetch(`${address}/v1/maps/calm/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: readFileSync(at('normal.som')),
    })
    expect(answer.status).toBe(201)
    const { digest } = await answer.json()
    process.kill(pid, 'SIGTERM')
    expect(await ended).toBe(0)
    const calls = callsOf(at('serve.trace'))
    const models = at('data/models')
    const named = placedSafely(calls, `${escaped(models)}/\\.[^>]*\\.part`, escaped(`${models}/${digest}.som`), models)
    const committed = place(calls, flushOf(escaped(at('data/index.sqlite-wal'))), named)
    place(calls, /"HTTP\/1\.1 201/, committed)
    // Nothing was answered earlier.
    expect(calls.slice(0, committed).filter((call) => call.includes('"HTTP/1.1 201'))).toEqual([])
  })
})
