import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTable, type Reading, readSamples, selectColumns } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-unpack-'))
const at = (name: string): string => join(folder, name)
const text = 'a;b\n1,5;2\n2,5;1\n3;7\n'

/** A zstd frame of one block that is not compressed (RFC 8878, 3.1.1). */
function zstdOf(bytes: Buffer): Buffer {
  const block = 1 | (bytes.length << 3)
  const header = [0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length, block & 255, (block >> 8) & 255, block >> 16]
  return Buffer.concat([Buffer.from(header), bytes])
}

let server: Server
let address: string
beforeAll(async () => {
  writeFileSync(at('rows.csv'), text)
  writeFileSync(at('rows.csv.gz'), gzipSync(text))
  writeFileSync(at('rows.csv.zst'), zstdOf(Buffer.from(text)))
  server = createServer((request, answer) => {
    const name = new URL(request.url ?? '/', 'http://x').pathname.slice(1)
    if (name === 'endless.csv') {
      const write = (): void => {
        if (!answer.destroyed) answer.write('1,2\n'.repeat(10_000), () => setImmediate(write))
      }
      write()
    } else if (name === 'broken.csv') answer.write('a,b\n1,2\n', () => answer.destroy())
    else if (!/^rows/.test(name)) answer.writeHead(404).end()
    else answer.end(readFileSync(at(name)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const MIB = 2 ** 20

async function rowsOf(path: string): Promise<number[]> {
  const table = (await openTable(path)).unwrapOrElse((problem) => {
    throw new Error(JSON.stringify(problem.issues))
  })
  try {
    expect(table.name).toBe(path)
    const selection = selectColumns(table).unwrapOr(null)
    const samples = selection && (await readSamples(table, selection)).unwrapOr(null)
    return [...(samples?.data ?? [])]
  } finally {
    table.close()
  }
}

const problemOf = async (path: string, reading: Reading = {}): Promise<string> => {
  const opened = await openTable(path, reading)
  if (opened.isOk) opened.value.close()
  return opened.isErr ? opened.error.issues.map(({ message }) => message).join('; ') : 'none'
}

describe('a table', () => {
  it('is the same compressed, at an address, and compressed at an address', async () => {
    const rows = await rowsOf(at('rows.csv'))
    expect(rows).toEqual([1.5, 2, 2.5, 1, 3, 7])
    for (const name of ['rows.csv.gz', 'rows.csv.zst']) {
      expect(await rowsOf(at(name))).toEqual(rows)
      expect(await rowsOf(`${address}/${name}?day=1`)).toEqual(rows)
    }
    expect(await rowsOf(`${address}/rows.csv`)).toEqual(rows)
  })

  it('that is cut short or is something else is refused by the name its user gave', async () => {
    writeFileSync(at('cut.csv.gz'), gzipSync(text).subarray(0, 12))
    writeFileSync(at('not.csv.gz'), text)
    writeFileSync(at('not.csv.zst'), text)
    for (const name of ['cut.csv.gz', 'not.csv.gz', 'not.csv.zst'])
      expect(await problemOf(at(name))).toMatch(/^cannot decompress it as (gz|zst): /)
    writeFileSync(at('rows.exe.gz'), gzipSync(text))
    expect(await problemOf(at('rows.exe.gz'))).toMatch(/^expected a table in .*, found ".exe"$/)
    expect(await problemOf(`${address}/absent.csv`)).toBe('expected a file, found 404 Not Found')
    expect(await problemOf('http://127.0.0.1:9/rows.csv')).toMatch(/^cannot fetch it: /)
  })

  it('that is larger than the limit once it is fetched or unpacked is refused, and leaves nothing behind', async () => {
    writeFileSync(at('rows-bomb.csv.gz'), gzipSync(Buffer.alloc(80 * MIB, '1,2\n')))
    writeFileSync(at('rows-large.csv'), `a,b\n${'1,2\n'.repeat(MIB)}`)
    const temporary = at('temporary')
    mkdirSync(temporary)
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary)
    const raise = 'found more; where that is right, raise it by --file-limit'
    expect(await problemOf(at('rows-bomb.csv.gz'))).toBe(`expected at most 200 times its size unpacked, ${raise}`)
    expect(await problemOf(at('rows.csv.zst'), { mostBytes: 4 })).toBe(`expected at most 4 B unpacked, ${raise}`)
    for (const name of ['rows-large.csv', 'endless.csv', 'rows-bomb.csv.gz'])
      expect(await problemOf(`${address}/${name}`, { mostBytes: 50_000 })).toMatch(/^expected at most 48.8 KiB/)
    expect(await problemOf(`${address}/broken.csv`)).toMatch(/^the download was interrupted: /)
    vi.unstubAllEnvs()
    expect(readdirSync(temporary)).toEqual([])
  })

  it('has the name that its user gave in every message', async () => {
    writeFileSync(at('rows-no.arrow'), 'no arrow at all, but long enough')
    const opened = await openTable(`${address}/rows-no.arrow`)
    expect(opened.isErr && opened.error.issues[0].path).toBe(`${address}/rows-no.arrow`)
  })
})
