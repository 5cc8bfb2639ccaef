// Measures the studio in a browser: frames of a map in training, what being watched costs, and how long a brush takes.
// Prints JSON for the case `studio` of the bench. Run with tsx: `node --import tsx tools/show/measure-studio.mjs`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { findBrowser } from '../test/find-browser.ts'

const FEATURES = 16
const { rows, brushRows, epochs, repeats, moves } = JSON.parse(process.argv[2])
const main = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'som-studio-bench-'))
const browser = await chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox'] })
try {
  const training = await measure(rows, watchTraining)
  const brush = await measure(brushRows, brushARange)
  process.stdout.write(JSON.stringify({ ...training, brush }))
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}

/** Opens the studio on a table of so many rows and measures in its page. */
async function measure(count, what) {
  const path = join(folder, 'table.csv')
  writeFileSync(path, tableOf(count))
  const studio = spawn(process.execPath, [main, 'studio', path, '--no-open'])
  try {
    const [first] = await once(studio.stdout, 'data')
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(/(http\S+)/.exec(String(first))[1])
    await page.getByText(`${count} rows, ${FEATURES} columns`).waitFor({ timeout: 300_000 })
    const found = await what(page)
    await page.close()
    return found
  } finally {
    studio.kill('SIGINT')
  }
}

/** Five groups of rows, drawn by a fixed generator. */
function tableOf(count) {
  let state = 7
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 2 ** 32
  }
  const lines = [Array.from({ length: FEATURES }, (_, k) => `c${k}`).join(',')]
  for (let i = 0; i < count; i++) {
    const group = Math.floor(next() * 5)
    lines.push(Array.from({ length: FEATURES }, (_, k) => (((group * (k + 3)) % 7) + next()).toFixed(3)).join(','))
  }
  return lines.join('\n')
}

async function setUp(page, side, epochs) {
  for (const [label, value] of [
    ['Rows of units', side],
    ['Columns of units', side],
    ['Epochs', epochs],
  ])
    await page.getByLabel(label, { exact: true }).fill(String(value))
  await page.getByLabel('Epochs', { exact: true }).press('Tab')
}

/** Trains in turn seen and unseen: a page that is not seen is sent no pictures. */
async function watchTraining(page) {
  await setUp(page, 100, epochs)
  const runs = { seen: [], unseen: [], frames: [] }
  for (let i = 0; i < 2 * repeats; i++) {
    const isSeen = i % 2 === 0
    const run = await page.evaluate(async (isSeen) => {
      Object.defineProperty(document, 'hidden', { value: !isSeen, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Train')
      let frames = 0
      const map = document.querySelector('main')
      const began = performance.now()
      button.click()
      const counting = new MutationObserver((changes) => {
        if (changes.some(({ target }) => target.parentElement?.closest('.progress'))) frames++
      })
      counting.observe(map, { subtree: true, characterData: true })
      const isBusy = () => [...document.querySelectorAll('button')].some(({ textContent }) => textContent === 'Cancel')
      while (!isBusy()) await new Promise((resolve) => setTimeout(resolve, 1))
      while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 5))
      counting.disconnect()
      return { seconds: (performance.now() - began) / 1000, frames }
    }, isSeen)
    runs[isSeen ? 'seen' : 'unseen'].push(run.seconds)
    if (isSeen) runs.frames.push(run.frames / run.seconds)
    // Clusters of the map that has just been made.
    await page.waitForFunction(() => document.querySelector('.busy') === null && document.querySelector('.clusters'))
  }
  return runs
}

/** Draws a range across a histogram; gives the ms from each move to the frame that shows it. */
async function brushARange(page) {
  await setUp(page, 30, 3)
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('.clusters li').first().waitFor({ timeout: 300_000 })
  return page.evaluate(async (moves) => {
    const histogram = document.querySelectorAll('.brush')[1]
    histogram.scrollIntoView()
    histogram.setPointerCapture = () => {}
    const { left, top, width } = histogram.getBoundingClientRect()
    const send = (type, share) =>
      histogram.dispatchEvent(
        new PointerEvent(type, { bubbles: true, clientX: left + width * share, clientY: top + 9, pointerId: 1 }),
      )
    const painted = () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = resolve
          port2.postMessage(0)
        }),
      )
    send('pointerdown', 0.3)
    const found = []
    for (let i = 1; i <= moves; i++) {
      const began = performance.now()
      send('pointermove', 0.3 + (0.5 * i) / moves)
      await painted()
      found.push(performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    send('pointerup', 0.8)
    return found
  }, moves)
}
