import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compiledSom } from './compiled.ts'
import { findBrowser } from './find-browser.ts'

const executablePath = findBrowser()
const absent = executablePath === null ? ' (skipped: no Chromium was found; name one with SOM_CHROMIUM)' : ''

const SCREENS = ([400, 1400] as const).flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
)

describe.skipIf(executablePath === null)(`the report in a browser${absent}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'som-report-'))
  const at = (name: string): string => join(folder, name)
  const hostile = '<img src=x onerror=document.title=1>'
  const trouble: string[] = []
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    const rows = Array.from(
      { length: 90 },
      (_, i) =>
        `"p ${i}, ${hostile}",${(i % 3) + Math.sin(i) / 9},${5 * (i % 3)},${i % 7 === 0 ? hostile : ['low', 'mid', 'high'][i % 3]}`,
    )
    writeFileSync(at('rows.csv'), `name,length,${JSON.stringify(hostile)},kind\n${rows.join('\n')}\n`)
    const main = await compiledSom()
    const som = (...args: string[]) => execFileSync(process.execPath, [main, ...args], { stdio: 'pipe' })
    som(
      'train',
      at('rows.csv'),
      '-o',
      at('map.som'),
      '--size',
      '4x6',
      '--lattice',
      'hexagonal',
      '--label',
      'kind',
      '--backend',
      'js',
    )
    som(
      'report',
      at('map.som'),
      at('rows.csv'),
      '--id',
      'name',
      '--label',
      'kind',
      '-o',
      at('report.html'),
      '--backend',
      'js',
    )
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
    page = await pageOf({})
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  /** The report, as this screen shows it. */
  async function pageOf(screen: BrowserContextOptions): Promise<Page> {
    const opened = await browser.newPage(screen)
    opened.on('pageerror', (error) => trouble.push(error.message))
    opened.on('console', (message) => trouble.push(message.text()))
    opened.on('request', (request) => {
      if (!/^(file|blob):/.test(request.url())) trouble.push(request.url())
    })
    await opened.goto(pathToFileURL(at('report.html')).href)
    return opened
  }

  /** Where a unit of the second row of hexagons is on the page. */
  async function unitAt(column: number): Promise<[number, number]> {
    const box = await page.locator('#map').boundingBox()
    if (box === null) throw new Error('the map is not there')
    const step = box.width / 6.5
    return [box.x + (column + 1) * step, box.y + (Math.sqrt(0.75) + 1 / Math.sqrt(3)) * step]
  }

  it("shows a unit's values when pointed at", async () => {
    await page.mouse.move(...(await unitAt(2)))
    const about = await page.locator('#about').textContent()
    expect(about).toContain('Unit 8 (row 1, column 2)')
    expect(about).toMatch(/length[\d.]+/)
  })

  it('lists the rows of chosen units and of a chosen cluster, and saves them as CSV', async () => {
    await page.mouse.click(...(await unitAt(2)))
    expect(await page.locator('#count').textContent()).toMatch(/^1 unit, /)
    await page.locator('#clear').click()
    await page.locator('#clusters button').first().click()
    const listed = await page.locator('#listed tr').count()
    expect(listed).toBeGreaterThan(2)
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()])
    await download.saveAs(at('saved.csv'))
    const saved = readFileSync(at('saved.csv'), 'utf8').trimEnd().split('\n')
    expect(saved).toHaveLength(listed)
    expect(saved[0]).toMatch(/^row,id,label,unit,cluster,cluster_name,p_value,length,/)
    expect(saved[1]).toMatch(/^\d+,"p \d+, <img src=x onerror=document.title=1>",[^,]+,\d+,1,cluster 1,/)
  })

  it('shows another layer by its button, and units by the keyboard', async () => {
    await page.locator('#layers button', { hasText: 'rows per unit' }).click()
    expect(await page.locator('#legend').textContent()).toContain('rows per unit')
    await page.locator('#map').focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('#about').textContent()).toContain('Unit ')
  })

  it('shows classes as a layer, each in the legend', async () => {
    await page.locator('#layers button', { hasText: 'classes' }).click()
    expect((await page.locator('#legend > span').allTextContents()).sort()).toEqual(
      [hostile, 'high', 'low', 'mid'].sort(),
    )
  })

  it("shows the mix of classes of a unit that is pointed at, beside the unit's farthest rows", async () => {
    for (let column = 0; column < 6; column++) {
      await page.mouse.move(...(await unitAt(column)))
      const [mix, far] = [
        page.locator('#about table', { hasText: 'Classes' }),
        page.locator('#about table', { hasText: 'Farthest rows' }),
      ]
      if ((await mix.count()) === 0) continue
      const counts = (await mix.locator('td:nth-child(2)').allTextContents()).map(Number)
      const shares = (await mix.locator('td:nth-child(3)').allTextContents()).map((text) => Number.parseFloat(text))
      const all = counts.reduce((sum, n) => sum + n, 0)
      for (const [i, n] of counts.entries()) expect(shares[i]).toBeCloseTo((100 * n) / all, 1)
      const distances = (await far.locator('td:nth-child(3)').allTextContents()).map(Number)
      expect(distances).toHaveLength(Math.min(5, all))
      expect(distances).toEqual([...distances].sort((a, b) => b - a))
      return
    }
    expect.fail('no unit of the row has rows')
  })

  it.each(SCREENS)(
    'fits, follows the scheme all through and fills the page at $width px, $colorScheme',
    async ({ width, colorScheme }) => {
      const other = await pageOf({ viewport: { width, height: 900 }, colorScheme })
      expect(await other.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0)
      // Whatever has a paper of its own: the page, its parts, and the pictures.
      const papers =
        (await other.evaluate(`[...document.querySelectorAll('body, #about, #layers button, th, .columns svg > rect')].flatMap((node) => {
      const { backgroundColor, fill } = getComputedStyle(node)
      const [red, green, blue, alpha = 1] = (node.tagName === 'rect' ? fill : backgroundColor).match(/[\\d.]+/g).map(Number)
      return alpha > 0 ? [(red + green + blue) / 3] : []
    })`)) as number[]
      expect(papers.length).toBeGreaterThan(3)
      for (const paper of papers) expect(paper < 128).toBe(colorScheme === 'dark')
      // The share of the page's width that its parts reach.
      const reach = (await other.evaluate(
        `Math.max(...[...document.querySelectorAll('#about, .columns section')].map((node) => node.getBoundingClientRect().right)) / window.innerWidth`,
      )) as number
      expect(reach).toBeGreaterThan(0.9)
      await other.context().close()
    },
  )

  it('keeps the details of a tapped unit in view on a phone', async () => {
    const phone = await pageOf({ viewport: { width: 400, height: 700 }, hasTouch: true, isMobile: true })
    const map = phone.locator('#map')
    await map.scrollIntoViewIfNeeded()
    const box = await map.boundingBox()
    if (box === null) throw new Error('the map is not there')
    await phone.touchscreen.tap(box.x + 0.3 * box.width, box.y + 0.4 * box.height)
    const name = phone.locator('#about strong', { hasText: /^Unit / })
    await name.waitFor()
    const shown = await name.boundingBox()
    expect(shown?.y).toBeGreaterThanOrEqual(0)
    expect((shown?.y ?? 0) + (shown?.height ?? 0)).toBeLessThanOrEqual(700)
    await phone.context().close()
  })

  it('runs nothing that is in the data, asks for nothing, and has no error', async () => {
    expect(await page.title()).toBe('A map of rows.csv')
    expect(await page.locator('img').count()).toBe(0)
    expect(trouble).toEqual([])
  })
})
