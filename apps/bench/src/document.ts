import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseResult, PresentRow } from './case.ts'
import type { Limits } from './limits.ts'
import { type Machine, machineText } from './machine.ts'
import type { Options } from './options.ts'
import { outFolder, root } from './paths.ts'
import { markdownOf, markdownTable, short } from './table.ts'

/** What is kept of a case's run: `out/bench/<case>.json`. */
export interface Kept {
  readonly machine: Machine
  readonly options: Options
  /** Those of the machine, where they were probed. */
  readonly limits?: Limits
  readonly result: CaseResult
}

/** Writes docs/performance.md from the kept results of the named cases; gives its path. */
export function writeDocument(names: readonly string[]): string {
  const kept = names.flatMap((name): Kept[] => {
    const path = join(outFolder, `${name}.json`)
    return existsSync(path) ? [JSON.parse(readFileSync(path, 'utf8'))] : []
  })
  const path = join(root, 'docs', 'performance.md')
  writeFileSync(path, `${documentOf(kept)}\n`)
  return path
}

function documentOf(kept: readonly Kept[]): string {
  const [first] = kept
  if (!first) return '# Performance\n\nNothing was measured yet: `npm run bench -- --docs`.'
  const { machine } = first
  return [
    '# Performance',
    'Written by `npm run bench -- --docs`; run it to have the same table of your own machine.',
    `Measured on ${machine.date} on ${machineText(machine)}. ${loads(kept)}`,
    HOW,
    '## What was wanted, and what was found',
    markdownTable([
      ['case', 'what', 'wanted', 'found', 'reached'],
      ...kept.flatMap(({ result }) =>
        result.targets.map((t) => [result.name, t.what, t.wanted, t.found, t.reached ? 'yes' : '**no**']),
      ),
    ]),
    '## Where a peer is ahead',
    list(kept.flatMap(({ result }) => ahead(result))),
    ...kept.map(({ result, options }) => `${markdownOf(result)}\n\n    ${commandOf(result.name, options)}`),
  ].join('\n\n')
}

const HOW = `Every contender runs in a process of its own, with the same threads, on the same data from the same files, one after the other. A case's data are drawn from a fixed seed.
Seconds are the median of the repetitions after a warm-up, and the spread is from the fastest to the slowest; compilation and reading of files are left out, but where a case says that the whole process counts.
Before times are compared, results are: a contender of the same rule agrees where its quantization error is within 5 % of ours (of a matching: the mean distance within 0.01 %; of a
reading: the sum). One that is worse is in the table, and counts for no target. The share of the limit is the time that the machine's own multiply-add peak and memory bandwidth, probed
first, allow for comparing every sample with every unit, over the time taken: above 100 % arithmetic was left out. Quantization and topographic error (8 neighbours) are found by one implementation for all. NumPy, JAX and SciPy rows are baselines written for this table, as strong as we could make them (\`apps/bench/python\`); the others are published packages.
Read ratios, not seconds: on a shared machine ratios below 1.4 mean little.`

function loads(kept: readonly Kept[]): string {
  const most = Math.max(...kept.map(({ machine }) => machine.load))
  return most > kept[0].machine.cores + 0.5
    ? `Other work ran beside it (load up to ${most.toFixed(1)}).`
    : 'The machine was otherwise idle.'
}

function ahead(result: CaseResult): string[] {
  const present = result.rows.filter((row): row is PresentRow => !('absent' in row))
  const ours = present.find((row) => row.kind === 'ours')
  if (!ours) return []
  return present
    .filter((row) => row.kind !== 'ours')
    .flatMap((row) => {
      const found: string[] = []
      if (row.seconds.median < ours.seconds.median) {
        found.push(`${short(row.seconds.median)} s beside ${short(ours.seconds.median)} s of ${ours.name}`)
      }
      if (row.quality && ours.quality && row.quality.quantizationError < ours.quality.quantizationError * NOTICEABLE) {
        const [theirs, own] = [row.quality.quantizationError, ours.quality.quantizationError]
        found.push(`quantization error ${theirs.toFixed(4)} beside ${own.toFixed(4)}`)
      }
      return found.length > 0 ? [`${result.name}, ${row.name}: ${found.join('; ')}`] : []
    })
}

/** A lower error by less than this share is rounding and ties. */
const NOTICEABLE = 0.999

function list(lines: readonly string[]): string {
  return lines.length > 0 ? lines.map((line) => `- ${line}`).join('\n') : 'Nowhere in these cases.'
}

function commandOf(name: string, options: Options): string {
  const { threads, repeats, seed, scale, map } = options
  const sizes = (['rows', 'features', 'epochs', 'updates'] as const).flatMap((size) =>
    options[size] === undefined ? [] : [`--${size} ${options[size]}`],
  )
  return [
    `npm run bench -- ${name} --threads ${threads} --repeats ${repeats} --seed ${seed}`,
    ...(scale === 1 ? [] : [`--scale ${scale}`]),
    ...(map === undefined ? [] : [`--map ${map.join('x')}`]),
    ...sizes,
  ].join(' ')
}
