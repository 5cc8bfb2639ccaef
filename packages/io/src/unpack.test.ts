import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTable, readSamples, selectColumns } from './index.ts'

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
    if (!/^rows/.test(name)) answer.writeHead(404).end()
    else answer.end(readFileSync(at(name)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

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

const problemOf = async (path: string): Promise<string> => {
  const opened = await openTable(path)
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
      expect(await problemOf(at(name))).toMatch(/^expected a whole file compressed as (gz|zst), found: /)
    writeFileSync(at('rows.exe.gz'), gzipSync(text))
    expect(await problemOf(at('rows.exe.gz'))).toMatch(/^expected a table in .*, found ".exe"$/)
    expect(await problemOf(`${address}/absent.csv`)).toBe('expected a file, found 404 Not Found')
    expect(await problemOf('http://127.0.0.1:9/rows.csv')).toMatch(/^cannot fetch it: /)
  })
})
