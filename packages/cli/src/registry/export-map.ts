import { decodeModel, encodeOnnx } from '@som/io'
import type { Registry, Version } from '@som/server'
import { note, orRefuse, Refusal } from '@som/server/command'
import { type ModelDeposit, type ModelRegistry, onnxFlavour, ServerError } from '@som/tracking'
import type { Copied } from './copied.ts'

/**
 * Registers every version of a map as a version of a model, oldest first, with its aliases. A version that is already
 * there is left unchanged.
 */
export async function exportMap(
  registry: Registry,
  models: ModelRegistry,
  map: string,
  model: string,
): Promise<Copied> {
  const versions = (await registry.versions(map)).reverse()
  if (versions.length === 0) throw new Refusal([{ path: map, message: 'no such map in the registry' }])
  const there = await models.versions(model)
  let copied = 0
  for (const version of versions) {
    const before = there.find(({ tags }) =>
      Object.entries(marksOf(version)).every(([key, value]) => tags[key] === value),
    )
    const number = before?.version ?? (await models.add(model, await depositOf(registry, version)))
    if (!before) copied++
    for (const alias of version.aliases)
      await models.setAlias(model, alias, number).catch((error) => {
        // The server reserves some words, such as "latest".
        if (!(error instanceof ServerError) || error.again) throw error
        note(`the server refused the alias ${alias}: ${error.message}`)
      })
  }
  return { copied, known: versions.length - copied }
}

/** The tag by which a version is recognised. */
const marksOf = ({ name, version, digest }: Version): Record<string, string> => ({
  'som.map': name,
  'som.version': String(version),
  'som.sha256': digest,
})

/** The model's folder has the map file, and the ONNX flavour if the map can be written as ONNX. */
async function depositOf(registry: Registry, version: Version): Promise<ModelDeposit> {
  const parts: Uint8Array[] = []
  for await (const part of registry.read(version)) parts.push(part)
  const contents = Buffer.concat(parts)
  const som = orRefuse(decodeModel(contents, `${version.name} version ${version.version}`))
  const onnx = encodeOnnx(som)
  const { parameters, table, job, rows } = version.lineage
  const texts = Object.entries({ ...parameters, table, job, rows }).filter(([, value]) => value !== undefined)
  return {
    files: [...(onnx.isOk ? onnxFlavour(som, onnx.value) : []), { path: 'map.som', contents }],
    tags: { ...version.tags, ...marksOf(version) },
    parameters: Object.fromEntries(
      texts.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
    metrics: version.metrics,
  }
}
