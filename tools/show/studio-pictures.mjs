// Takes the pictures of docs/images/studio: `npm run pictures:studio`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { root } from '../lib/process.mjs'
import { ensureStudioPage } from '../lib/studio-page.mjs'
import { takeTour } from '../lib/studio-tour.mjs'
import { findBrowser } from '../test/find-browser.ts'

const table = join(root, 'examples', 'penguins', 'penguins.csv')
await ensureStudioPage()
const browser = await chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox'] })
const som = [join(root, 'tools', 'som.mjs'), 'studio', table, '--no-open']
const studio = spawn(process.execPath, ['--conditions=@som/source', ...som])
try {
  const [first] = await once(studio.stdout, 'data')
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
  await page.goto(/(http\S+)/.exec(String(first))[1])
  await takeTour(page, table, join(root, 'docs', 'images', 'studio'))
} finally {
  await browser.close()
  studio.kill('SIGINT')
}
