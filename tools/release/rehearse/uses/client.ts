// Asks a server that it starts itself: about the map, for the units of rows, and for those of a row that has none.
import { somClient } from '@som/client'
import { js, samplesOf, train } from '@som/core'
import { createServer, settingsOf } from '@som/server'

const key = 'a-key-of-16-letters'
const checked = settingsOf({ model: 'map.som', port: 0 }, { SOM_API_KEYS: key })
if (checked.isErr) throw new Error(JSON.stringify(checked.error))
const settings = checked.value
const trained = await train({ samples: samplesOf([[1, 2], [2, 1], [8, 9], [9, 8]], ['a', 'b']), lattice: { rows: 2, columns: 2 } }) // biome-ignore format: a table
if (trained.isErr) throw new Error('no map')
const app = await createServer({ backend: js(), som: trained.value }, settings)
const address = await app.listen({ host: settings.host, port: settings.port })

const stranger = await somClient(address).GET('/v1/map')
const som = somClient(address, { key })
const { data: map } = await som.GET('/v1/map')
const { data: matched } = await som.POST('/v1/match', { body: { instances: [[1, 2], [9, 8]] } }) // biome-ignore format: rows
const { error } = await som.POST('/v1/match', { body: { instances: [['x', 1]] } })
await app.close()

console.log(`${stranger.response.status} without a key`)
console.log(`a map of ${map?.trainedRows} rows`)
console.log(`${new Set(matched?.predictions.map(({ unit }) => unit)).size} units`)
console.log(`${error?.status} for ${error?.issues?.map(({ path }) => path)}`)
