import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compiledSom } from './compiled.ts'
import { findBrowser } from './find-browser.ts'

const executablePath = findBrowser()
const absent = executablePath === null ? ' (skipped: no Chromium was found; name one with SOM_CHROMIUM)' : ''

describe.skipIf(executablePath === null)(`the page about segments in a browser${absent}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'som-segments-'))
  const at = (name: string): string => join(folder, name)
  const hostile = '<img src=x onerror=document.title=1>'
  const trouble: string[] = []
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    const rows = Array.from(
      { length: 90 },
      (_, i) => `"p ${i}, ${hostile}",${9 * (i % 3) + Math.sin(i)},${i % 3 === 0 ? hostile : 'plain'}`,
    )
    writeFileSync(at('rows.csv'), `name,${hostile},kind\n${rows.join('\n')}\n`)
    const args = ['segment', at('rows.csv'), '-o', at('map.som'), '--report', at('page.html'), '--draws', '4']
    execFileSync(process.execPath, [await compiledSom(), ...args, '--backend', 'js'], { stdio: 'pipe' })
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
    page = await browser.newPage()
    page.on('pageerror', (error) => trouble.push(error.message))
    page.on('console', (message) => trouble.push(message.text()))
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) trouble.push(request.url())
    })
    await page.goto(pathToFileURL(at('page.html')).href)
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  it('shows each segment with its name, its bars and its rows', async () => {
    const segments = await page.locator('h3').allTextContents()
    expect(segments.length).toBeGreaterThanOrEqual(2)
    expect(await page.locator('svg[aria-label^="Differences"]').count()).toBe(segments.length)
    expect(await page.locator('.figures svg').count()).toBe(2)
  })

  it('leads from the list of segments to each', async () => {
    const links = page.locator('table a')
    expect(await links.count()).toBe(await page.locator('h3').count())
    for (const link of await links.all()) {
      const target = await link.getAttribute('href')
      expect(await page.locator(`h3${target}`).textContent()).toBe(await link.textContent())
    }
  })

  it('fits a telephone, with no part beyond its edge', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    const beyond = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
    expect(beyond).toBeLessThanOrEqual(0)
  })

  it('fetches nothing, runs without an error, and shows what is in the data as text', async () => {
    expect(trouble).toEqual([])
    expect(await page.title()).toBe('Segments of rows.csv')
    expect(await page.locator('img').count()).toBe(0)
  })
})
