// The tour of docs/guide/studio-tour.md: each of its steps in a page of the studio with the penguins, and a picture of
// what is seen then. `npm run pictures -- studio` takes the pictures of docs/images/studio; a test walks the same way.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const panel = (page, name) => page.locator(`section[aria-labelledby=${name}-heading]`)

/** Takes the tour; pictures go to `folder`. Gives the path of the CSV file that it saves. */
export async function takeTour(page, table, folder) {
  mkdirSync(folder, { recursive: true })
  const taken = async (name, what) => {
    // Where the pointer is, something is marked.
    await page.mouse.move(0, 0)
    await what.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  }
  await page.getByText('344 rows, 7 columns').waitFor()
  await taken('columns', panel(page, 'columns'))

  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.locator('.clusters li').first().waitFor()
  await taken('train', panel(page, 'train'))

  await page.getByRole('combobox', { name: 'coloured by' }).selectOption('classes of species')
  await taken('classes', panel(page, 'map'))

  const name = async (at, called) => {
    await page.locator('.clusters li input').nth(at).fill(called)
    await page.locator('.clusters li input').nth(at).press('Enter')
  }
  await name(1, 'Gentoo')
  await page.getByRole('button', { name: /^Chinstrap/ }).click()
  await page.getByText(/^by species/).waitFor()
  await taken('chosen', panel(page, 'chosen'))
  await taken('histograms', panel(page, 'histograms'))
  await taken('rows', panel(page, 'rows'))
  await page.getByLabel('name', { exact: true }).fill('Chinstrap')
  await page.getByRole('button', { name: /^Make the \d+ chosen units a cluster/ }).click()
  await page.getByRole('button', { name: 'Clear' }).click()
  await name(0, 'Adelie')
  await page.getByRole('cell', { name: 'Adelie', exact: true }).first().waitFor()
  await taken('clusters', panel(page, 'clusters'))

  await taken('net', panel(page, 'net'))
  await page.getByRole('button', { name: 'Place the rows' }).click()
  await page.getByRole('img', { name: '344 rows on a plane' }).waitFor()
  await taken('plane', panel(page, 'plane'))
  await taken('parallel', panel(page, 'parallel'))

  await page.getByRole('button', { name: 'Measure the map' }).click()
  await page.getByText('13 measures').waitFor()
  await taken('quality', panel(page, 'quality'))

  await panel(page, 'new').locator('input[type=file]').setInputFiles(table)
  await page.getByText(/lie on other units/).waitFor()
  await taken('new-rows', panel(page, 'new'))

  const download = page.waitForEvent('download')
  await panel(page, 'out').getByRole('button', { name: 'CSV' }).click()
  await taken('take-along', panel(page, 'out'))
  const saved = await (await download).path()

  await page.getByLabel('Rows of units').fill('6')
  await page.getByLabel('Columns of units').fill('9')
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.getByText('6 × 9 units').waitFor()
  await page.locator('.clusters li').first().waitFor()
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByText(/Rows keep \d+ % of their neighbours/).waitFor()
  await taken('two-maps', panel(page, 'compare'))
  return saved
}
