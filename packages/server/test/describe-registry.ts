import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deposit, Registry } from '../src/index.ts'
import type { Page } from '../src/registry/registry.ts'

/** Two openings of one registry, as two instances have it. */
export interface Opened {
  readonly registry: Registry
  readonly other: Registry
  /** Puts other bytes in the place of the file of this digest. */
  spoil(digest: string, bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const deposit = (name: string, more: Partial<Deposit> = {}): Deposit => ({
  name,
  lineage: { rows: 'r', parameters: { rate: 0.1 + 0.2, nested: { 'a\0b': ['\ud800', null] } } },
  metrics: { error: 1e-300, lowest: -0.5 },
  tags: { note: 'ä\0"\\' },
  ...more,
})

async function read(registry: Registry, name: string, version: number): Promise<string> {
  const found = await registry.find(name, { version })
  if (!found) throw new Error('no such version')
  const parts: Uint8Array[] = []
  for await (const part of registry.read(found)) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** What every `Registry` holds to. */
export function describeRegistry(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let opened: Opened
    let registry: Registry
    let other: Registry
    beforeAll(async () => {
      opened = await open()
      ;({ registry, other } = opened)
    })
    afterAll(() => opened?.close())

    it('gives back what was put in, to every digit and character', async () => {
      const made = await registry.put(deposit('first'), [bytesOf('one '), bytesOf('file')])
      expect(made).toMatchObject({
        version: 1,
        digest: digestOf('one file'),
        bytes: 8,
        aliases: [],
        ...deposit('first'),
      })
      expect(await other.find('first', { version: 1 })).toEqual(made)
      expect(await read(other, 'first', 1)).toBe('one file')
      expect(await registry.find('first', { version: 2 })).toBeNull()
      expect(await registry.find('nobody', { alias: 'champion' })).toBeNull()
      expect(await registry.versions('nobody')).toEqual([])
    })

    it('gives a number once, and lists versions newest first', async () => {
      await registry.put(deposit('counted'), [bytesOf('a')])
      await other.put(deposit('counted'), [bytesOf('b')])
      expect(await registry.remove('counted', 2)).toBe(true)
      expect(await registry.remove('counted', 2)).toBe(false)
      expect((await registry.put(deposit('counted'), [bytesOf('c')])).version).toBe(3)
      expect((await other.versions('counted')).map(({ version }) => version)).toEqual([3, 1])
    })

    it('keeps deposits that come together apart, whichever instance takes them', async () => {
      const found = await Promise.all(
        Array.from({ length: 12 }, (_, i) => (i % 2 ? registry : other).put(deposit('many'), [bytesOf('same')])),
      )
      expect(found.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 12 }, (_, i) => i + 1),
      )
    })

    it('gives deposits of the same word one version, even together', async () => {
      const once = deposit('once', { once: 'job-1' })
      const found = await Promise.all(
        Array.from({ length: 6 }, (_, i) => (i % 2 ? registry : other).put(once, [bytesOf('x')])),
      )
      expect(found.map(({ version }) => version)).toEqual(Array(6).fill(1))
      expect(await registry.versions('once')).toHaveLength(1)
    })

    it('lists the maps of some names, and counts what is kept in them', async () => {
      for (const name of ['team-a', 'team-b', 'team-b', 'teams', 'lone'])
        await registry.put(deposit(name), [bytesOf(name)])
      const within = ['team-*', 'lone']
      const names = async (page: Page) => (await other.maps(page)).map(({ name }) => name)
      expect(await names({ within, limit: 9 })).toEqual(['lone', 'team-a', 'team-b'])
      expect(await names({ within, limit: 1, after: 'team-a' })).toEqual(['team-b'])
      expect(await other.kept(within)).toEqual({ maps: 3, bytes: 4 + 3 * 6 })
      expect(await other.kept(['none-*'])).toEqual({ maps: 0, bytes: 0 })
      const all = await other.kept(null)
      expect(all.maps).toBe((await names({ limit: 999 })).length)
    })

    it('points aliases at versions that exist, and loses them with their version', async () => {
      await registry.put(deposit('named'), [bytesOf('a')])
      await registry.put(deposit('named'), [bytesOf('b')])
      expect(await registry.setAlias('named', 'champion', 1)).toBe(true)
      expect(await registry.setAlias('named', 'champion', 2)).toBe(true)
      expect(await registry.setAlias('named', 'best', 2)).toBe(true)
      expect(await registry.setAlias('named', 'champion', 3)).toBe(false)
      expect((await other.find('named', { alias: 'champion' }))?.aliases).toEqual(['best', 'champion'])
      expect(await registry.setAlias('named', 'best', null)).toBe(true)
      expect(await registry.setAlias('named', 'best', null)).toBe(false)
      await registry.remove('named', 2)
      expect(await other.find('named', { alias: 'champion' })).toBeNull()
    })

    it('changes tags, and nothing else, of a version that there is', async () => {
      const made = await registry.put(deposit('tagged'), [bytesOf('a')])
      expect(await registry.setTags('tagged', 1, { stage: 'live' })).toBe(true)
      expect(await registry.setTags('tagged', 2, {})).toBe(false)
      expect(await other.find('tagged', { version: 1 })).toEqual({ ...made, tags: { stage: 'live' } })
    })

    it('lists maps by the bytes of their names, a page at a time', async () => {
      for (const each of ['page_b', 'page-a', 'pageB', 'page.c']) await registry.put(deposit(each), [bytesOf(each)])
      await registry.setAlias('pageB', 'champion', 1)
      const page = await other.maps({ after: 'page', limit: 3 })
      expect(page.map((entry) => entry.name)).toEqual(['page-a', 'page.c', 'pageB'])
      expect(page[2]).toEqual({ name: 'pageB', versions: 1, latest: 1, aliases: { champion: 1 } })
      expect((await registry.maps({ after: 'pageB', limit: 1 })).map((entry) => entry.name)).toEqual(['page_b'])
    })

    it('collects the files that no version has, and no others', async () => {
      await registry.collect()
      await registry.put(deposit('gone'), [bytesOf('only here')])
      await registry.put(deposit('stays'), [bytesOf('also there')])
      await other.put(deposit('gone'), [bytesOf('also there')])
      for (const version of [1, 2]) await registry.remove('gone', version)
      expect(await other.collect()).toEqual({ files: 1, bytes: 9 })
      expect(await registry.collect()).toEqual({ files: 0, bytes: 0 })
      expect(await read(registry, 'stays', 1)).toBe('also there')
    })

    it('loses no file to a collection that comes together with deposits', async () => {
      const work = Array.from({ length: 8 }, (_, i) => registry.put(deposit('busy'), [bytesOf(`busy ${i % 2}`)]))
      const made = await Promise.all([...work, other.collect().then(() => null), other.collect().then(() => null)])
      for (const version of made) if (version) expect(await read(other, 'busy', version.version)).toMatch(/^busy/)
    })

    it('gives a file that was spoilt as it is: who reads it compares digests', async () => {
      const { digest } = await registry.put(deposit('spoilt'), [bytesOf('whole')])
      await opened.spoil(digest, bytesOf('other'))
      expect(await read(registry, 'spoilt', 1)).toBe('other')
    })
  })
}
