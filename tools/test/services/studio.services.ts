import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { decodeModel, openTable } from '../../../packages/io/src/index.ts'
import { ensureStudioPage } from '../../lib/studio-page.mjs'
import { takeTour } from '../../lib/studio-tour.mjs'
import { Browsing, foundByAxe, give, saved, train } from '../browsing.ts'
import { compiledBlock, compiledSom, projectOf } from '../compiled.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const penguins = join(root, 'examples', 'penguins', 'penguins.csv')
const pageFolder = join(root, 'packages', 'studio', 'page')

/** Bytes of JavaScript, gzipped, that the first view may take. */
const MOST_FIRST = 200_000

describe('the studio in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'som-studio-'))
  let browsing: Browsing
  let main: string
  let project: string
  let studio: ChildProcess
  let address: string

  async function startStudio(...words: string[]): Promise<[ChildProcess, string]> {
    const child = spawn(process.execPath, [main, 'studio', ...words, '--no-open'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [first] = await once(child.stdout, 'data')
    return [child, /^studio at (\S+)/.exec(String(first))?.[1] ?? '']
  }

  const pageAt: Browsing['pageAt'] = (...given) => browsing.pageAt(...given)

  const chosenCount = async (page: Page): Promise<number> => Number(await page.locator('.count strong').textContent())

  beforeAll(async () => {
    await ensureStudioPage()
    main = await compiledSom()
    project = await projectOf('cli')
    browsing = await Browsing.start()
    ;[studio, address] = await startStudio(penguins)
  })
  afterEach(async () => {
    expect(await browsing.closePages()).toEqual([])
  })
  afterAll(async () => {
    await browsing?.close()
    studio?.kill('SIGINT')
    rmSync(folder, { recursive: true })
    rmSync(project, { recursive: true })
  })

  it('opens a table, trains, chooses on the map, names a cluster, takes all of it along, and has it after a reload', async () => {
    const page = await pageAt(address)
    await page.getByText('344 rows, 7 columns').waitFor()
    expect(await page.locator('.column:not(.off) .name').allTextContents()).toEqual([
      'bill_length_mm',
      'bill_depth_mm',
      'flipper_length_mm',
      'body_mass_g',
    ])
    await train(page, [8, 12])
    expect(await page.locator('.progress').textContent()).toMatch(/epoch 20 of 20, .* by (WebAssembly|js)/)

    // A click chooses a unit, a loop several, and rows and histograms follow.
    const map = page.locator('.large som-map')
    const box = (await map.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    const ofOne = await chosenCount(page)
    expect(ofOne).toBeLessThan(40)
    await page.mouse.move(box.x + 4, box.y + 4)
    await page.mouse.down()
    for (const [x, y] of [
      [0.4, 0.02],
      [0.4, 0.98],
      [0.01, 0.98],
    ])
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height)
    await page.mouse.up()
    const ofLoop = await chosenCount(page)
    expect(ofLoop).toBeGreaterThan(ofOne)
    expect(await page.locator('.traits li').count()).toBeGreaterThan(0)
    expect(await page.locator('.rows-panel .row .soft').textContent()).toBe(`${ofLoop} rows`)
    // The other way round: a bar of a histogram cuts further, and the search too; undo goes back.
    await page.getByRole('button', { name: /^Chinstrap/ }).click()
    const ofBoth = await chosenCount(page)
    expect(ofBoth).toBeLessThan(ofLoop)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await chosenCount(page)).toBe(ofLoop)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByLabel('Search in all cells').fill('Torgersen')
    expect(await chosenCount(page)).toBe(52)
    await page.getByLabel('Search in all cells').fill('')
    await page.getByLabel('body_mass_g, from').fill('5000')
    await page.getByLabel('body_mass_g, from').press('Enter')
    await expect.poll(() => chosenCount(page)).toBe(67)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByRole('button', { name: 'Place the rows' }).click()
    await page.getByRole('img', { name: '344 rows on a plane' }).waitFor()
    // By the keyboard alone.
    await map.focus()
    for (const key of ['ArrowRight', 'ArrowDown', 'Space', 'ArrowRight', 'Space']) await page.keyboard.press(key)
    await page.getByText(/on 2 units/).waitFor()
    await page.keyboard.press('Escape')
    expect(await chosenCount(page)).toBe(344)

    // A name that would be a tag stays a name.
    const name = 'small <script>alert(1)</script> & "light"'
    await page.locator('.clusters li input').first().fill(name)
    await page.locator('.clusters li input').first().press('Enter')
    await page.getByRole('cell', { name }).first().waitFor()

    const bytes = await saved(page, 'Map (.som)')
    const som = decodeModel(bytes).unwrapOrElse((problem) => {
      throw new Error(JSON.stringify(problem))
    })
    expect(som.clusters?.names?.[0]).toBe(name)
    // The printed command trains the same map, to the bit.
    const command = (await page.locator('.command').textContent()) ?? ''
    const out = join(folder, 'again.som')
    const words = command.split(' ').slice(1)
    words[words.indexOf('-o') + 1] = out
    execFileSync(process.execPath, [main, ...words, '--backend', 'js'], { stdio: 'pipe' })
    const again = decodeModel(readFileSync(out)).unwrapOrElse((problem) => {
      throw new Error(JSON.stringify(problem))
    })
    expect(again.codebook).toEqual(som.codebook)
    expect(again.features).toEqual(som.features)
    expect(again.seen).toEqual(som.seen)
    // So does the program.
    copyFileSync(penguins, join(project, 'penguins.csv'))
    await page.getByText('As a program in TypeScript').click()
    const program = ((await page.locator('.program').textContent()) ?? '').replace(penguins, 'penguins.csv')
    writeFileSync(
      join(project, 'again.mjs'),
      compiledBlock(program.replace(penguins.replace('.csv', '.som'), 'penguins.som')),
    )
    execFileSync(process.execPath, ['again.mjs'], { cwd: project, stdio: 'pipe' })
    const byProgram = decodeModel(readFileSync(join(project, 'penguins.som'))).unwrapOrElse((problem) => {
      throw new Error(JSON.stringify(problem))
    })
    expect(byProgram.codebook).toEqual(som.codebook)
    const assigned = (await saved(page, 'CSV')).toString()
    expect(assigned.trimEnd().split('\n')).toHaveLength(345)
    expect(assigned).toContain('"small <script>alert(1)</script> & ""light"""')
    const csv = join(folder, 'assigned.csv')
    writeFileSync(csv, assigned)
    for (const kind of ['Parquet', 'Arrow']) {
      const file = join(folder, `assigned.${kind.toLowerCase()}`)
      writeFileSync(file, await saved(page, kind))
      expect(await cellsOf(file)).toEqual(await cellsOf(csv))
    }
    expect((await saved(page, 'Picture (.png)')).subarray(1, 4).toString()).toBe('PNG')
    expect((await saved(page, 'Picture (.svg)')).toString()).toMatch(/^<svg/)

    await page.waitForTimeout(600)
    await page.reload()
    await page.locator('.clusters li').first().waitFor()
    expect(await page.locator('.clusters li input').first().inputValue()).toBe(name)
    expect((await saved(page, 'Map (.som)')).equals(bytes)).toBe(true)
  })

  it('colours all views by a class, measures the map, and chooses on the net, the plane of rows and across features', async () => {
    const page = await pageAt(address)
    await page.getByText('344 rows, 7 columns').waitFor()
    await page.getByText('More options').click()
    await page.getByLabel('First radius').fill('6')
    await page.getByLabel('First radius').press('Tab')
    await page.getByRole('img', { name: 'radius: 6 to 0.8 over 20 epochs' }).waitFor()
    await page.getByLabel('Rule').selectOption('online')
    await page.getByLabel('Decay of the rate').selectOption('linear')
    await page.getByRole('img', { name: 'learning rate: 0.5 to 0.01 over 20 epochs' }).waitFor()
    await train(page, [6, 9])
    expect(await page.locator('.command').textContent()).toContain(
      '--rule online --epochs 20 --learning-rate-decay linear --radius 6:0.8',
    )
    await page.getByRole('combobox', { name: 'coloured by' }).selectOption('classes of species')
    expect(await page.locator('.legend .swatch-name').allTextContents()).toEqual([' Adelie', ' Gentoo', ' Chinstrap'])
    await page.getByRole('button', { name: 'Measure the map' }).click()
    await page.getByText('13 measures').click()
    expect(await page.locator('.measures tr').first().textContent()).toMatch(/quantization error0\.\d+lower is better/)
    await page.getByRole('button', { name: 'Colour by topographic error' }).click()
    await page.getByRole('application', { name: /coloured by rows torn apart/ }).waitFor()

    await page.getByRole('button', { name: 'Place the rows' }).click()
    // Two rows have no value, and so no place.
    await drawAround(page, page.getByRole('img', { name: '344 rows on a plane' }))
    await page.getByText('by rows chosen one by one').waitFor()
    expect(await chosenCount(page)).toBe(342)
    await page.keyboard.press('Escape')
    await drawAround(page, page.getByRole('img', { name: '54 units on the plane' }))
    await page.getByText('by units of the map').waitFor()
    expect(await chosenCount(page)).toBe(342)
    await page.keyboard.press('Escape')
    // The upper half of the first axis has the units of long bills.
    const lines = page.getByRole('img', { name: 'A line for each of 54 units across 4 features' })
    const box = (await lines.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await page.mouse.move(box.x + 40, box.y + 4)
    await page.mouse.down()
    await page.mouse.move(box.x + 42, box.y + box.height / 2)
    await page.mouse.up()
    await page.getByText(/high bill_length_mm/).waitFor()
    expect(await chosenCount(page)).toBeLessThan(300)
  })

  it('the command repeats a run to the bit whatever the columns are called, and reads a table of JSON as the page does', async () => {
    const names = ['a "b"', 'c, d', 'star*', '*', "it's $HOME `x`", 'back\\slash', '-dash', 'day']
    const rows = Array.from({ length: 40 }, (_, i) =>
      Object.fromEntries(names.map((name, k) => [name, k === 7 ? `2026-01-${10 + (i % 20)}` : (i * (k + 3)) % 17])),
    )
    writeFileSync(join(folder, 'odd names.ndjson'), rows.map((row) => JSON.stringify(row)).join('\n'))
    const page = await pageAt(address)
    await page.getByText('344 rows, 7 columns').waitFor()
    await give(page, 'odd names.ndjson', readFileSync(join(folder, 'odd names.ndjson')))
    await page.getByText('40 rows, 8 columns').waitFor()
    await page.getByRole('checkbox', { name: 'a "b"' }).uncheck()
    await page.getByRole('checkbox', { name: 'day' }).check()
    await train(page, [4, 5])
    const map = decodeModel(await saved(page, 'Map (.som)'))
    const command = ((await page.locator('.command').textContent()) ?? '').replace(
      /^som/,
      `"${process.execPath}" "${main}"`,
    )
    execFileSync('bash', ['-c', command], { cwd: folder, stdio: 'pipe' })
    const again = decodeModel(readFileSync(join(folder, 'odd names.som')))
    if (map.isErr || again.isErr) throw new Error('expected two maps')
    expect(again.value.features.map(({ name }) => name).sort()).toEqual(names.slice(1).sort())
    expect(again.value.codebook).toEqual(map.value.codebook)
  })

  it('a link restores the view: the map trained again, its clusters and what is chosen; no row is in it', async () => {
    const page = await pageAt(address)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByText('344 rows, 7 columns').waitFor()
    await train(page, [5, 7])
    await page.locator('.clusters li input').first().fill('northern')
    await page.locator('.clusters li input').first().press('Enter')
    await page.getByRole('combobox', { name: 'coloured by' }).selectOption('body_mass_g')
    await page.getByRole('button', { name: /^Chinstrap/ }).click()
    expect(await chosenCount(page)).toBe(68)
    await page.getByRole('button', { name: 'Copy a link to this view' }).click()
    await page.getByText('Copied a link to this view.').waitFor()
    const link = String(await page.evaluate('navigator.clipboard.readText()'))
    expect(link).not.toContain('token')
    // Somebody else's browser, without the token, asks for the file.
    const other = await pageAt(link)
    await other.getByText('Open penguins.csv to see what the link shows').waitFor()
    await give(other, 'penguins.csv', readFileSync(penguins))
    await other.getByRole('application', { name: 'Map of 5 by 7 units, coloured by body_mass_g' }).waitFor()
    await expect.poll(() => other.locator('.clusters li input').first().inputValue()).toBe('northern')
    await expect.poll(() => chosenCount(other)).toBe(68)
    expect(other.url()).not.toContain('view=')
  })

  it('trains by what is chosen, the same map, and says why where it cannot', async () => {
    const page = await pageAt(address)
    await page.getByText('344 rows, 7 columns').waitFor()
    await page.getByText('More options').click()
    const told = page.locator('.progress p')
    const maps: Buffer[] = []
    for (const [where, by] of [
      ['js', /by js$/],
      ['wasm', /by WebAssembly$/],
      ['gpu', /by (WebGPU|WebAssembly)$/],
    ] as const) {
      await page.getByLabel('Compute by').selectOption(where)
      await page.locator('.busy').waitFor({ state: 'detached' })
      await train(page, [5, 6])
      await expect.poll(() => told.textContent()).toMatch(by)
      maps.push(await saved(page, 'Map (.som)'))
    }
    const isCard = /by WebGPU$/.test((await told.textContent()) ?? '')
    expect(await page.getByText(/^WebGPU is not used: /).count()).toBe(isCard ? 0 : 1)
    const [first, ...others] = maps.map((bytes) => decodeModel(bytes))
    for (const other of others) expect(other.isOk && other.value.codebook).toEqual(first.isOk && first.value.codebook)
  })

  it('trains step by step, cancels, and goes back to an earlier map', async () => {
    const page = await pageAt(address)
    await page.getByText('344 rows, 7 columns').waitFor()
    await train(page, [4, 5])
    await page.getByLabel('Epochs', { exact: true }).fill('5000')
    await page.getByRole('button', { name: 'Train', exact: true }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Continue' }).waitFor()
    const told = page.locator('.progress p')
    const epoch = async (): Promise<number> => Number(/epoch (\d+) of 5000/.exec((await told.textContent()) ?? '')?.[1])
    await expect.poll(epoch).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'One epoch' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Train', exact: true }).waitFor()
    await page.getByText('4 × 5 units').waitFor()
    await page.getByLabel('Epochs', { exact: true }).fill('10')
    await train(page, [6, 6])
    await page.getByText('6 × 6 units').waitFor()
    await page.locator('.map-panel select').nth(1).selectOption('0')
    await page.getByText('4 × 5 units').waitFor()
    // Both maps beside one another, and the rows that have other neighbours on them.
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByText(/Rows keep \d+ % of their neighbours on average/).waitFor()
    const changed = page.getByRole('button', { name: /^Choose the \d+ rows that changed neighbours/ })
    const count = Number(/\d+/.exec((await changed.textContent()) ?? '')?.[0])
    await changed.click()
    expect(await chosenCount(page)).toBe(count)
    const other = page.getByRole('application', { name: /^Run 2, by/ })
    await other.focus()
    await page.keyboard.press('Enter')
    await page.getByText('by rows chosen one by one').waitFor()
    expect(await chosenCount(page)).toBeLessThan(60)
  })

  it.each([
    ['a binary named .csv', 'b.csv', Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)],
    ['an empty file', 'e.csv', ''],
    ['a kind that no page reads', 'x.docx', 'PK'],
    ['a broken map', 'm.som', 'not a map'],
  ])('%s is refused in words, and the work is kept', async (_, file, contents) => {
    const page = await pageAt(address)
    await page.getByText('344 rows, 7 columns').waitFor()
    await give(page, file, contents)
    await page.locator('.error').waitFor()
    expect(await page.locator('.error span').textContent()).toContain(file)
    await page.getByText('344 rows, 7 columns').waitFor()
  })

  it.each([
    ['text alone', 'a,b\nx,y\nz,w\n', /No column is a feature/],
    ['one row', 'a,b\n1,2\n', null],
    ['no value anywhere', 'a,b\nNaN,NaN\n,\n', /No column has a value: there is nothing to learn from/],
    ['10,000 columns', wide(10_000), null],
    ['names that are tags', '<script>alert(1)</script>,<img src=x onerror=alert(2)>\n1,2\n3,5\n7,1\n', null],
  ])('a table with %s opens, and says what is wrong with it', async (_, contents, note) => {
    const page = await pageAt(address)
    await page.getByText('344 rows, 7 columns').waitFor()
    await give(page, 'odd.csv', contents)
    await page.getByText(/odd\.csv/).waitFor()
    if (note) await page.getByText(note).waitFor()
    else {
      await page.getByRole('button', { name: 'Train', exact: true }).click()
      await page.locator('.map-panel, .error').first().waitFor()
    }
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  })

  it('a server that does not answer is named, maps are trained without it, and saving works once it is back', async () => {
    const page = await pageAt(address)
    await train(page, [4, 5])
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Parquet' }).click()
    await page.getByText(/the server of this page does not answer\. Your work is kept in this page/).waitFor()
    await train(page, [5, 6])
    await page.getByText('5 × 6 units').waitFor()
    await page.context().setOffline(false)
    expect((await saved(page, 'Parquet')).subarray(0, 4).toString()).toBe('PAR1')
    // The browser itself notes in its console what it could not fetch.
    browsing.trouble.splice(0)
  })

  it('a file that is too large, and a browser without room for the session, get a message, and the work is kept', async () => {
    const page = await pageAt(address)
    await page.getByText('344 rows, 7 columns').waitFor()
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('the quota has been exceeded', 'QuotaExceededError')
      }
    })
    await train(page, [4, 5])
    await page.getByText(/cannot keep the session for a reload .*quota.* Save the map as a file/).waitFor()
    await page.evaluate(() => {
      Object.defineProperty(File.prototype, 'size', { get: () => 2 ** 31 })
    })
    await give(page, 'huge.csv', 'a,b\n1,2\n')
    await page
      .getByText(/huge\.csv: expected a file of at most 512 MiB, found 2048 MiB; train it with som train/)
      .waitFor()
    await page.getByText('4 × 5 units').waitFor()
    expect((await saved(page, 'Map (.som)')).length).toBeGreaterThan(1000)
  })

  it('a map and new rows: matched, their drift by feature, and the farthest with what makes them so', async () => {
    execFileSync(process.execPath, [main, 'train', penguins, '-o', join(folder, 'map.som'), '--backend', 'js'], {
      stdio: 'pipe',
    })
    const [child, own] = await startStudio(join(folder, 'map.som'), penguins)
    const page = await pageAt(own)
    await page.getByRole('heading', { name: 'New rows' }).waitFor()
    const far = 'bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g\n40,18,190,3800\n90,40,400,9000\n'
    await page
      .locator('section', { hasText: 'New rows' })
      .locator('input[type=file]')
      .last()
      .setInputFiles({
        name: 'new.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(far),
      })
    await page.getByText(/new\.csv: 2 rows, 1 of them/).waitFor()
    expect(await page.locator('.far li').first().textContent()).toMatch(
      /^row 2.*flipper_length_mm 400, rows like it \d/,
    )
    await page.getByText(/% of the rows lie on other units than before/).waitFor()
    expect(await page.locator('.moved th').allTextContents()).toHaveLength(4)
    await page.getByRole('button', { name: 'Show where they lie' }).click()
    await page.getByRole('application', { name: /coloured by new rows per unit/ }).waitFor()
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    expect(await ended).toEqual([0, null])
  })

  it('axe finds nothing wrong with the start, a table, every view with all in it, or an error', async () => {
    const page = await pageAt(address)
    await page.getByText('344 rows, 7 columns').waitFor()
    expect(await foundByAxe(page)).toEqual([])
    await train(page, [6, 8])
    await page.getByRole('button', { name: 'Place the rows' }).click()
    await page.getByRole('button', { name: 'Measure the map' }).click()
    await page.getByText('13 measures').click()
    for (const summary of ['More options', 'As a program in TypeScript']) await page.getByText(summary).click()
    await page.getByRole('combobox', { name: 'coloured by' }).selectOption('classes of species')
    await page.getByRole('button', { name: /^Chinstrap/ }).click()
    await page.locator('section', { hasText: 'New rows' }).locator('input[type=file]').last().setInputFiles(penguins)
    await page.getByText(/lie on other units/).waitFor()
    await train(page, [5, 7])
    await page.getByText('5 × 7 units').waitFor()
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByText(/Rows keep \d+ % of their neighbours on average/).waitFor()
    expect(await foundByAxe(page)).toEqual([])
    await give(page, 'x.docx', 'PK')
    await page.locator('.error').waitFor()
    expect(await foundByAxe(page)).toEqual([])
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('heading', { name: 'Bring a table' }).waitFor()
    expect(await foundByAxe(page)).toEqual([])
  })

  it('the tour of the docs can be taken, and ends with rows that have the names of their clusters', async () => {
    const page = await pageAt(address)
    const saved = await takeTour(page, penguins, join(folder, 'tour'))
    const rows = readFileSync(saved, 'utf8').trimEnd().split('\n').slice(1)
    const named = rows.filter((row) => /,(Adelie|Gentoo|Chinstrap)$/.test(row))
    expect(named).toHaveLength(342)
    expect(named.filter((row) => row.startsWith(row.slice(row.lastIndexOf(',') + 1))).length).toBeGreaterThan(325)
    const text = readFileSync(join(root, 'docs', 'guide', 'studio-tour.md'), 'utf8')
    const shown = [...text.matchAll(/images\/studio\/([\w-]+\.png)/g)].map(([, name]) => name)
    expect(shown.sort()).toEqual(readdirSync(join(folder, 'tour')).sort())
    expect(readdirSync(join(root, 'docs', 'images', 'studio')).sort()).toEqual(shown)
  })

  it.each([360, 3840])('fits at %i px', async (width) => {
    const page = await pageAt(address, width)
    await page.getByText('344 rows, 7 columns').waitFor()
    await train(page, [8, 12])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  })

  it('the first view takes less JavaScript than it may', () => {
    const html = readFileSync(join(pageFolder, 'index.html'), 'utf8')
    const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name)
    const worker = readdirSync(join(pageFolder, 'assets')).find((name) => /^worker-.*\.js$/.test(name)) ?? ''
    const bytes = [...scripts, `assets/${worker}`].map((name) => gzipSync(readFileSync(join(pageFolder, name))).length)
    expect(scripts.length).toBeGreaterThan(0)
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(MOST_FIRST)
  })
})

/** Some cells of a file of rows with their units. */
async function cellsOf(path: string): Promise<unknown[]> {
  const table = (await openTable(path)).unwrapOrElse((problem) => {
    throw new Error(JSON.stringify(problem))
  })
  const at = (name: string): number => table.columns.findIndex((column) => column.name === name)
  const found: unknown[] = [table.columns.map(({ name }) => name)]
  for await (const { numbers, text } of table.chunks(['unit', 'body_mass_g'].map(at), ['cluster_name', 'sex'].map(at)))
    found.push([...numbers], ...text.map((cells) => [...cells]))
  table.close()
  return found
}

/** Draws a loop around all of an element. */
async function drawAround(page: Page, element: Locator): Promise<void> {
  await element.scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await element.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.move(x + 1, y + 1)
  await page.mouse.down()
  for (const [across, down] of [
    [width - 1, 1],
    [width - 1, height - 1],
    [1, height - 1],
  ])
    await page.mouse.move(x + across, y + down)
  await page.mouse.up()
}

/** A table of so many columns. */
function wide(columns: number): string {
  const row = (of: (k: number) => string): string => Array.from({ length: columns }, (_, k) => of(k)).join(',')
  return [row((k) => `c${k}`), ...[1, 2, 3, 4].map((i) => row((k) => String((i * (k + 3)) % 7)))].join('\n')
}
