import type { Issue } from '@som/core'
import type { StoreKeys } from './object-files.ts'
import { type StoreAddress, storeAddressOf } from './store-address.ts'

/** Where several instances keep one registry. Holds secrets: it is never printed. */
export interface SharedAddress {
  /** `postgres://…`, which may hold a password. */
  readonly registry: string
  readonly store: StoreAddress
  readonly keys: StoreKeys
}

/** Reads `--registry` and `--store` with the keys of the environment; undefined where neither was given. Issues repeat nothing of what was given. */
export function sharedAddressOf(
  written: { readonly registry?: string; readonly store?: string },
  environment: NodeJS.ProcessEnv,
): SharedAddress | undefined | readonly Issue[] {
  const registry = written.registry ?? environment.SOM_REGISTRY
  const text = written.store ?? environment.SOM_STORE
  if (!registry && !text) return undefined
  const issues: Issue[] = []
  if (!registry || !URL.canParse(registry) || !/^postgres(ql)?:$/.test(new URL(registry).protocol))
    issues.push({
      path: '--registry',
      message: 'expected a database beside --store, such as postgres://user@host/database; its password in PGPASSWORD',
    })
  const store: StoreAddress | Issue = text
    ? storeAddressOf(text, environment)
    : {
        path: '--store',
        message: 'expected a bucket for the model files beside --registry, such as s3://bucket/prefix',
      }
  if ('message' in store) issues.push(store)
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment
  const sessionToken = environment.AWS_SESSION_TOKEN
  if (!accessKeyId || !secretAccessKey)
    issues.push({ path: '--store', message: 'expected its keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY' })
  if (!registry || 'message' in store || issues.length > 0) return issues
  return { registry, store, keys: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }
}
