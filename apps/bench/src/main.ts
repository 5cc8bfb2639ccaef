// npm run bench -- [case …] [options]; see USAGE.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Awake, keepAwake } from './awake.ts'
import { own } from './cases/own.ts'
import { cases } from './cases.ts'
import { chosenCases } from './chosen.ts'
import { type Kept, writeDocument } from './document.ts'
import { staleBundle } from './fresh.ts'
import { type Limits, limitsOf } from './limits.ts'
import { machine } from './machine.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { pageOf } from './page/page.ts'
import { outFolder } from './paths.ts'
import { recordCase } from './record.ts'
import { markdownOf } from './table.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  let options: Options
  try {
    options = readOptions(args)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.error(USAGE)
    return 2
  }
  const chosen = chosenCases(options)
  if (options.help || 'unknown' in chosen) {
    const names = [...cases, own]
    if ('unknown' in chosen)
      console.error(
        `case: expected some of ${names.map(({ name }) => name).join(', ')}, found ${chosen.unknown.join(', ')}`,
      )
    console.log(`${USAGE}\n\ncases:\n${names.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`).join('\n')}`)
    return options.help ? 0 : 2
  }
  const stale = staleBundle()
  if (stale !== null) {
    console.error(stale)
    return 1
  }
  mkdirSync(outFolder, { recursive: true })
  let awake: Awake | undefined
  try {
    awake = options.awake ? await keepAwake() : undefined
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
  if (options.drawn > 0) console.log(`Drawn with --drawn ${options.drawn} --seed ${options.seed}\n`)
  const limits = probedLimits(options)
  const done: Kept[] = []
  for (const one of chosen) {
    const result = await one.run(options)
    console.log(`${markdownOf(result)}\n`)
    const kept: Kept = { machine: machine(awake?.pids.length), options, ...(limits && { limits }), result }
    done.push(kept)
    writeFileSync(join(outFolder, `${result.name}.json`), `${JSON.stringify(kept, null, 2)}\n`)
    writeFileSync(join(outFolder, 'index.html'), pageOf(done))
    for (const problem of await recordCase(result, kept)) console.error(`not recorded: ${problem}`)
  }
  awake?.end()
  console.log(`Results are in ${outFolder}: ${join(outFolder, 'index.html')} shows them`)
  if (options.docs) {
    const { path, left } = writeDocument(cases.map(({ name }) => name))
    console.log(`Written: ${path}`)
    if (left.length > 0)
      console.log(`It lacks what was not measured on this machine since it was started: ${left.join(', ')}`)
  }
  return 0
}

/** The machine's own limits, told before anything is measured. */
function probedLimits({ limits, threads }: Options): Limits | undefined {
  const found = limits ? limitsOf(threads) : { absent: 'not asked for' }
  if ('absent' in found) {
    console.log(`The machine's limits: ${found.absent}\n`)
    return undefined
  }
  const { arithmetic, read, triad } = found
  console.log(
    `The machine's limits on ${threads} threads: ${arithmetic} GFLOP/s, ${read} GB/s read, ${triad} GB/s read and written\n`,
  )
  return found
}
