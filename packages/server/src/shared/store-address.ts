import type { Issue } from '@som/core'
import Result from 'true-myth/result'

/** A bucket of an S3-compatible store, and the prefix of our objects' keys. */
export interface StoreAddress {
  /** The URL of the bucket, without a slash at its end. */
  readonly url: string
  /** Empty, or ending in a slash. */
  readonly prefix: string
  readonly region: string
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const PREFIX = /^(?!.*\.\.)[A-Za-z0-9._/-]*$/
const WANTED = 's3://bucket/prefix?endpoint=https://store.example.org&region=us-east-1'

/**
 * Reads `s3://bucket/prefix?endpoint=…&region=…`; without an endpoint the bucket is on AWS. Keys are never part of the
 * address, and issues do not repeat it.
 */
export function storeAddressOf(text: string, environment: NodeJS.ProcessEnv): Result<StoreAddress, Issue> {
  const url = URL.canParse(text) ? new URL(text) : null
  const refused = (message: string): Result<StoreAddress, Issue> =>
    Result.err({ path: '--store', message: `${message}, such as ${WANTED}` })
  if (url?.protocol !== 's3:') return refused('expected a bucket of an S3-compatible store')
  if (url.username + url.password !== '')
    return refused('expected its keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not in an address')
  const unknown = [...url.searchParams.keys()].filter((name) => name !== 'endpoint' && name !== 'region')
  const folder = url.pathname.replace(/^\/+|\/+$/g, '')
  if (!BUCKET.test(url.hostname) || !PREFIX.test(folder) || url.hash !== '' || unknown.length > 0)
    return refused('expected only a bucket name and a prefix of letters, digits, ".", "_", "-" and "/"')
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = environment
  const region = url.searchParams.get('region') ?? AWS_REGION ?? AWS_DEFAULT_REGION ?? 'us-east-1'
  const endpoint = url.searchParams.get('endpoint') ?? AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL
  if (!/^[a-z0-9-]+$/.test(region)) return refused('expected a region')
  const prefix = folder === '' ? '' : `${folder}/`
  if (endpoint === undefined)
    return Result.ok({ url: `https://${url.hostname}.s3.${region}.amazonaws.com`, prefix, region })
  const at = URL.canParse(endpoint) ? new URL(endpoint) : null
  if (!at || !/^https?:$/.test(at.protocol) || at.username + at.password + at.search + at.hash !== '')
    return refused('expected an http or https address as endpoint')
  return Result.ok({ url: `${at.href.replace(/\/+$/, '')}/${url.hostname}`, prefix, region })
}
