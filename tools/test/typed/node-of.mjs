import { dirname } from 'node:path'
import { runNpm } from '../../lib/process.mjs'

/** The folder of another Node's program: the newest of a major version, from the package of that name. */
export async function nodeOf(major, options) {
  const { code, output } = await runNpm(
    ['exec', '--yes', `--package=node@${major}`, '--', 'node', '-p', 'process.execPath'],
    options,
  )
  if (code !== 0) throw new Error(`npm exec --package=node@${major} ended with ${code}\n${output}`)
  return dirname(output.trim().split('\n').at(-1))
}
