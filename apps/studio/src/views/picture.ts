import { measured, newRows, type Run, table } from '../state/store.ts'
import { classColumns, layerOf, piesKey, planeKey } from './layers.ts'

/** The large map as an SVG, drawn by the same code as those of `som plot`; fetched when somebody asks for one. */
export async function pictureOf(key: string, run: Run): Promise<string> {
  const plots = await import('@som/plot')
  const { som, clusters } = run
  if (key === 'clusters' && clusters !== null) return plots.clustersPlot(som, clusters.of)
  if (key === 'hits' && som.seen !== null) return plots.hitsPlot(som)
  const beside = { clusters, rows: run, table: table.value, measured: measured.value, newRows: newRows.value }
  if (
    key === 'error' ||
    (key === 'new rows' && newRows.value !== null) ||
    (key === 'topographic error' && measured.value !== null)
  ) {
    const { values, name } = layerOf(key, som, beside)
    return plots.unitValuesPlot(som, values, { title: name })
  }
  const classes = classColumns(beside).find(({ name }) => piesKey(name) === key)
  if (classes !== undefined)
    return plots.classPiesPlot(som, {
      units: run.unit,
      labels: Array.from(classes.codes ?? [], (code) => (code < 0 ? '' : classes.levels[code])),
    })
  const feature = som.features.find(({ name }) => planeKey(name) === key)
  return feature === undefined ? plots.uMatrixPlot(som) : plots.componentPlanePlot(som, feature.name)
}
