import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, orThrow, samplesOf, train } from '@som/core'
import { createServer, openData, settingsOf } from '@som/server'
import openapiTS, { astToString } from 'openapi-typescript'

/** The interface of a server with everything that it can serve, as TypeScript. */
export async function interfaceText(): Promise<string> {
  // Not `immutable`: openapi-fetch takes readonly arrays for objects, and no method of theirs could be called.
  // Examples are made of the maps of the moment, which are not part of it.
  const text = JSON.stringify(await interfaceDocument(), (key, value) => (key === 'example' ? undefined : value))
  const types = await openapiTS(text, { alphabetize: true })
  return `${HEAD}${astToString(types)}`
}

const HEAD = `// Made by test/generate.ts of the server's OpenAPI document: change that, and run it again.\n`

async function interfaceDocument(): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'som-interface-'))
  const data = openData(folder)
  try {
    const samples = samplesOf(
      [
        [0, 1],
        [1, 0],
        [2, 2],
        [3, 1],
      ],
      ['a', 'b'],
    )
    const som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })).unwrapOr(undefined)
    const settings = orThrow(settingsOf({ data: folder }, {}))
    const app = await createServer({ ...(som && { som }), backend: js(), data }, settings)
    const answer = await app.inject({ url: '/openapi.json' })
    await app.close()
    return answer.json()
  } finally {
    data.close()
    rmSync(folder, { recursive: true })
  }
}
