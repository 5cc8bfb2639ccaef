import { NAME, openFolder, sharedAddressOf, textOf, Unreachable } from '@som/server'
import { complain, optionIssues, Refusal, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import { modelRegistry, ServerError } from '@som/tracking'
import type { RegistryFlags } from '../command-flags/registry-flags.ts'
import { Flags } from '../flags.ts'
import { counted } from '../text.ts'
import { exportMap } from './export-map.ts'
import { importMap } from './import-map.ts'

const ACTIONS = ['export', 'import'] as const

/** Runs `som registry`; gives the exit code. */
export async function runRegistry(command: Parameters<typeof optionIssues>[0], flags: RegistryFlags): Promise<number> {
  const read = new Flags()
  const [word, map, ...rest] = command.args
  read.issues.push(...optionIssues(command))
  const action = read.choice('som registry', word ?? '', ACTIONS)
  const folder = textOf('data', flags.data, process.env)
  const shared = sharedAddressOf(
    {
      registry: textOf('registry', flags.registry, process.env),
      store: textOf('store', flags.store, process.env),
    },
    process.env,
  )
  const uri = process.env.MLFLOW_TRACKING_URI
  if (!folder) read.add('--data', 'expected the data folder of a server, found none; give it here or in SOM_DATA')
  if (!uri) read.add('MLFLOW_TRACKING_URI', 'expected the address of an MLflow server, found none')
  if (map === undefined) read.add(`som registry ${word ?? ''}`.trimEnd(), 'expected the name of a map, found none')
  if (rest.length > 0) read.add(rest[0], 'unexpected argument')
  if (shared.isErr) read.issues.push(...shared.error)
  const other = flags.as ?? map ?? ''
  const ours = action === 'import' ? other : (map ?? '')
  if (map !== undefined && !NAME.test(ours))
    read.add(ours, 'not a valid map name here (1 to 64 letters, digits, ".", "_" or "-"); choose one with --as')
  if (!folder || read.issues.length > 0) {
    complain(read.issues)
    return EXIT.usage
  }
  return untilRefused(async () => {
    const data = await openFolder(folder, shared.unwrapOr(undefined))
    const work = action === 'import' ? importMap : exportMap
    try {
      const { copied, known } = await work(data.registry, modelRegistry(uri), map, other)
      process.stdout.write(`${counted(copied, 'version')} of ${map} ${action}ed as ${other}, ${known} there already\n`)
      return EXIT.done
    } catch (error) {
      if (error instanceof ServerError || error instanceof Unreachable)
        throw new Refusal([
          { path: map, message: `${error.message}; versions already copied are kept and will not be copied again` },
        ])
      throw error
    } finally {
      data.close()
    }
  })
}
