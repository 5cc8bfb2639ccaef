import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Som } from '@som/core'
import { decodeModel } from '@som/io'
import { Refused } from '../problem.ts'
import { depositOf } from './deposit-of.ts'
import type { Deposit } from './registry.ts'

/** A model file of up to this many bytes is checked where it is: handing it to a thread would take as long. */
export const SMALL_MODEL: number = 2 ** 18

/** An uploaded model file, and what its caller says about it. */
export interface Uploaded {
  readonly path: string
  readonly name: string
  readonly metrics?: Deposit['metrics']
  readonly tags?: Deposit['tags']
}

/** What the registry stores with an uploaded map. Throws a `Refused` (422) if the file is not a model. */
export async function checkModel({ path, name, metrics, tags }: Uploaded): Promise<Deposit> {
  const som = decodeModel(await readFile(path), 'model', true)
  if (som.isErr) throw new Refused(422, som.error.issues)
  return depositOf(name, som.value, { ...(metrics && { metrics }), ...(tags && { tags }) })
}

/** A stored model file, whose bytes are given away. */
export interface Stored {
  readonly bytes: Uint8Array
  /** The SHA-256 it was stored under. */
  readonly digest: string
  readonly shown: string
}

/** The map of a stored model file, which must be unchanged. */
export function openModel({ bytes, digest, shown }: Stored): Som {
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== digest) throw new Error(`${shown}: the file has changed since it was stored: its digest is ${found}`)
  return decodeModel(bytes, shown, true).unwrapOrElse(({ issues }) => {
    throw new Error(issues.map(({ message }) => message).join('; '))
  })
}
