import { type ChildProcess, spawn } from 'node:child_process'
import { AwsClient } from 'aws4fetch'
import { freePort } from '../../lib/free-port.mjs'
import { pythonEnvironment } from '../../python/environment.mjs'

/** moto's S3 server on the loopback: it checks the signature of each request once its user is made. */
export interface OwnS3 {
  readonly endpoint: string
  readonly bucket: string
  /** The keys of the only user, as the environment of a server has them. */
  readonly environment: { readonly AWS_ACCESS_KEY_ID: string; readonly AWS_SECRET_ACCESS_KEY: string }
  /** A signed request of the bucket. */
  ask(method: string, path: string, body?: Uint8Array): Promise<Response>
  remove(): Promise<void>
}

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] }],
})
const MAKE_USER: readonly Record<string, string>[] = [
  { Action: 'CreateUser', UserName: 'som' },
  { Action: 'PutUserPolicy', UserName: 'som', PolicyName: 'all', PolicyDocument: POLICY },
  { Action: 'CreateAccessKey', UserName: 'som' },
]

/** Starts one, with a user and an empty bucket. */
export async function ownS3(bucket: string): Promise<OwnS3> {
  const { python } = pythonEnvironment('s3')
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const env = { ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: String(MAKE_USER.length) }
  const words = ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)]
  const child = spawn(python, words, { env, stdio: 'ignore' })
  await healthy(`${endpoint}/moto-api/`, child)
  let answered = ''
  const nobody = new AwsClient({
    accessKeyId: 'nobody',
    secretAccessKey: 'nobody',
    service: 'iam',
    region: 'us-east-1',
  })
  for (const wish of MAKE_USER) {
    const body = new URLSearchParams({ ...wish, Version: '2010-05-08' }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await nobody.fetch(endpoint, { method: 'POST', headers, body })
    answered = await answer.text()
    if (!answer.ok) throw new Error(`${wish.Action}: ${answered}`)
  }
  const field = (name: string): string => new RegExp(`<${name}>([^<]+)`).exec(answered)?.[1] ?? ''
  const environment = { AWS_ACCESS_KEY_ID: field('AccessKeyId'), AWS_SECRET_ACCESS_KEY: field('SecretAccessKey') }
  const client = new AwsClient({
    ...{ accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY },
    ...{ service: 's3', region: 'us-east-1', retries: 0 },
  })
  const ask: OwnS3['ask'] = (method, path, body) =>
    client.fetch(`${endpoint}/${bucket}${path}`, { method, ...(body && { body: Buffer.from(body) }) })
  const made = await ask('PUT', '')
  if (!made.ok) throw new Error(`the bucket was not made: ${await made.text()}`)
  return {
    ...{ endpoint, bucket, environment, ask },
    async remove() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function healthy(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    if ((await fetch(url).catch(() => null))?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`moto did not start at ${url}`)
}
