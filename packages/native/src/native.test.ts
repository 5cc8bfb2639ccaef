import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstOf, js, train } from '@som/core'
import { describeBackend, drawClusters, drawMatrix } from '@som/core/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { loadFile, loadNative } from './load.ts'
import { native } from './native.ts'

const loaded = loadNative()
const absent = loaded.isErr ? ` (skipped: ${loaded.error})` : ''
const task = {
  lattice: { cell: 'rectangular', shape: 'sheet', rows: 20, columns: 20 },
  metric: 'euclidean',
  kernel: 'gaussian',
} as const

describe.skipIf(loaded.isErr)(`with the addon${absent}`, () => {
  for (const threads of [1, 2, 3, 8]) describeBackend({ ...native({ threads }), name: `native, ${threads} threads` })

  it("a user's own metric or kernel is rejected with the reason, and goes to js", () => {
    const metric = { name: 'mine', distance: () => 0 }
    expect(native().rejects({ ...task, metric })).toBe('the metric mine is your own function, which runs on js only')
    const kernel = { name: 'own', influence: () => 1 }
    expect(native().rejects({ ...task, kernel })).toContain('the kernel own is your own function')
    expect(firstOf(native(), js()).choose?.({ ...task, metric })?.backend.name).toBe('js')
  })

  it('trains the same map as js to the bit, by every rule', async () => {
    const samples = drawClusters(400, 6, 5, 3)
    for (const rule of ['batch', 'online', 'mini-batch'] as const) {
      const options = { samples, rule, epochs: 6, seed: 4 }
      const [here, there] = [await train(options), await train(options, { backend: native({ threads: 2 }) })]
      if (here.isErr || there.isErr) throw new Error('the options are good')
      expect(there.value.codebook).toEqual(here.value.codebook)
      expect(there.value.seen).toEqual(here.value.seen)
      expect(there.value.training).toEqual({ ...here.value.training, backend: 'native' })
    }
  })

  it('a long epoch is off the event loop, tells progress, and stops within a second of being asked', async () => {
    const session = await native().open(
      { ...task, lattice: { ...task.lattice, rows: 300, columns: 300 } },
      { matrix: drawMatrix(60_000, 64, 1) },
      drawMatrix(90_000, 64, 2),
    )
    const controller = new AbortController()
    const shares: number[] = []
    let turns = 0
    const turning = setInterval(() => turns++, 1)
    let askedAt = 0
    const epoch = session.epoch(
      { rule: 'batch', radius: 3 },
      {
        signal: controller.signal,
        progress: (share) => {
          shares.push(share)
          if (shares.length !== 3) return
          askedAt = performance.now()
          controller.abort(new Error('enough'))
        },
      },
    )
    await expect(epoch).rejects.toThrow('enough')
    clearInterval(turning)
    // The contract's own second: not a speed test.
    expect(performance.now() - askedAt).toBeLessThan(1000)
    expect(turns).toBeGreaterThan(3)
    expect(shares[0]).toBeLessThan(shares[2])
    session.close()
  })

  it('a panic is an error, closes its session, and the process continues', async () => {
    const { addon } = loaded.unwrapOrElse((reason) => {
      throw new Error(reason)
    })
    const session = new addon.NativeSession(
      { ...task.lattice, metric: 'euclidean', kernel: 'gaussian' },
      2,
      new Float32Array(800),
      2,
    )
    await expect(session.panic()).rejects.toThrow('the native backend failed and its session is closed: asked to')
    await expect(session.codebook()).rejects.toThrow('closed')
    expect((await train({ samples: drawMatrix(20, 2, 1), epochs: 1 }, { backend: native() })).isOk).toBe(true)
  })

  it('a thousand sessions give their memory back', async () => {
    const samples = { matrix: drawMatrix(200, 50, 1) }
    const codebook = drawMatrix(400, 50, 2)
    const cycle = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        const session = await native({ threads: 2 }).open(task, samples, codebook)
        await session.epoch({ rule: 'batch', radius: 2 })
        await session.match()
        session.close()
      }
    }
    await cycle(300)
    const before = process.memoryUsage().rss
    await cycle(1000)
    // A session holds 0.5 MB: a leak of each would be 500 MB, of a tenth of each 50 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6)
  })

  it('calls made together run in their order', async () => {
    const session = await native().open(task, { matrix: drawMatrix(100, 3, 1) }, drawMatrix(400, 3, 2))
    const [, middle, , end] = await Promise.all([
      session.epoch({ rule: 'batch', radius: 4 }),
      session.codebook(),
      session.epoch({ rule: 'batch', radius: 1 }),
      session.codebook(),
    ])
    expect(middle.data).not.toEqual(end.data)
    session.close()
  })

  it('closing during a call ends the call', async () => {
    const session = await native().open(task, { matrix: drawMatrix(200_000, 30, 1) }, drawMatrix(400, 30, 2))
    const epoch = session.epoch({ rule: 'batch', radius: 1 })
    setTimeout(() => session.close(), 20)
    await expect(epoch).rejects.toThrow('closed during the call')
  })

  it('samples whose buffer was given away, and zero samples, are reported', async () => {
    const rows = drawMatrix(10, 3, 1)
    const session = await native().open(task, { matrix: rows }, drawMatrix(400, 3, 2))
    structuredClone(rows.data.buffer, { transfer: [rows.data.buffer as ArrayBuffer] }) // drawMatrix makes no shared buffer
    const told = 'expected 30 numbers, found 0: was their buffer transferred?'
    await expect(session.match()).rejects.toThrow(told)
    await expect(session.epoch({ rule: 'batch', radius: 1 })).rejects.toThrow(told)
    const online = {
      rule: 'online',
      order: Uint32Array.of(0),
      radius: Float32Array.of(1),
      rate: Float32Array.of(0.5),
    } as const
    await expect(session.epoch(online)).rejects.toThrow(told)
    session.close()
    const empty = await native().open(task, { matrix: drawMatrix(0, 3, 1) }, drawMatrix(400, 3, 2))
    expect((await empty.match()).unit).toHaveLength(0)
    expect(await empty.epoch({ rule: 'batch', radius: 1 })).toEqual({ distance: 0, weight: 0 })
    empty.close()
  })

  it('a number of threads that cannot be is refused', () => {
    expect(() => native({ threads: -1 })).toThrow('threads: expected an integer from 1 to 1024, found -1')
    expect(() => native({ threads: 1.5 })).toThrow('found 1.5')
  })
})

describe('the loader', () => {
  const folder = mkdtempSync(join(tmpdir(), 'som-native-'))
  afterAll(async () => {
    const { rmSync } = await import('node:fs')
    rmSync(folder, { recursive: true })
  })

  it('names the file that is not there', () => {
    const found = loadNative({ SOM_NATIVE_PATH: join(folder, 'nothing.node') })
    expect(found.isErr && found.error).toMatch(/^SOM_NATIVE_PATH: .*nothing\.node: no such file$/)
  })

  it('says why a file that is not an addon does not load', () => {
    const path = join(folder, 'text.node')
    writeFileSync(path, 'no addon')
    const found = loadFile(path)
    expect(found.isErr && found.error).toContain('cannot load the addon on this machine')
  })

  it.skipIf(loaded.isErr || process.platform !== 'linux')(
    `refuses an addon that was cut short anywhere, and the process lives${absent}`,
    () => {
      const whole = readFileSync(
        loaded.unwrapOrElse((reason) => {
          throw new Error(reason)
        }).from,
      )
      const path = join(folder, 'truncated.node')
      // Within the header, the segments' headers, and each quarter of the segments.
      for (const length of [0, 10, 64, 1000, 5000, ...[1, 2, 3].map((i) => Math.floor((whole.length * i) / 4))]) {
        writeFileSync(path, whole.subarray(0, length))
        const found = loadNative({ SOM_NATIVE_PATH: path })
        expect(found.isErr && found.error, `${length} bytes`).toMatch(
          length === 0
            ? /^SOM_NATIVE_PATH: .*truncated\.node: cannot load the addon on this machine/
            : /^SOM_NATIVE_PATH: .*truncated\.node: the addon is damaged: a truncated file that lacks \d+ bytes/,
        )
      }
      writeFileSync(path, whole)
      expect(loadNative({ SOM_NATIVE_PATH: path }).isOk).toBe(true)
    },
  )

  it('refuses another module, and an addon of another version', () => {
    const other = join(folder, 'other.cjs')
    writeFileSync(other, 'module.exports = { version: () => "1" }')
    expect(loadFile(other).isErr && loadFile(other)).toMatchObject({
      error: expect.stringContaining('found another module'),
    })
    const older = join(folder, 'older.cjs')
    writeFileSync(
      older,
      'module.exports = { version: () => "0.0.0-older", knows() {}, NativeSession: class {}, CancelToken: class {} }',
    )
    expect(loadFile(older).isErr && loadFile(older)).toMatchObject({
      error: expect.stringMatching(/expected the addon of version .*, found 0\.0\.0-older/),
    })
    expect(existsSync(older)).toBe(true)
  })
})
