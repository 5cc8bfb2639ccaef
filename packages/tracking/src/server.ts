import type { Sent, Spool } from './spool.ts'
import type { RunStart, RunStatus } from './tracker.ts'

/** How much an MLflow server accepts in one call. */
const MOST_METRICS = 1000
const MOST_PARAMETERS = 100
const PATIENCE = 10_000
/** The slowest acceptable transfer of artefacts. */
const BYTES_A_MILLISECOND = 100

/** The tag that says which spool folder a run came from. */
const SPOOL_TAG = 'som.spool'

/** A failed call, because of the server or the connection. `again`: whether trying later may help. */
export class ServerError extends Error {
  readonly again: boolean
  /** The status of the answer, if there was one. */
  readonly status?: number

  constructor(message: string, again: boolean, status?: number, cause?: unknown) {
    super(message, { cause })
    this.again = again
    this.status = status
  }
}

/** An MLflow tracking server, by its REST API. */
export class Server {
  /** The address without a name and password. */
  readonly uri: string
  private readonly userinfo: string | undefined

  /** A name and password in the address are sent as credentials and never shown. */
  constructor(uri: string) {
    const meant = partsOf(uri)
    const told = partsOf(process.env.MLFLOW_TRACKING_URI ?? '')
    this.uri = meant.address
    this.userinfo = meant.userinfo ?? (told.address === meant.address ? told.userinfo : undefined)
  }

  /** Sends the unsent parts of a run, and marks each once the server has it. Throws a ServerError. */
  async send(spool: Spool): Promise<void> {
    const entries = await spool.entries()
    let sent = await spool.sent()
    while (sent.entries < entries.length) {
      const entry = entries[sent.entries]
      let count = 1
      if (entry.kind === 'start') {
        if (!sent.asked) await spool.mark({ ...sent, asked: true })
        const run = { ...entry.run, tags: { ...entry.run.tags, [SPOOL_TAG]: spool.name } }
        if (!sent.id) sent = { ...sent, ...(await this.create(run, entry.time, sent.asked)) }
      } else if (entry.kind === 'log') {
        const metrics = []
        for (count = 0; metrics.length < MOST_METRICS; count++) {
          const next = entries[sent.entries + count]
          if (next?.kind !== 'log') break
          const { time: timestamp, step } = next
          const found = Object.entries(next.metrics).map(([key, value]) => ({ key, value, timestamp, step }))
          if (count > 0 && metrics.length + found.length > MOST_METRICS) break
          metrics.push(...found)
        }
        await this.post('runs/log-batch', { run_id: sent.id, metrics })
      } else if (entry.kind === 'artefact') await this.upload(sent, entry.name, await spool.artefact(entry.file))
      else if (entry.kind === 'register') await this.register(sent, entry.folder, entry.name)
      else await this.post('runs/update', { run_id: sent.id, status: STATUS[entry.status], end_time: entry.time })
      sent = { ...sent, entries: sent.entries + count }
      await spool.mark(sent)
    }
    if (entries.at(-1)?.kind === 'end') await spool.remove()
  }

  /**
   * Creates a run; returns its id and where its artefacts go. If the server `wasAsked` before, first looks for a run
   * that it may have created, by its spool tag.
   */
  async create(
    { experiment, name, parameters, tags }: RunStart,
    time: number,
    wasAsked = false,
  ): Promise<{ readonly id: string; readonly artefacts: string }> {
    const experiment_id = await this.experiment(experiment)
    const listed = Object.entries(tags).map(([key, value]) => ({ key, value }))
    const tag = tags[SPOOL_TAG]
    const known = async () => {
      if (tag === undefined) return undefined
      const filter = `tags."${SPOOL_TAG}" = '${tag}'`
      const [run] = (await this.post('runs/search', { experiment_ids: [experiment_id], filter })).runs ?? []
      return run && { run }
    }
    const wish = { experiment_id, start_time: time, run_name: name, tags: listed }
    const { run } = (wasAsked && (await known())) || (await this.make('runs/create', wish, known))
    const params = Object.entries(parameters).map(([key, value]) => ({ key, value: String(value).slice(0, 6000) }))
    for (let at = 0; at < params.length; at += MOST_PARAMETERS) {
      await this.post('runs/log-batch', { run_id: run.info.run_id, params: params.slice(at, at + MOST_PARAMETERS) })
    }
    return { id: run.info.run_id, artefacts: run.info.artifact_uri }
  }

  private async experiment(name: string): Promise<string> {
    const known = async () => {
      const query = `experiment_name=${encodeURIComponent(name)}`
      return (await this.call('GET', `experiments/get-by-name?${query}`).catch(orNothing))?.experiment
    }
    return ((await known()) ?? (await this.make('experiments/create', { name }, known))).experiment_id
  }

  /** Registers a folder of the run's artefacts as the next version of a model, once. */
  private async register({ id = '', artefacts = '' }: Sent, folder: string, name: string): Promise<void> {
    if (await this.versionOf(id, name)) return
    await this.model(name)
    await this.version({ name, source: `${artefacts}/${folder}`, run_id: id })
  }

  /** A registered model, or null. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  modelOf(name: string): Promise<any> {
    return this.call('GET', `registered-models/get?name=${encodeURIComponent(name)}`).catch(orNothing)
  }

  /** Creates a registered model if there is none with this name. */
  async model(name: string): Promise<void> {
    const known = () => this.modelOf(name)
    if (!(await known())) await this.make('registered-models/create', { name }, known)
  }

  /** Registers a run's artefacts as the next version of a model; returns its number. */
  async version(wish: { readonly name: string; readonly source: string; readonly run_id: string }): Promise<number> {
    const known = () => this.versionOf(wish.run_id, wish.name)
    return Number((await this.make('model-versions/create', wish, known)).model_version.version)
  }

  private async versionOf(run: string, name: string) {
    const { model_versions = [] } = await this.call(
      'GET',
      `model-versions/search?filter=${encodeURIComponent(`run_id='${run}'`)}`,
    )
    const model_version = model_versions.find((version: { name: string }) => version.name === name)
    return model_version && { model_version }
  }

  /** Uploads a file as an artefact. */
  async upload({ artefacts = '' }: Partial<Sent>, name: string, contents: Uint8Array): Promise<void> {
    await this.request(fileAt(artefacts, name), {
      method: 'PUT',
      body: Buffer.from(contents),
      headers: { 'content-type': 'application/octet-stream' },
      signal: AbortSignal.timeout(PATIENCE + Math.ceil(contents.length / BYTES_A_MILLISECOND)),
    })
  }

  /** The names of the files in a folder of artefacts. */
  async list(artefacts: string): Promise<string[]> {
    const path = pathOf(artefacts)
    const { files = [] } = await this.request(`${ARTEFACTS}?path=${encodeURIComponent(path)}`, { method: 'GET' })
    return files.filter((file: FileInfo) => !file.is_dir).map((file: FileInfo) => file.path.split('/').at(-1) ?? '')
  }

  /** A file of a folder of artefacts. */
  async download(artefacts: string, name: string): Promise<Uint8Array> {
    const signal = AbortSignal.timeout(DOWNLOAD_MS)
    const answer = await this.answer(fileAt(artefacts, name), { method: 'GET', signal })
    return new Uint8Array(await answer.arrayBuffer())
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers of the server, from which single fields are read
  post(path: string, body: object): Promise<any> {
    return this.call('POST', path, body)
  }

  /**
   * Posts a request that must not take effect twice. If the connection broke before an answer came, `known` checks
   * whether it took effect, and it is only repeated if not.
   */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  private async make(path: string, body: object, known: () => Promise<any>): Promise<any> {
    try {
      return await this.call('POST', path, body, true)
    } catch (error) {
      if (!wasIdle(error)) throw error
      return (await known()) ?? this.call('POST', path, body, true)
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers of the server, from which single fields are read
  async call(method: string, path: string, body?: object, once = false): Promise<any> {
    const headers = { 'content-type': 'application/json' }
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    return this.request(`/api/2.0/mlflow/${path}`, init, once)
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above
  private async request(path: string, init: RequestInit, once = false): Promise<any> {
    const text = await (await this.answer(path, init, once)).text()
    return text === '' ? {} : JSON.parse(text)
  }

  /** `once`: whether a call that may have reached the server must not be repeated. */
  private async answer(path: string, init: RequestInit, once = false): Promise<Response> {
    const call = (): Promise<Response> =>
      fetch(this.uri + path, {
        signal: AbortSignal.timeout(PATIENCE),
        ...init,
        headers: { ...init.headers, ...authorization(this.userinfo) },
      })
    let response: Response
    try {
      response = await call().catch((error) => {
        if (once || !wasIdle(error)) throw error
        return call()
      })
    } catch (error) {
      const cause = causeOf(error)
      const why = cause instanceof Error ? cause.message : 'no answer'
      throw new ServerError(`cannot reach ${this.uri}: ${why}`, true, undefined, cause)
    }
    if (response.ok) return response
    const text = await response.text()
    const said = /"message":\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? ''
    throw new ServerError(
      `${this.uri} answered ${response.status}: ${said.slice(0, 300)}`,
      response.status >= 500 || response.status === 429,
      response.status,
    )
  }
}

/** An address, and the name and password that it may contain. */
function partsOf(uri: string): { readonly address: string; readonly userinfo: string | undefined } {
  const [, scheme, userinfo, rest] = /^(https?:\/\/)(?:([^/@]*)@)?(.*)$/i.exec(uri) ?? [uri, '', undefined, uri]
  return { address: `${scheme}${rest}`.replace(/\/+$/, ''), userinfo }
}

const ARTEFACTS = '/api/2.0/mlflow-artifacts/artifacts'
/** Milliseconds within which a map must arrive. */
const DOWNLOAD_MS = 600_000

interface FileInfo {
  readonly path: string
  readonly is_dir?: boolean
}

/** The path under which the server itself offers a folder of artefacts. */
function pathOf(artefacts: string): string {
  const path = artefacts.replace(/^mlflow-artifacts:(\/\/[^/]*)?\/?/, '')
  if (path !== artefacts) return path
  throw new ServerError(`artefacts are stored at ${artefacts.split(':')[0]}, not by the server itself`, false)
}

const fileAt = (artefacts: string, name: string): string =>
  `${ARTEFACTS}/${[...pathOf(artefacts).split('/'), ...name.split('/')].map(encodeURIComponent).join('/')}`

const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? error.cause : error

/**
 * Whether a kept-alive connection turned out to be closed: servers close idle ones, and an epoch may block this thread
 * for long.
 */
function wasIdle(error: unknown): boolean {
  const cause = causeOf(error)
  return cause instanceof Error && 'code' in cause && (cause.code === 'UND_ERR_SOCKET' || cause.code === 'ECONNRESET')
}

/** Turns a "not found" answer into null. */
export function orNothing(error: unknown): null {
  if (error instanceof ServerError && !error.again) return null
  throw error
}

const STATUS: Readonly<Record<RunStatus, string>> = { finished: 'FINISHED', failed: 'FAILED', killed: 'KILLED' }

/** Read from the environment at the time of the call, so that it is stored nowhere else. */
function authorization(userinfo: string | undefined): Record<string, string> {
  const {
    MLFLOW_TRACKING_TOKEN: token,
    MLFLOW_TRACKING_USERNAME: name,
    MLFLOW_TRACKING_PASSWORD: password,
  } = process.env
  if (token) return { authorization: `Bearer ${token}` }
  if (!name && userinfo) return { authorization: `Basic ${Buffer.from(decoded(userinfo)).toString('base64')}` }
  if (!name) return {}
  return { authorization: `Basic ${Buffer.from(`${name}:${password ?? ''}`).toString('base64')}` }
}

function decoded(userinfo: string): string {
  try {
    return decodeURIComponent(userinfo)
  } catch {
    return userinfo
  }
}
