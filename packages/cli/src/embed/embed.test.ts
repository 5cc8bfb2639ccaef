import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { som } from '../../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-embed-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const js = ['--backend', 'js'] as const

/** Rows of three kinds. */
function rows(from: number, count: number): string {
  const lines = Array.from({ length: count }, (_, k) => {
    const i = from + k
    return `${((i % 3) * 3 + Math.sin(i)).toFixed(4)},${(Math.cos(i) - 5 * (i % 3)).toFixed(4)},"kind ${i % 3}"`
  })
  return `length,width,kind\n${lines.join('\n')}\n`
}

beforeAll(async () => {
  writeFileSync(at('rows.csv'), rows(0, 90))
  writeFileSync(at('new.csv'), rows(90, 30))
  const { code } = await som('train', at('rows.csv'), '-o', at('map.som'), '--size', '5x6', '--epochs', '5', ...js)
  expect(code).toBe(0)
})

describe('som embed', () => {
  test('fits a plane to the rows, says so, and adds their places', async () => {
    const { code, out, err } = await som('embed', at('map.som'), at('rows.csv'), ...js)
    expect([code, err]).toEqual([
      0,
      `note: columns that are not features of the map: kind
note: fitted a plane: 90 landmarks among 90 rows, laid out by the rows that they share
note: the plane is not kept; to keep it for new rows: --keep ${at('map.som')}
`,
    ])
    const [head, ...lines] = out.trim().split('\n')
    expect(head).toBe('length,width,kind,plane_x,plane_y')
    expect(lines).toHaveLength(90)
    expect(lines.every((line) => /,"?kind \d"?,-?[\d.]+,-?[\d.]+$/.test(line))).toBe(true)
  })

  test('keeps the plane in the map, so that new rows get the places they would get alone', async () => {
    const kept = await som('embed', at('map.som'), at('rows.csv'), '-o', at('all.csv'), '--keep', at('kept.som'), ...js)
    expect(kept.out).toMatch(/^rows +90\nwritten to +/)
    const { out, err } = await som('embed', at('kept.som'), at('new.csv'), '--prefix', 'my_', ...js)
    expect(err).toBe('')
    expect(out).toMatch(/^length,width,kind,my_plane_x,my_plane_y\n/)
    writeFileSync(
      at('one.csv'),
      `${out.split('\n', 1)[0].split(',').slice(0, 3).join(',')}\n${rows(95, 1).split('\n')[1]}\n`,
    )
    const one = await som('embed', at('kept.som'), at('one.csv'), '--prefix', 'my_', ...js)
    expect(one.out.split('\n')[1]).toBe(out.split('\n')[6])
    const again = await som('embed', at('kept.som'), at('rows.csv'), ...js)
    expect(again.out).toBe(readFileSync(at('all.csv'), 'utf8'))
  })

  test('lays out the units where that is requested', async () => {
    const json = ['-o', at('units.parquet'), '--json', '--keep', at('units.som')]
    const { out } = await som('embed', at('map.som'), at('new.csv'), '--layout', 'units', ...json, ...js)
    expect(JSON.parse(out)).toMatchObject({ rows: 30, emptyRows: 0 })
    const { out: inspected } = await som('inspect', at('units.som'))
    expect(inspected).toMatch(/embedding +30 landmarks, laid out by how near their prototypes are\n/)
    const figures = JSON.parse((await som('inspect', at('units.som'), '--json')).out).embedding
    expect(figures).toEqual({ layout: 'units', rows: 0, landmarks: 30 })
  })

  test('leaves a row without any value without a place', async () => {
    writeFileSync(at('bare.csv'), 'length,width\n,\n1,2\n')
    const { out, err } = await som('embed', at('units.som'), at('bare.csv'), ...js)
    expect(out).toMatch(/^length,width,plane_x,plane_y\n,,,\n1,2,-?[\d.]+,-?[\d.]+\n$/)
    expect(err).toBe('note: 1 row without a value in any feature: no place\n')
  })

  test.each([
    [['--landmarks', '0'], 2, '--landmarks: expected an integer from 1 to 65536, found 0'],
    [['--layout', 'grid'], 2, '--layout: expected one of rows, units, sammon, lattice, found "grid"'],
    [
      ['--layout', 'units', '--landmarks', '9'],
      1,
      '--landmarks: expected none beside the layout "units", whose landmarks are the units',
    ],
  ])('refuses %j', async (flags, exit, message) => {
    const { code, out, err } = await som('embed', at('map.som'), at('rows.csv'), ...flags, ...js)
    expect([code, out, err]).toEqual([exit, '', `error: ${message}\n`])
  })

  test('refuses standard input to fit to, and columns that are there already', async () => {
    const { err } = await som('embed', at('map.som'), '-', ...js)
    expect(err).toMatch(/^error: table: expected a file, found standard input, which can be read only once/)
    writeFileSync(at('taken.csv'), 'length,width,plane_x\n1,2,3\n')
    const taken = await som('embed', at('units.som'), at('taken.csv'), ...js)
    expect(taken.err).toMatch(/already has columns that matching would add: plane_x/)
  })
})

describe('som plot plane', () => {
  test('draws rows by class, by a feature or as they are', async () => {
    const classes = await som('plot', 'plane', at('kept.som'), at('new.csv'), '--label', 'kind', ...js)
    expect([classes.code, classes.out.match(/<path stroke="#\w+" d="M/g)?.length]).toEqual([0, 3])
    const feature = await som('plot', 'plane', at('kept.som'), at('new.csv'), '--feature', 'width', ...js)
    expect(feature.out).toContain('width of each row')
    const plain = await som('plot', 'plane', at('kept.som'), at('new.csv'), ...js)
    expect(plain.out).toContain('30 rows; near ones are alike')
  })

  test.each([
    [
      'map.som',
      [],
      /^error: .*map\.som: has no plane; to fit one: som embed .*map\.som data\.csv .* --keep .*map\.som\n$/,
    ],
    ['kept.som', ['--feature', 'widht'], /--feature: no such feature: "widht"; did you mean width\?\n$/],
    ['kept.som', ['--feature', 'width', '--label', 'kind'], /--feature: expected a feature or --label, found both\n$/],
  ])('of %s with %j is refused', async (map, flags, message) => {
    const { code, err } = await som('plot', 'plane', at(map), at('new.csv'), ...flags, ...js)
    expect([1, 2]).toContain(code)
    expect(err).toMatch(message)
  })
})

test('--embedsom places rows between the units of the map, fits nothing, and refuses what would', async () => {
  const { code, out, err } = await som('embed', at('map.som'), at('rows.csv'), '--embedsom', ...js)
  expect([code, err]).toEqual([0, ''])
  const lines = out.trim().split('\n')
  expect(lines[0]).toBe('length,width,kind,plane_x,plane_y')
  const places = lines.slice(1).map((line) => line.split(',').slice(-2).map(Number))
  expect(places.flat().every(Number.isFinite)).toBe(true)
  const some = await som('embed', at('map.som'), at('new.csv'), '--embedsom', ...js)
  expect(some.out.trim().split('\n').length).toBe(31)
  const refused = await som('embed', at('map.som'), at('rows.csv'), '--embedsom', '--fit', '--landmarks', '30')
  expect([refused.code, refused.err]).toEqual([
    2,
    'error: --fit: fits a plane, and --embedsom needs none\nerror: --landmarks: fits a plane, and --embedsom needs none\n',
  ])
})
