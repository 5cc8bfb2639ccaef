import Result from 'true-myth/result'
import { expect, it } from 'vitest'
import { sharedAddressOf } from './shared-address.ts'

const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'hidden' }
const registry = 'postgres://som:hidden@db.example.org/maps'

const storeOf = (store: string, environment = {}) => {
  const found = sharedAddressOf({ registry, store }, { ...keys, ...environment })
  return found.isOk ? found.value?.store : found.error
}

it('neither address is needed, and none goes without the other', () => {
  expect(sharedAddressOf({}, keys)).toEqual(Result.ok(undefined))
  expect(sharedAddressOf({ registry }, keys)).toMatchObject({ error: [{ path: '--store' }] })
  expect(sharedAddressOf({ store: 's3://maps' }, keys)).toMatchObject({ error: [{ path: '--registry' }] })
  expect(sharedAddressOf({ registry, store: 's3://maps' }, keys)).toMatchObject({ value: { registry } })
})

it('a bucket is at its endpoint, and at AWS where none is named', () => {
  expect(storeOf('s3://maps/som/live/?endpoint=http://127.0.0.1:9000/')).toEqual({
    ...{ url: 'http://127.0.0.1:9000/maps', prefix: 'som/live/', region: 'us-east-1' },
  })
  expect(storeOf('s3://maps?region=eu-west-1')).toEqual({
    ...{ url: 'https://maps.s3.eu-west-1.amazonaws.com', prefix: '', region: 'eu-west-1' },
  })
  expect(storeOf('s3://maps', { AWS_REGION: 'eu-west-2', AWS_ENDPOINT_URL: 'https://store.example.org' })).toEqual({
    ...{ url: 'https://store.example.org/maps', prefix: '', region: 'eu-west-2' },
  })
})

it.each([
  's3://id:hidden@maps/som',
  's3://maps/a%20b',
  's3://maps/som?hidden=1',
  's3://maps/som#hidden',
  's3://M/hidden',
  'https://hidden.example.org/maps',
  's3://maps?endpoint=ftp://hidden',
  's3://maps?endpoint=http://id:hidden@store',
  's3://maps?region=hidden/..',
  'hidden',
])('%s is refused, and nothing of it is repeated', (store) => {
  const issues = storeOf(store)
  expect(issues).toMatchObject([{ path: '--store' }])
  expect(JSON.stringify(issues)).not.toContain('hidden')
})

it('what is not an address of PostgreSQL is refused unrepeated, and so are missing keys', () => {
  for (const wrong of ['mysql://som:hidden@db/maps', 'hidden']) {
    const issues = sharedAddressOf({ registry: wrong, store: 's3://maps' }, {})
    expect(issues.isErr && issues.error).toHaveLength(2)
    expect(JSON.stringify(issues)).not.toContain('hidden')
  }
})
