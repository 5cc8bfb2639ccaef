// Draws a map.
import { samplesOf, train } from '@som/core'
import { uMatrixPlot } from '@som/plot'

const trained = await train({ samples: samplesOf([[1, 2], [2, 1], [8, 9]]), lattice: { rows: 2, columns: 2 } }) // biome-ignore format: a table
if (trained.isErr) throw new Error('no map')
console.log(uMatrixPlot(trained.value, { title: 'a map' }).slice(0, 4))
