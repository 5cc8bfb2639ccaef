import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compiledSom } from './compiled.ts'
import { findBrowser } from './find-browser.ts'

const executablePath = findBrowser()
const absent = executablePath === null ? ' (skipped: no Chromium was found; name one with SOM_CHROMIUM)' : ''

describe.skipIf(executablePath === null)(`the report in a browser${absent}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'som-report-'))
  const at = (name: string): string => join(folder, name)
  const trouble: string[] = []
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    const hostile = '<img src=x onerror=document.title=1>'
    const rows = Array.from(
      { length: 90 },
      (_, i) => `"p ${i}, ${hostile}",${(i % 3) + Math.sin(i) / 9},${5 * (i % 3)}`,
    )
    writeFileSync(at('rows.csv'), `name,length,${JSON.stringify(hostile)}\n${rows.join('\n')}\n`)
    const main = await compiledSom()
    const som = (...args: string[]) => execFileSync(process.execPath, [main, ...args], { stdio: 'pipe' })
    som('train', at('rows.csv'), '-o', at('map.som'), '--size', '4x6', '--lattice', 'hexagonal', '--backend', 'js')
    som('report', at('map.som'), at('rows.csv'), '--id', 'name', '-o', at('report.html'), '--backend', 'js')
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
    page = await browser.newPage()
    page.on('pageerror', (error) => trouble.push(error.message))
    page.on('console', (message) => trouble.push(message.text()))
    page.on('request', (request) => {
      if (!/^(file|blob):/.test(request.url())) trouble.push(request.url())
    })
    await page.goto(pathToFileURL(at('report.html')).href)
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

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
    expect(await page.locator('#count').textContent()).toMatch(/^1 units/)
    await page.locator('#clear').click()
    await page.locator('#clusters button').first().click()
    const listed = await page.locator('#listed tr').count()
    expect(listed).toBeGreaterThan(2)
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()])
    await download.saveAs(at('saved.csv'))
    const saved = readFileSync(at('saved.csv'), 'utf8').trimEnd().split('\n')
    expect(saved).toHaveLength(listed)
    expect(saved[0]).toMatch(/^row,id,unit,cluster,p_value,length,/)
    expect(saved[1]).toMatch(/^\d+,"p \d+, <img src=x onerror=document.title=1>",\d+,cluster 0,/)
  })

  it('shows another layer by its button, and units by the keyboard', async () => {
    await page.locator('#layers button', { hasText: 'rows per unit' }).click()
    expect(await page.locator('#legend').textContent()).toContain('rows per unit')
    await page.locator('#map').focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('#about').textContent()).toContain('Unit ')
  })

  it('runs nothing that is in the data, asks for nothing, and has no error', async () => {
    expect(await page.title()).toBe('A map of rows.csv')
    expect(await page.locator('img').count()).toBe(0)
    expect(trouble).toEqual([])
  })
})
