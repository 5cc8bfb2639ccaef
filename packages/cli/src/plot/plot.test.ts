import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { som } from '../../test/harness.ts'
import { mappedRows } from '../../test/mapped-rows.ts'

const at = mappedRows()

const ofMap = ['u-matrix', 'component-planes', 'hits', 'gradient-field', 'projection', 'training-curve']
const ofRows = ['quality', 'p-matrix', 'u-star-matrix', 'smoothed-hits', 'trajectory']

test.each(ofMap)('%s is an SVG', async (kind) => {
  const { code, out } = await som('plot', kind, at('map.som'))
  expect(code).toBe(0)
  expect(out).toMatch(/^<svg [\s\S]*<\/svg>\n?$/)
})

test.each(ofRows)('%s of rows is an SVG', async (kind) => {
  const { code, out } = await som('plot', kind, at('map.som'), at('rows.csv'))
  expect(code).toBe(0)
  expect(out).toMatch(/^<svg /)
})

test.each(['labels', 'class-pies'])('%s escapes what the table says', async (kind) => {
  const { out } = await som('plot', kind, at('map.som'), at('rows.csv'), '--label', 'kind')
  expect(out).toContain('kind &lt;')
  expect(out).not.toContain('kind <')
})

test('predictions are those of the target that is named, and of the first one otherwise', async () => {
  await som('train', at('rows.csv'), '--target', 'kind,width', '--epochs', '2', '-o', at('targets.som'))
  const { out } = await som('plot', 'predictions', at('targets.som'))
  expect(out).toContain('>Predicted kind<')
  expect((await som('plot', 'predictions', at('targets.som'), '--target', 'width')).out).toContain('>Predicted width<')
  const { code, err } = await som('plot', 'predictions', at('targets.som'), '--target', 'size')
  expect([code, err]).toEqual([1, 'error: target: expected one of kind, width, found "size"\n'])
})

test('writes a PNG', async () => {
  const { code, out } = await som('plot', 'component-plane', at('map.som'), '--feature', 'width', '-o', at('plane.png'))
  expect([code, out]).toEqual([0, `written to  ${at('plane.png')}\n`])
  expect(readFileSync(at('plane.png')).subarray(1, 4).toString()).toBe('PNG')
  const corner = await sharp(at('plane.png')).extract({ left: 0, top: 0, width: 1, height: 1 }).raw().toBuffer()
  expect([...corner], 'light, whatever pages are').toEqual([255, 255, 255])
})

test('gives colours to values by a scale and over a range, and marks what lies beyond', async () => {
  const { code, out } = await som('plot', 'u-matrix', at('map.som'), '--scale', 'quantile', '--range', '0,0.01')
  expect(code).toBe(0)
  expect(out).toMatch(/\d+ cells above 0\.01, up to/)
  const planes = await som('plot', 'component-planes', at('map.som'), '--range=-1,2', '--scale', 'linear')
  expect([planes.code, planes.err]).toEqual([0, ''])
  const log = await som('plot', 'u-matrix', at('map.som'), '--scale', 'log')
  expect([log.code, log.out.includes('linearGradient')]).toEqual([0, true])
})

test.each([
  [['u-matrix'], ['--scale', 'root'], 'error: --scale: expected one of linear, quantile, log, found "root"\n'],
  [
    ['u-matrix'],
    ['--range', '2,1'],
    'error: --range: expected two numbers with a comma between, the lower first, found "2,1"\n',
  ],
  [
    ['hits'],
    ['--range', '1'],
    'error: --range: expected two numbers with a comma between, the lower first, found "1"\n',
  ],
  [['training-curve'], ['--scale', 'log'], 'error: --scale: is for values as colours, and training-curve has none\n'],
])('%s with %s is refused with what would do', async ([kind], flags, message) => {
  const { code, err } = await som('plot', kind, at('map.som'), ...flags)
  expect([code, err]).toEqual([2, message])
})

test('a range that its scale cannot have is refused', async () => {
  const { code, err } = await som('plot', 'u-matrix', at('map.som'), '--scale', 'log', '--range', '0,1')
  expect([code, err]).toEqual([1, 'error: range: expected numbers above 0 for the scale log, found 0,1\n'])
})

test('says what would do where a kind, a feature, a file or clusters are missing', async () => {
  const told = async (...args: string[]): Promise<string> => (await som('plot', ...args)).err
  expect(await told('umatrix', at('map.som'))).toContain('did you mean u-matrix?')
  expect(await told('component-plane', at('map.som'), '--feature', 'widht')).toContain('did you mean width?')
  expect(await told('clusters', at('map.som'))).toContain('has no clusters; to add them: som cluster')
  expect(await told('predictions', at('map.som'))).toContain('has no targets; to add them: som train')
  expect(await told('labels', at('map.som'), at('rows.csv'))).toContain('--label: expected a column, found none')
  expect(await told('u-matrix', at('map.som'), '-o', at('x.pdf'))).toContain('ends in .svg or .png')
})
