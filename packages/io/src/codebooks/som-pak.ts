import Result from 'true-myth/result'
import { type Codebook, numbered } from './codebook.ts'

/**
 * SOM_PAK's .cod: `dimension topology columns rows neighbourhood`, then one prototype per line, beginning with the
 * columns of the first row. Odd rows of its hexagonal lattice are shifted to the right, like ours. T. Kohonen et al.,
 * SOM_PAK: the self-organizing map program package, 1996. It has no wrapped shapes: they are written as sheets.
 */
export function encodeSomPak({ lattice, features, values, kernel }: Codebook): string {
  const topology = lattice.cell === 'hexagonal' ? 'hexa' : 'rect'
  const lines = Array.from({ length: lattice.rows * lattice.columns }, (_, unit) =>
    Array.from(values.subarray(unit * features.length, (unit + 1) * features.length), String).join(' '),
  )
  const short = `#n ${features.map((name) => name.replaceAll(/\s/g, '_')).join(' ')}\n`
  const hasBlanks = features.some((name) => name === '' || /\s/.test(name))
  const names = hasBlanks ? `${short}${FULL_NAMES} ${JSON.stringify(features)}\n` : short
  return `${features.length} ${topology} ${lattice.columns} ${lattice.rows} ${kernel}\n${names}${lines.join('\n')}\n`
}

/**
 * Our own comment line with the names as JSON, used if a name has blanks, since `#n` separates names by blanks. Other
 * programs skip it.
 */
const FULL_NAMES = '#som-names'

/** Reads a .cod file; returns a message if it is invalid. Labels after a prototype are dropped. */
export function decodeSomPak(text: string): Result<Codebook, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const names = namesIn(lines)
  const [header = '', ...rest] = lines.filter((line) => !line.startsWith('#'))
  const parts = /^\s*(\d+)\s+(hexa|rect)\s+(\d+)\s+(\d+)\s+(gaussian|bubble)\s*$/.exec(header)
  if (parts === null) {
    return Result.err(
      `expected "dimension hexa|rect columns rows gaussian|bubble" in the first line, found ${JSON.stringify(header.slice(0, 60))}`,
    )
  }
  const [width, columns, rows] = [Number(parts[1]), Number(parts[3]), Number(parts[4])]
  if (rest.length !== rows * columns || rows * columns * width === 0) {
    return Result.err(`expected ${rows} x ${columns} prototypes, found ${rest.length}`)
  }
  const values = rest.flatMap((line) => line.trim().split(/\s+/).slice(0, width).map(Number))
  const bad = values.findIndex((x) => !Number.isFinite(x))
  if (bad >= 0 || values.length !== rest.length * width) {
    return Result.err(`prototype ${Math.floor((bad < 0 ? values.length : bad) / width) + 1}: expected ${width} numbers`)
  }
  const cell = parts[2] === 'hexa' ? 'hexagonal' : 'rectangular'
  return Result.ok({
    lattice: { cell, shape: 'sheet', rows, columns },
    features: names.length === width ? names : numbered(width),
    values: Float64Array.from(values),
    kernel: parts[5] === 'bubble' ? 'bubble' : 'gaussian',
  })
}

function namesIn(lines: readonly string[]): readonly string[] {
  const full = lines.find((line) => line.startsWith(`${FULL_NAMES} `))?.slice(FULL_NAMES.length)
  if (full !== undefined) {
    try {
      const found: unknown = JSON.parse(full)
      if (Array.isArray(found) && found.every((name) => typeof name === 'string')) return found
    } catch {
      // The file was edited by hand: the short names are there too.
    }
  }
  const short = lines.find((line) => /^#n\s/.test(line)) ?? ''
  return short.trim().split(/\s+/).slice(1)
}
