// som match of a table as a contender: node match-table.js csv|parquet WORKLOAD.json RESULT.json
import { readFileSync, rmSync } from 'node:fs'
import { openTable, readSamples, selectColumns } from '@som/io'
import { writeNpy } from '../npy.ts'
import type { Workload } from '../workload.ts'
import { finish, resultBeside } from './finish.ts'

const [format, workloadPath, resultPath] = process.argv.slice(2)
const work: Workload = JSON.parse(readFileSync(workloadPath, 'utf8'))
const { map = '', table = '' } = work.files
const output = resultPath.replace(/\.json$/, `.${format}`)
const { run } = await import('@som/cli')
const write = process.stdout.write.bind(process.stdout)
process.stdout.write = () => true
const code = await run(['match', map, table, '-o', output, '--threads', String(work.threads)])
process.stdout.write = write
if (code !== 0) throw new Error(`som match ended with code ${code}`)
// Since the process was started: Node, the command, the file read, matched and written.
const seconds = [performance.now() / 1000]
const path = resultBeside(resultPath, 'units')
writeNpy(path, await unitsIn(output), [work.rows])
rmSync(output)
finish(resultPath, {
  seconds,
  share: 1,
  versions: {},
  note: `the whole process: Parquet read, matched, and written as ${format} with what was found beside`,
  units: path,
})

async function unitsIn(file: string): Promise<Int32Array> {
  const opened = (await openTable(file)).unwrapOrElse(fail)
  try {
    const selection = selectColumns(opened, { columns: ['unit'] }).unwrapOrElse(fail)
    return Int32Array.from((await readSamples(opened, selection)).unwrapOrElse(fail).data)
  } finally {
    opened.close()
  }
}

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
