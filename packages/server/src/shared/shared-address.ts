import type { Issue } from '@som/core'
import Result from 'true-myth/result'
import type { StoreKeys } from './object-files.ts'
import { type StoreAddress, storeAddressOf } from './store-address.ts'

/** Where several instances keep one registry. Contains secrets: it is never printed. */
export interface SharedAddress {
  /** `postgres://…`, which may contain a password. */
  readonly registry: string
  readonly store: StoreAddress
  readonly keys: StoreKeys
}

/**
 * Checks the registry and the store, with the keys from the environment; undefined if neither was given. Issues do not
 * repeat the input, which may contain secrets.
 */
export function sharedAddressOf(
  written: { readonly registry?: string | undefined; readonly store?: string | undefined },
  environment: NodeJS.ProcessEnv,
): Result<SharedAddress | undefined, readonly Issue[]> {
  const { registry, store: text } = written
  if (!registry && !text) return Result.ok(undefined)
  const issues: Issue[] = []
  if (!registry || !URL.canParse(registry) || !/^postgres(ql)?:$/.test(new URL(registry).protocol))
    issues.push({
      path: '--registry',
      message:
        '--store needs a database too, for example postgres://user@host/database with its password in PGPASSWORD',
    })
  const store = text ? storeAddressOf(text, environment) : Result.err<StoreAddress, Issue>(NO_STORE)
  if (store.isErr) issues.push(store.error)
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment
  const sessionToken = environment.AWS_SESSION_TOKEN
  if (!accessKeyId || !secretAccessKey)
    issues.push({ path: '--store', message: 'needs keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY' })
  if (!registry || store.isErr || issues.length > 0) return Result.err(issues)
  const secrets = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
  return Result.ok({ registry, store: store.value, keys: secrets })
}

const NO_STORE: Issue = {
  path: '--store',
  message: '--registry needs a bucket for the model files too, for example s3://bucket/prefix',
}
