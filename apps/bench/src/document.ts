import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ahead } from './ahead.ts'
import type { CaseResult } from './case.ts'
import type { Limits } from './limits.ts'
import { type Machine, machine, machineText } from './machine.ts'
import { ENOUGH, type Options } from './options.ts'
import { outFolder, root } from './paths.ts'
import { markdownOf, markdownTable } from './table.ts'

/** What is kept of a case's run: `out/bench/<case>.json`. */
export interface Kept {
  readonly machine: Machine
  readonly options: Options
  /** Those of the machine, where they were probed. */
  readonly limits?: Limits
  readonly result: CaseResult
}

/**
 * Writes docs/performance.md from the kept results of the named cases on this machine since it was started; gives its
 * path and the cases that it lacks.
 */
export function writeDocument(names: readonly string[]): { readonly path: string; readonly left: readonly string[] } {
  const found = names.flatMap((name): Kept[] => {
    const path = join(outFolder, `${name}.json`)
    return existsSync(path) ? [JSON.parse(readFileSync(path, 'utf8'))] : []
  })
  const path = join(root, 'docs', 'performance.md')
  const kept = ofMachine(found, machine().id)
  writeFileSync(path, `${documentOf(kept)}\n`)
  return { path, left: names.filter((name) => !kept.some(({ result }) => result.name === name)) }
}

/** Those whose every time is of this machine since it was started, so that none stands beside one of another. */
export function ofMachine(found: readonly Kept[], id: string): Kept[] {
  return found.filter((each) => each.machine.id === id && !each.options.reusePeers)
}

export function documentOf(kept: readonly Kept[]): string {
  const [first] = kept
  if (!first) return '# Performance\n\nNothing was measured yet: `npm run bench -- --docs`.'
  const { machine, options } = first
  return [
    '# Performance',
    `Written by \`npm run bench -- --docs${options.awake ? ' --awake' : ''}\`, which measures everything below again; run it to have the same page of your own machine.`,
    `Measured on ${datesOf(kept)} on ${machineText(machine)}. ${loads(kept)}${awakeText(kept)}`,
    ...limitsText(kept),
    HOW,
    '## What was wanted, and what was found',
    markdownTable([
      ['case', 'what', 'wanted', 'found', 'reached'],
      ...kept.flatMap(({ result }) =>
        result.targets.map((t) => [result.name, t.what, t.wanted, t.found, t.reached ? 'yes' : '**no**']),
      ),
    ]),
    '## Where a peer is ahead',
    'Faster, a map with a lower error, or less memory than the first of ours in its table:',
    list(kept.flatMap(({ result }) => ahead(result))),
    ...kept.map(({ result, options }) => `${markdownOf(result)}\n\n    ${commandOf(result.name, options)}`),
  ].join('\n\n')
}

const HOW = `How to read it:

- Every contender runs in a process of its own, with the same threads, on the same data from the same files, one after the other. Data are drawn from a fixed seed.
- Seconds are the median of the repetitions after a warm-up; the spread is from the fastest to the slowest. Compilation and reading of files are left out, but where a case says that the whole process counts.
- A time with \`~\` is of a part of the work, scaled up to all of it; the note says how large a part. A peer whose repetitions have together taken ${ENOUGH} s (\`--enough\`) is not repeated again, and its note or spread says so.
- Before times are compared, results are. A contender of the same rule agrees where its quantization error is within 5 % of ours (of a matching: the mean distance within 0.01 %; of a reading: the sum). One that is worse is in the table, and counts for no target.
- The share of the limit is the time that the machine's own multiply-add peak and memory bandwidth allow for comparing every sample with every unit, over the time taken: above 100 % arithmetic was left out, or done by integers.
- Quantization and topographic error (8 neighbours) are found by one implementation for all.
- NumPy, JAX and SciPy rows are baselines written for this page, as strong as we could make them, and the naive loops are where the challenge began (\`apps/bench/python\`). The others are published packages, called by their own interfaces.
- Read ratios, not seconds: on a shared machine ratios below 1.4 mean little.`

function loads(kept: readonly Kept[]): string {
  const most = Math.max(...kept.map(({ machine }) => machine.load))
  return most > kept[0].machine.cores + 0.5
    ? `Other work ran beside it (load up to ${most.toFixed(1)}).`
    : 'The machine was otherwise idle.'
}

const awakeText = (kept: readonly Kept[]): string =>
  kept.some(({ options }) => options.awake)
    ? ' Its processors were kept from sleeping, by loops that run only where nothing else wants to.'
    : ''

const datesOf = (kept: readonly Kept[]): string => [...new Set(kept.map(({ machine }) => machine.date))].join(' and ')

function limitsText(kept: readonly Kept[]): string[] {
  const limits = kept.flatMap((each) => each.limits ?? []).at(-1)
  if (!limits) return []
  const { arithmetic, read, triad } = limits
  return [
    `The machine's own limits, probed first: ${arithmetic} GFLOP/s of fused multiply-adds, ${read} GB/s read from memory, ${triad} GB/s read and written.`,
  ]
}

function list(lines: readonly string[]): string {
  return lines.length > 0 ? lines.map((line) => `- ${line}`).join('\n') : 'Nowhere in these cases.'
}

function commandOf(name: string, options: Options): string {
  const { threads, repeats, seed, scale, map, enough, awake } = options
  const sizes = (['rows', 'features', 'epochs', 'updates'] as const).flatMap((size) =>
    options[size] === undefined ? [] : [`--${size} ${options[size]}`],
  )
  return [
    `npm run bench -- ${name} --threads ${threads} --repeats ${repeats} --seed ${seed}`,
    ...(scale === 1 ? [] : [`--scale ${scale}`]),
    ...(map === undefined ? [] : [`--map ${map.join('x')}`]),
    ...sizes,
    ...(enough === ENOUGH ? [] : [`--enough ${enough}`]),
    ...(awake ? ['--awake'] : []),
  ].join(' ')
}
