import type { Feature, Som } from '@som/core'

/**
 * A column of a reading: a numeric column of the same name, or a level of a category or a part of a time, made from the
 * column that `source` names.
 */
export type ReadingFeature = Pick<Feature, 'name' | 'source' | 'decimal'>

/** The columns of a map's readings, in order: core's `cellEncoder` uses them to make readings from cells. */
export function readingFeatures({ features, calibration }: Pick<Som, 'features' | 'calibration'>): ReadingFeature[] {
  const sources = new Map(features.map(({ name, source }) => [name, source]))
  const decimal = features.find((feature) => feature.decimal)?.decimal
  return (calibration?.columns ?? [...sources.keys()]).map((name) => {
    const source = sources.get(name)
    return { name, ...(source ? { source } : decimal && { decimal }) }
  })
}

/** The positions of those made from one column: they are one sensor, named after it. */
export function sensorsOf(features: readonly ReadingFeature[]): { readonly name: string; readonly places: number[] }[] {
  const sensors = new Map<string, { name: string; places: number[] }>()
  features.forEach(({ name, source }, place) => {
    const key = source === undefined ? `feature ${name}` : `column ${source.column}`
    const sensor = sensors.get(key) ?? { name: source?.column ?? name, places: [] }
    sensors.set(key, sensor)
    sensor.places.push(place)
  })
  return [...sensors.values()]
}
