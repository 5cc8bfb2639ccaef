// npm run bench -- [case …] [options]; see USAGE.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseResult } from './case.ts'
import { cases } from './cases.ts'
import { type Kept, writeDocument } from './document.ts'
import { machine } from './machine.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { outFolder } from './paths.ts'
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
  const names = cases.map(({ name }) => name)
  const unknown = options.cases.filter((name) => !names.includes(name))
  if (options.help || unknown.length > 0) {
    if (unknown.length > 0) console.error(`case: expected some of ${names.join(', ')}, found ${unknown.join(', ')}`)
    console.log(`${USAGE}\n\ncases:\n${cases.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`).join('\n')}`)
    return unknown.length > 0 ? 2 : 0
  }
  const chosen = options.cases.length > 0 ? cases.filter(({ name }) => options.cases.includes(name)) : cases
  const results: CaseResult[] = []
  mkdirSync(outFolder, { recursive: true })
  for (const one of chosen) {
    const result = await one.run(options)
    results.push(result)
    console.log(`${markdownOf(result)}\n`)
    const kept: Kept = { machine: machine(), options, result }
    writeFileSync(join(outFolder, `${result.name}.json`), `${JSON.stringify(kept, null, 2)}\n`)
  }
  console.log(`Results are in ${outFolder}`)
  if (options.docs) console.log(`Written: ${writeDocument(names)}`)
  return 0
}
