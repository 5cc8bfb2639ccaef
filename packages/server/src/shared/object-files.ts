import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import type { Kept } from '../data/kept-files.ts'
import type { StoreAddress } from './store-address.ts'
import { Unreachable } from './unreachable.ts'

/** Keys of a store, from the environment. */
export interface StoreKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Milliseconds for an answer to begin, and the slowest acceptable transfer to a store. */
const PATIENCE_MS = 30_000
const BYTES_A_MILLISECOND = 100
const RETRIES = 3
/** How many names a store lists at once. */
const MOST_NAMES = 1000

/** Model files in a bucket, each an object named by its SHA-256. */
export class ObjectFiles {
  private readonly address: StoreAddress
  private readonly client: AwsClient

  private readonly page: number

  /** `page`: how many names to request at once. */
  constructor(address: StoreAddress, keys: StoreKeys, page: number = MOST_NAMES) {
    this.address = address
    this.page = page
    this.client = new AwsClient({ ...keys, service: 's3', region: address.region, retries: RETRIES })
  }

  /** Uploads a file. The store verifies it against the digest. */
  async keep(parts: Iterable<Uint8Array>): Promise<Kept> {
    const bytes = Buffer.concat([...parts])
    const digest = createHash('sha256').update(bytes).digest('hex')
    const answer = await this.ask('PUT', this.keyOf(digest), {
      body: bytes,
      headers: { 'x-amz-content-sha256': digest, 'content-type': 'application/octet-stream' },
      signal: AbortSignal.timeout(PATIENCE_MS + Math.ceil(bytes.length / BYTES_A_MILLISECOND)),
    })
    await done(answer)
    return { digest, bytes: bytes.length }
  }

  async has(digest: string): Promise<boolean> {
    const answer = await this.ask('HEAD', this.keyOf(digest), {}, [404])
    await done(answer)
    return answer.status !== 404
  }

  /** The file part by part. */
  async *read(digest: string): AsyncGenerator<Uint8Array> {
    const answer = await this.ask('GET', this.keyOf(digest), { signal: null })
    if (answer.body) yield* answer.body
  }

  /** Removes every model file that `isWanted` rejects; objects with other names are left alone. */
  async sweep(isWanted: (digest: string) => boolean): Promise<{ files: number; bytes: number }> {
    let [files, bytes] = [0, 0]
    for await (const { digest, size } of this.list()) {
      if (isWanted(digest)) continue
      await done(await this.ask('DELETE', this.keyOf(digest)))
      files++
      bytes += size
    }
    return { files, bytes }
  }

  /** Fails if the bucket does not exist or cannot be read. */
  async check(): Promise<void> {
    await done(await this.ask('GET', `?list-type=2&max-keys=1&prefix=${encodeURIComponent(this.address.prefix)}`))
  }

  private async *list(): AsyncGenerator<{ digest: string; size: number }> {
    const { prefix } = this.address
    for (let token: string | undefined = ''; token !== undefined; ) {
      const more = token && { 'continuation-token': token }
      const query = new URLSearchParams({ 'list-type': '2', 'max-keys': String(this.page), prefix, ...more })
      const page: string = await (await this.ask('GET', `?${query}`)).text()
      for (const [, entry] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const key = textOf(entry, 'Key') ?? ''
        const digest = key.startsWith(prefix) ? OURS.exec(key.slice(prefix.length))?.[1] : undefined
        if (digest !== undefined) yield { digest, size: Number(textOf(entry, 'Size')) }
      }
      token = textOf(page, 'NextContinuationToken')
    }
  }

  private keyOf(digest: string): string {
    return `/${this.address.prefix}${digest}.som`
  }

  private async ask(method: string, path: string, init: RequestInit = {}, also: readonly number[] = []) {
    const answer = await this.client
      .fetch(this.address.url + path, {
        signal: AbortSignal.timeout(PATIENCE_MS),
        redirect: 'manual',
        ...init,
        method,
      })
      .catch((error: Error) => {
        throw new Unreachable('cannot reach the model file store', error.cause ?? error)
      })
    if (answer.ok || also.includes(answer.status)) return answer
    const code = textOf(await answer.text(), 'Code') ?? ''
    throw new Unreachable('the model file store', `answered ${method} with ${answer.status} ${code}`.trimEnd())
  }
}

/** Names of our objects after the prefix. */
const OURS = /^([0-9a-f]{64})\.som$/

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of the first element with this name. */
function textOf(xml: string, name: string): string | undefined {
  const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? []
  return text?.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => ENTITIES[entity])
}

/** Finishes reading an answer, to free its connection. */
async function done(answer: Response): Promise<void> {
  await answer.body?.cancel()
}
