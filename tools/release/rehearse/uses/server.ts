// Serves a map on a free port, asks it one thing, and stops. The map is left in map.som.
import { js, samplesOf, train } from '@som/core'
import { writeModel } from '@som/io'
import { createServer, settingsOf } from '@som/server'

const checked = settingsOf({ model: 'map.som', port: 0 }, {})
if (checked.isErr) throw new Error(JSON.stringify(checked.error))
const settings = checked.value
const trained = await train({ samples: samplesOf([[1, 2], [2, 1], [8, 9], [9, 8]], ['a', 'b']), lattice: { rows: 2, columns: 2 } }) // biome-ignore format: a table
if (trained.isErr) throw new Error('no map')
const app = await createServer({ backend: js(), som: trained.value }, settings)
const address = await app.listen({ host: settings.host, port: settings.port })
const answer = await fetch(`${address}/invocations`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ dataframe_records: [{ a: 1, b: 2 }] }),
})
const { predictions } = (await answer.json()) as { predictions: { unit: number }[] }
await app.close()
if ((await writeModel('map.som', trained.value)).isErr) throw new Error('no file')
console.log(`${answer.status} ${typeof predictions[0]?.unit}`)
