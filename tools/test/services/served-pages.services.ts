import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { serveProcess } from '../../../packages/server/test/serve-process.ts'
import { launchBrowser } from '../browsing.ts'
import { compiledSom } from '../compiled.ts'

/** Schemes and widths in which pages are looked at. */
const SCHEMES = ['dark', 'light'] as const
const WIDTHS = [400, 1400] as const
const HEIGHT = 900
const KEY = 'a key of this test'

describe('the pages of a server in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'som-served-'))
  const at = (name: string): string => join(folder, name)
  const servers: ChildProcess[] = []
  const trouble: string[] = []
  let browser: Browser
  let open: string
  let keyed: string

  /** Serves the map, and a folder that holds it; gives the address. */
  async function serve(data: string, key?: string): Promise<string> {
    const environment = key === undefined ? {} : { SOM_API_KEYS: key }
    const { child, address } = await serveProcess(['--model', at('map.som'), '--data', at(data)], { environment })
    servers.push(child)
    const headers = { 'content-type': 'application/octet-stream', ...(key && { 'x-api-key': key }) }
    const put = { method: 'POST', headers, body: readFileSync(at('map.som')) }
    expect((await fetch(`${address}/v1/maps/mixed/versions?alias=champion`, put)).status).toBe(201)
    return address
  }

  async function pageAt(url: string, colorScheme: (typeof SCHEMES)[number] = 'dark'): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: WIDTHS[0], height: HEIGHT }, colorScheme })
    page.on('pageerror', (error) => trouble.push(error.message))
    page.on('console', (message) => trouble.push(message.text()))
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(url).origin) && !/^(data|blob):/.test(request.url()))
        trouble.push(request.url())
    })
    await page.goto(url)
    return page
  }

  const beyond = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
  /** How far a page reaches beyond the screen, at the width where it reaches furthest. */
  async function mostBeyond(page: Page): Promise<number> {
    let most = Number.NEGATIVE_INFINITY
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT })
      most = Math.max(most, await beyond(page))
    }
    return most
  }
  const isDark = (page: Page): Promise<unknown> =>
    page.evaluate(`(() => {
      for (let node = document.body; node; node = node.parentElement) {
        const [red, green, blue, alpha = 1] = getComputedStyle(node).backgroundColor.match(/[\\d.]+/g).map(Number)
        if (alpha > 0) return red + green + blue < 200
      }
      return matchMedia('(prefers-color-scheme: dark)').matches && getComputedStyle(document.documentElement).colorScheme.includes('dark')
    })()`)

  beforeAll(async () => {
    const main = await compiledSom()
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${(i % 3) + Math.sin(i) / 9},${5 * (i % 3)},${['low', 'high'][i % 2]}`,
    )
    writeFileSync(at('rows.csv'), `length,"width, ""cm""",kind\n${rows.join('\n')}\n`)
    const train = [
      'train',
      at('rows.csv'),
      '-o',
      at('map.som'),
      '--size',
      '4x6',
      '--categories',
      'kind',
      '--backend',
      'js',
    ]
    execFileSync(process.execPath, [main, ...train], { stdio: 'pipe' })
    browser = await launchBrowser()
    open = await serve('open')
    keyed = await serve('keyed', KEY)
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(trouble.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    for (const server of servers) {
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
    }
    rmSync(folder, { recursive: true })
  })

  /** Opens an operation of the viewer, sends its example unchanged, and gives the status. */
  async function send(page: Page, id: string): Promise<string | null> {
    const operation = page.locator(`.opblock[id$="-${id}"]`)
    await operation.locator('.opblock-summary-control').click()
    await operation.locator('button.execute').click()
    return operation.locator('.live-responses-table tbody .response-col_status').first().textContent()
  }

  // The viewer takes seconds to load, and only then looks at the scheme: one page for each.
  async function viewerIn(colorScheme: (typeof SCHEMES)[number]): Promise<Page> {
    const page = await pageAt(`${open}/docs`, colorScheme)
    await page.locator('.opblock').first().waitFor()
    expect(await isDark(page)).toBe(colorScheme === 'dark')
    return page
  }

  it('/docs fits at any width, is dark where the system is, and loads nothing from elsewhere', async () => {
    const page = await viewerIn('dark')
    const groups = await page.locator('.opblock-tag').allTextContents()
    expect(groups[0]).toMatch(/^Match rows/)
    expect(groups.length).toBeGreaterThan(4)
    expect(await send(page, 'postV1Match')).toMatch(/^200/)
    expect(await mostBeyond(page)).toBeLessThanOrEqual(0)
  })

  it('/docs has examples that are answered as they stand, choices for what is one of a few, and a light scheme', async () => {
    const page = await viewerIn('light')
    for (const id of [
      'postV1Match',
      'postV2ModelsSomInfer',
      'postV1MapsByNameVersionsByVersionMatch',
      'getV1PlotsByPlotSvg',
      'postV1Tables',
      'postV1Jobs',
    ])
      expect([id, await send(page, id)]).toEqual([id, expect.stringMatching(/^20[012]/)])
    expect(await mostBeyond(page)).toBeLessThanOrEqual(0)
    // What is one of a few is given as choices.
    const plots = page.locator('.opblock[id$="-getV1PlotsByPlotSvg"] tr[data-param-name=plot] option')
    expect(await plots.allTextContents()).toContain('component-planes')
  })

  it('/docs of a server with keys sends the key, and has the examples that the key may see from then on', async () => {
    const page = await pageAt(`${keyed}/docs`)
    await page.locator('.opblock').first().waitFor()
    expect(await page.locator('body').textContent()).not.toContain('mixed')
    await page.locator('.auth-wrapper .authorize').click()
    await page.locator('.auth-container input').first().fill(KEY)
    const described = page.waitForResponse(`${keyed}/openapi.json`)
    await page.locator('.auth-container .modal-btn.authorize').first().click()
    await described
    await page.locator('.modal-ux .close-modal').click()
    expect(await send(page, 'postV1MapsByNameAliasByAliasMatch')).toMatch(/^200/)
    expect(await send(page, 'postV2ModelsByNameInfer')).toMatch(/^200/)
  })

  it.each(SCHEMES)('/ shows maps and jobs, and fits at any width, %s', async (colorScheme) => {
    const page = await pageAt(open, colorScheme)
    expect(await page.locator('h3').allTextContents()).toEqual(expect.arrayContaining(['mixed']))
    expect(await page.locator('.alias').first().textContent()).toBe('champion')
    expect(await mostBeyond(page)).toBeLessThanOrEqual(0)
    expect(await isDark(page)).toBe(colorScheme === 'dark')
  })

  it('/ of a server with keys shows maps once its reader has given a key', async () => {
    const context = await browser.newContext({ viewport: { width: 400, height: 900 } })
    const page = await context.newPage()
    await page.goto(keyed)
    expect(await page.locator('h3').count()).toBe(0)
    await page.locator('#key').fill('no such key')
    await page.locator('form button').click()
    await expect.poll(() => page.locator('#told').textContent()).toBe('This server does not know that key.')
    await page.locator('#key').fill(KEY)
    await page.locator('form button').click()
    await page.locator('h3', { hasText: 'mixed' }).waitFor()
  })
})
