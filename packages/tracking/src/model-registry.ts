import type { ModelFile } from './onnx-flavour.ts'
import { Server } from './server.ts'

/** A registered version of a model on an MLflow server. */
export interface ModelVersion {
  readonly version: number
  readonly tags: Readonly<Record<string, string>>
  readonly aliases: readonly string[]
  /** The run that it came from, if any. */
  readonly run: string | undefined
}

/** The contents of a new version of a model. */
export interface ModelDeposit {
  /** The files of the model's folder. */
  readonly files: readonly ModelFile[]
  readonly tags: Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, string | number | boolean>>
  readonly metrics: Readonly<Record<string, number>>
}

/** The registered models of an MLflow server. Every call may throw a `ServerError`. */
export interface ModelRegistry {
  /** Versions of a model, oldest first; empty if there is no such model. */
  versions(name: string): Promise<ModelVersion[]>
  /** Creates the next version of a model, with its own run. */
  add(name: string, deposit: ModelDeposit): Promise<number>
  setAlias(name: string, alias: string, version: number): Promise<void>
  /**
   * The file of a version whose name has this ending: in its model folder, else among the artefacts of its run; null if
   * there is none.
   */
  read(name: string, version: ModelVersion, ending: string): Promise<Uint8Array | null>
  /** The metrics of a version's run. */
  metrics(version: ModelVersion): Promise<Record<string, number>>
}

const EXPERIMENT = 'som registry'
const FOLDER = 'model'
const PAGE = 1000

/** The model registry of the server at `uri`, by its REST API; secrets are read from the environment at each call. */
export function modelRegistry(uri: string = process.env.MLFLOW_TRACKING_URI ?? ''): ModelRegistry {
  const server = new Server(uri)
  const runOf = async (run: string) => (await server.call('GET', `runs/get?run_id=${encodeURIComponent(run)}`)).run
  return {
    async versions(name) {
      const model = await server.modelOf(name)
      if (!model) return []
      const aliases: { alias: string; version: string }[] = model.registered_model.aliases ?? []
      const found: ModelVersion[] = []
      for (let token = ''; ; ) {
        // The server's filter language has two kinds of quotes and no way to escape them.
        const quote = name.includes("'") ? '"' : "'"
        const filter = encodeURIComponent(`name=${quote}${name}${quote}`)
        const query = `filter=${filter}&max_results=${PAGE}&page_token=${encodeURIComponent(token)}`
        const page = await server.call('GET', `model-versions/search?${query}`)
        for (const { version, run_id, tags = [] } of page.model_versions ?? [])
          found.push({
            version: Number(version),
            tags: Object.fromEntries(tags.map(({ key, value }: { key: string; value: string }) => [key, value])),
            aliases: aliases.filter((each) => String(each.version) === String(version)).map(({ alias }) => alias),
            run: run_id || undefined,
          })
        token = page.next_page_token ?? ''
        if (token === '') return found.sort((a, b) => a.version - b.version)
      }
    },
    async add(name, { files, tags, parameters, metrics }) {
      await server.model(name)
      const run = await server.create({ experiment: EXPERIMENT, name, parameters, tags }, Date.now())
      const values = Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp: Date.now(), step: 0 }))
      if (values.length > 0) await server.post('runs/log-batch', { run_id: run.id, metrics: values })
      for (const { path, contents } of files) await server.upload(run, `${FOLDER}/${path}`, contents)
      await server.post('runs/update', { run_id: run.id, status: 'FINISHED', end_time: Date.now() })
      const listed = Object.entries(tags).map(([key, value]) => ({ key, value }))
      const wish = { name, source: `${run.artefacts}/${FOLDER}`, run_id: run.id, tags: listed }
      return server.version(wish)
    },
    async setAlias(name, alias, version) {
      await server.post('registered-models/alias', { name, alias, version: String(version) })
    },
    async read(name, { version, run }, ending) {
      const query = `name=${encodeURIComponent(name)}&version=${version}`
      const { artifact_uri } = await server.call('GET', `model-versions/get-download-uri?${query}`)
      const folders = [artifact_uri, ...(run ? [(await runOf(run)).info.artifact_uri] : [])]
      for (const folder of folders) {
        const file = (await server.list(folder)).find((each) => each.endsWith(ending))
        if (file !== undefined) return server.download(folder, file)
      }
      return null
    },
    async metrics({ run }) {
      const metrics: { key: string; value: number }[] = run ? ((await runOf(run)).data.metrics ?? []) : []
      return Object.fromEntries(metrics.map(({ key, value }) => [key, value]))
    },
  }
}
