import { basename, extname } from 'node:path'
import type { Backend, Issue } from '@som/core'
import { checkWritable, writeAside } from '@som/io'
import {
  checkPaletteOptions,
  countColours,
  DITHERS,
  type Dither,
  encodeIndexedPng,
  type Histogram,
  indexImage,
  MOST_COLOURS,
  makePalette,
  mergeHistograms,
  PALETTE_FORMATS,
  type Palette,
  paletteError,
} from '@som/recipes'
import { backendOf, complain, note, optionIssues, orRefuse, refuseAny, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { PaletteFlags } from '../command-flags/palette-flags.ts'
import { Flags } from '../flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { runningOf } from '../running.ts'
import { counted } from '../text.ts'
import { outputsOf } from './outputs.ts'
import { type ReadImage, readImage } from './read-image.ts'
import { type Shown, summaryJson, summaryText } from './report.ts'

/** Runs `som palette`; gives the exit code. */
export async function runPalette(command: Parameters<typeof optionIssues>[0], flags: PaletteFlags): Promise<number> {
  const images = command.args
  const read = new Flags()
  const settings = {
    colours: read.integer('--colours', flags.colours, 1, MOST_COLOURS),
    grid: read.pair('--grid', flags.grid, /x/i, 'rows x columns, for example 4x8', false),
    dither: read.choice('--dither', flags.dither, DITHERS) ?? 'none',
    seed: read.integer('--seed', flags.seed, 0) ?? 0,
    ...runningOf(read, flags),
  } as const
  const { colours, grid, seed } = settings
  const asked = {
    ...(colours !== undefined && { colours }),
    ...(grid && { grid: { rows: grid[0], columns: grid[1] ?? 1 } }),
    seed,
  }
  const checked = checkPaletteOptions(asked)
  if (Array.isArray(checked)) read.issues.push(...checked.map(asFlag))
  const palettes = flags.palette ?? []
  const unknown = optionIssues(command)
  const issues = [...unknown, ...read.issues, ...paletteIssues(palettes)]
  // The values of unknown options are among the images.
  if (unknown.length === 0) {
    if (images.length === 0)
      issues.push({ path: 'image', message: 'expected a file, found none: som palette photo.jpg -o out.png' })
    if (flags.output === undefined && palettes.length === 0)
      issues.push({ path: '--output', message: 'expected -o or --palette, found neither: nothing would be written' })
    issues.push(...images.flatMap(repeated))
  }
  if (issues.length > 0) {
    complain(issues)
    return EXIT.usage
  }
  const work = async (): Promise<number> => {
    const outputs = await outputsOf(images, flags.output)
    if (isIssues(outputs)) refuseAny(outputs)
    const files = outputs.filter((file) => typeof file === 'string')
    for (const file of [...files, ...palettes]) orRefuse(await checkWritable(file))
    const backend = await backendOf(settings.backend, settings.threads)
    const histogram = await histogramOf(images)
    const palette = orRefuse(await makePalette(histogram, asked, { backend }))
    const shown: Shown[] = []
    for (const [i, image] of images.entries())
      shown.push(await show(image, files[i], palette, settings.dither, backend))
    for (const file of palettes) await writePalette(file, palette, images[0])
    const report = flags.json ? summaryJson : summaryText
    process.stdout.write(report({ palette, found: histogram.colours.length, images: shown, palettes }))
    return EXIT.done
  }
  return untilInterrupted(() => untilRefused(work))
}

/** The colours of all images. One image is in memory at a time. */
async function histogramOf(images: readonly string[]): Promise<Histogram> {
  const histograms: Histogram[] = []
  const issues: Issue[] = []
  for (const path of images) {
    const read = await readImage(path)
    if (read.isErr) {
      issues.push(...read.error)
      continue
    }
    noteFrames(path, read.value)
    const { colours, counts } = countColours(read.value.image)
    histograms.push({ colours, counts })
  }
  refuseAny(issues)
  return mergeHistograms(histograms)
}

async function show(
  path: string,
  output: string | undefined,
  palette: Palette,
  dither: Dither,
  backend: Backend,
): Promise<Shown> {
  const { image } = orRefuse(await readImage(path))
  const { width, height } = image
  if (output === undefined) return { image: path, width, height, error: null }
  const colours = countColours(image)
  const indexed = orRefuse(await indexImage(image, palette, { dither, counted: colours }, { backend }))
  const bytes = await encodeIndexedPng(indexed)
  orRefuse(await writeAside(output, (put) => put(bytes)))
  return { image: path, output, width, height, error: paletteError(image, indexed, colours).mean }
}

async function writePalette(file: string, palette: Palette, image: string): Promise<void> {
  const format = formatOf(file)
  if (format === undefined) return
  const bytes = await PALETTE_FORMATS[format](palette, basename(image, extname(image)))
  orRefuse(await writeAside(file, (put) => put(bytes)))
}

const formats = Object.keys(PALETTE_FORMATS) as (keyof typeof PALETTE_FORMATS)[] // its own keys

function formatOf(file: string): keyof typeof PALETTE_FORMATS | undefined {
  return formats.find((format) => extname(file).toLowerCase() === `.${format}`)
}

function paletteIssues(files: readonly string[]): Issue[] {
  const endings = formats.map((format) => `.${format}`).join(', ')
  return files
    .filter((file) => formatOf(file) === undefined)
    .map((file) => ({
      path: '--palette',
      message: `expected a name that ends in one of ${endings}, found ${JSON.stringify(file)}`,
    }))
}

function repeated(image: string, i: number, images: readonly string[]): Issue[] {
  return images.indexOf(image) === i ? [] : [{ path: image, message: 'named twice; leave one out' }]
}

function noteFrames(path: string, { frames }: ReadImage): void {
  if (frames > 1) note(`${path}: has ${counted(frames, 'frame')}; the first is used`)
}

/** An issue from the library, under the name of its flag. */
function asFlag({ path, message }: Issue): Issue {
  return { path: path === 'colours, grid' ? '--colours, --grid' : `--${path}`, message }
}

function isIssues(found: readonly string[] | readonly Issue[]): found is readonly Issue[] {
  return found.length > 0 && typeof found[0] !== 'string'
}
