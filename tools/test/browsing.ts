import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { findBrowser } from './find-browser.ts'

const executablePath = findBrowser()

/** Whether there is a browser, and what a test that needs one says where there is none. */
export const hasBrowser: boolean = executablePath !== null
const NONE = 'no Chromium was found; name one with SOM_CHROMIUM'
export const absent = hasBrowser ? '' : ` (skipped: ${NONE})`

/** A browser, which the caller closes. */
export async function launchBrowser(): Promise<Browser> {
  if (executablePath === null) throw new Error(NONE)
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** A browser that notes what no page of ours may do. */
export class Browsing {
  /** Errors, lines of the console, and requests to other servers, of all pages. */
  readonly trouble: string[] = []
  readonly #browser: Browser

  private constructor(browser: Browser) {
    this.#browser = browser
  }

  static async start(): Promise<Browsing> {
    return new Browsing(await launchBrowser())
  }

  async pageAt(url: string, width = 1440, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      ...{ viewport: { width, height: 900 }, acceptDownloads: true },
      ...options,
    })
    const page = await context.newPage()
    page.on('pageerror', (error) => this.trouble.push(error.message))
    page.on('console', (line) => this.trouble.push(line.text()))
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(url).origin) && !/^(data|blob):/.test(request.url()))
        this.trouble.push(request.url())
    })
    await page.goto(url)
    return page
  }

  /** Closes all pages; gives what they did wrong. */
  async closePages(): Promise<string[]> {
    for (const context of this.#browser.contexts()) await context.close()
    return this.trouble.splice(0)
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}

/** Presses Train, with a size of the map if one is given, and waits for the map and its clusters. */
export async function train(page: Page, size?: readonly [number, number]): Promise<void> {
  if (size) {
    await page.getByLabel('Rows of units').fill(String(size[0]))
    await page.getByLabel('Columns of units').fill(String(size[1]))
  }
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('.clusters li').first().waitFor()
}

/** What a button of the page saves. */
export async function saved(page: Page, button: string): Promise<Buffer> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return readFileSync(await (await download).path())
}

/** Puts a file into the page as somebody who chooses it does. */
export const give = (page: Page, name: string, contents: string | Uint8Array): Promise<void> =>
  page
    .locator('.top input[type=file], .start input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(contents) })

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with a page, in light and in dark. */
export async function foundByAxe(page: Page): Promise<string[]> {
  const found: string[] = []
  await page.evaluate(axe)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { target: string[] }[] }[] }>(
      'axe.run()',
    )
    for (const { id, nodes } of violations)
      found.push(`${colorScheme}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  }
  return found
}
