import { createHash } from 'node:crypto'
import { decodeModel } from '@som/io'
import { depositOf, NAME, type Registry } from '@som/server'
import { note, orRefuse, Refusal } from '@som/server/command'
import type { ModelRegistry } from '@som/tracking'
import type { Copied } from './copied.ts'

/**
 * Adds every version of a registered model that has a map file to a map here, oldest first, with its aliases. A version
 * that is already there is left unchanged.
 */
export async function importMap(
  registry: Registry,
  models: ModelRegistry,
  model: string,
  map: string,
): Promise<Copied> {
  const there = await models.versions(model)
  if (there.length === 0) throw new Refusal([{ path: model, message: 'the MLflow server has no such model' }])
  const [before, made] = [await registry.versions(map), new Map<string, number>()]
  for (const { digest, version } of before) made.set(digest, version)
  let [copied, known] = [0, 0]
  for (const each of there) {
    const bytes = await models.read(model, each, '.som')
    if (bytes === null) {
      note(`version ${each.version} has no map file and was skipped`)
      continue
    }
    const digest = createHash('sha256').update(bytes).digest('hex')
    const expected = each.tags['som.sha256'] ?? digest
    const shown = `${model} version ${each.version}`
    if (digest !== expected)
      throw new Refusal([{ path: shown, message: `expected a map file of digest ${expected}, found ${digest}` }])
    let version = made.get(digest)
    if (version === undefined) {
      const som = orRefuse(decodeModel(bytes, shown))
      const isOurs = 'som.sha256' in each.tags
      const beside = { tags: tagsOf(each.tags), ...(isOurs && { metrics: await models.metrics(each) }) }
      ;({ version } = await registry.put(depositOf(map, som, beside), [bytes]))
      made.set(digest, version)
      copied++
    } else known++
    for (const alias of each.aliases) await registry.setAlias(map, alias, version)
  }
  return { copied, known }
}

/** The user's own tags that a registry accepts. */
function tagsOf(tags: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(tags).filter(
    ([name, value]) => NAME.test(name) && !/^(som|mlflow)\./.test(name) && value.length <= 1000,
  )
  return Object.fromEntries(own.slice(0, 64))
}
