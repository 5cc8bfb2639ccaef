import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { som } from '../test/harness.ts'
import { COMMANDS } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-common-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
writeFileSync(at('rows.csv'), 'a,b,c\n1,2,3\n3,5,1\n4,1,8\n7,8,2\n2,2,9\n')
const names = Object.keys(COMMANDS)

function config(settings: unknown): string {
  writeFileSync(at('som.json'), JSON.stringify(settings))
  return at('som.json')
}

async function trained(...words: string[]) {
  const { out, err } = await som('train', at('rows.csv'), '-o', at('map.som'), '--json', ...words)
  expect(err).toBe('')
  return JSON.parse(out)
}

describe('every command', () => {
  it.each(names)('%s begins its help with two examples of itself', async (name) => {
    const { code, out } = await som(name, '--help')
    expect(code).toBe(0)
    const [title, first, second, empty] = out.split('\n')
    expect(title).toBe('Examples:')
    for (const line of [first, second]) expect(line).toMatch(new RegExp(`^  som ${name} `))
    expect(first).not.toBe(second)
    expect(empty).toBe('')
  })

  const reads = names.filter((name) => /\btable\b/.test(COMMANDS[name].usage))
  it.each(reads)('%s, which reads a table, says how it may be written and where arithmetic runs', async (name) => {
    const { out } = await som(name, '--help')
    // `som inspect` only looks: it has no arithmetic that a backend could do.
    const running = name === 'inspect' ? [] : ['backend', 'threads']
    for (const flag of ['decimal', 'delimiter', 'sheet', 'file-limit', 'missing', ...running])
      expect(out).toMatch(new RegExp(`^ +--${flag} <`, 'm'))
  })

  it.each(names)('%s takes settings from a file, and refuses those that it does not have', async (name) => {
    const { code, err } = await som(name, '--config', config({ colr: 'never', nothing: 1 }))
    expect(code).toBe(2)
    expect(err).toContain(`error: ${at('som.json')}.colr: no such setting; did you mean color?`)
    expect(err).toContain(`error: ${at('som.json')}.nothing: no such setting; expected one of `)
  })
})

describe('a flag of one value', () => {
  it.each([
    ['train', '--epochs', '3', '4'],
    ['serve', '--model', 'a.som', 'b.som'],
    ['match', '-o', 'a.csv', 'b.csv'],
  ])('som %s: %s given twice with two values is refused, and not the last one taken', async (name, flag, a, b) => {
    const { code, err } = await som(name, flag, a, flag, b)
    expect(code).toBe(2)
    expect(err).toMatch(new RegExp(`^error: --[a-z]+: expected one value, found ${a} and ${b}\n$`))
  })

  it('may be given twice with the same value, and a flag of a list with any', async () => {
    const flags = ['--epochs', '2', '--epochs', '2', '--exclude', 'a', '--exclude', 'b', '--size', '2x2']
    expect(await trained(...flags)).toMatchObject({ epochs: 2, features: ['c'] })
  })
})

describe('-o -', () => {
  beforeAll(() => trained('--size', '2x2'))

  it.each([
    ['match', []],
    ['plot', ['u-matrix']],
  ])('is standard output, to which som %s writes without it', async (name, kind) => {
    const given = [name, ...kind, at('map.som'), ...(kind.length > 0 ? [] : [at('rows.csv')])]
    const { code, out } = await som(...given)
    expect(await som(...given, '-o', '-')).toMatchObject({ code, out })
    expect(out.length).toBeGreaterThan(50)
  })

  it.each(names)('makes no file of that name by som %s', async (name) => {
    const { out } = await som(name, '--help')
    if (!out.includes('--output <') || /--output <[^-]*standard\s+output\)/.test(out)) return
    const { code, err } = await som(name, '-o', '-')
    expect(code).toBe(2)
    expect(err).toBe('error: --output: expected a file, found -; this command does not write one to standard output\n')
  })
})

describe('a file of settings', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('comes after flags and the environment', async () => {
    const file = config({ epochs: 3, seed: 7, size: '2x2', exclude: ['c'], backend: 'nothing' })
    vi.stubEnv('SOM_BACKEND', 'js')
    const outcome = await trained('--config', file, '--seed', '8')
    expect(outcome).toMatchObject({ epochs: 3, seed: 8, features: ['a', 'b'], backend: 'js' })
    expect(outcome.lattice).toMatchObject({ rows: 2, columns: 2 })
  })

  it('gives what flags would, to the bit', async () => {
    await trained('--epochs', '3', '--columns', 'a,b', '--size', '2x2')
    const byFlags = readFileSync(at('map.som'))
    await trained('--config', config({ epochs: 3, columns: ['a', 'b'], size: '2x2' }))
    expect(readFileSync(at('map.som'))).toEqual(byFlags)
  })

  it('is refused with every issue of it, of flags and of arguments at once', async () => {
    const file = config({ epocs: 3, seed: true, json: 'yes', exclude: [1], radius: '5:x' })
    const { code, err } = await som('train', '--config', file, '--units', 'many')
    expect(code).toBe(2)
    const paths = err
      .trimEnd()
      .split('\n')
      .map((line) => line.split(': ')[1].replace(`${file}.`, ''))
    expect(paths.sort()).toEqual(['--radius', '--units', 'epocs', 'exclude', 'json', 'seed', 'table'])
    expect(err).toContain('did you mean epochs?')
  })

  it('that is not there or no JSON object is refused by its name', async () => {
    for (const text of ['{', '[]', 'null']) {
      writeFileSync(at('som.json'), text)
      const { code, err } = await som('inspect', 'map.som', '--config', at('som.json'))
      expect([code, err.split(': ')[1]]).toEqual([2, at('som.json')])
    }
    expect((await som('inspect', 'map.som', '--config', at('absent.json'))).code).toBe(2)
  })
})

describe('colour', () => {
  afterEach(() => vi.unstubAllEnvs())
  const isColoured = ({ out, err }: { out: string; err: string }): boolean => `${out}${err}`.includes('\u001b[')
  const refused = (...words: string[]) => som('inspect', ...words)

  it('is left out of what is not a terminal, unless it is requested', async () => {
    vi.stubEnv('FORCE_COLOR', '')
    expect(isColoured(await refused())).toBe(false)
    expect(isColoured(await refused('--color', 'always'))).toBe(true)
    expect(isColoured(await som('train', '--help'))).toBe(false)
    expect(isColoured(await som('train', '--color', 'always', '--help'))).toBe(true)
    expect(isColoured(await refused('--config', config({ color: 'always' })))).toBe(true)
    // The one before leaves nothing to the next.
    expect(isColoured(await refused())).toBe(false)
  })

  it('is decided by --color, then by NO_COLOR, then by FORCE_COLOR', async () => {
    vi.stubEnv('FORCE_COLOR', '1')
    expect(isColoured(await refused())).toBe(true)
    vi.stubEnv('NO_COLOR', '1')
    expect(isColoured(await refused())).toBe(false)
    expect(isColoured(await refused('--color', 'always'))).toBe(true)
    vi.stubEnv('NO_COLOR', '')
    expect(isColoured(await refused('--color', 'never'))).toBe(false)
  })

  it('has no other choices', async () => {
    const { code, err } = await som('inspect', 'map.som', '--color', 'allways')
    expect(code).toBe(2)
    expect(err).toContain('error: --color: expected one of auto, always, never')
  })
})
