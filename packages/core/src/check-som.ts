import { type Issues, show } from './issue.ts'
import { isLayered, type LayeredMetric, type Metric, wrongLayers } from './map/distance.ts'
import type { Som } from './som.ts'

type Given = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Given => typeof value === 'object' && value !== null

/** Whether each part of a map is there and of its kind. */
const PARTS: { readonly [part in keyof Som]?: (value: unknown) => boolean } = {
  features: (value) => Array.isArray(value) && value.every((one) => isObject(one) && isObject(one.preprocessing)),
  lattice: (value) => isObject(value) && typeof value.rows === 'number' && typeof value.columns === 'number',
  codebook: (value) =>
    isObject(value) &&
    value.data instanceof Float32Array &&
    value.data.length === Number(value.rows) * Number(value.columns),
  metric: (value) => typeof value === 'string' || isObject(value),
  kernel: (value) => typeof value === 'string' || isObject(value),
  training: isObject,
  seen: (value) => value === null || isObject(value),
}

const ALL = Object.keys(PARTS) as readonly (keyof Som)[] // the table's keys are parts of a map

/** Adds an issue unless `som` is a map with the `parts` that are needed of it. True if it is. */
export function checkSom(som: unknown, issues: Issues, parts: readonly (keyof Som)[] = ALL): boolean {
  if (!isObject(som)) {
    issues.add('som', `expected a map, found ${show(som)}`)
    return false
  }
  if ('isOk' in som || 'then' in som) {
    const found = 'then' in som ? 'a promise; await it' : 'a Result; take its value, for example by orThrow'
    issues.add('som', `expected a map, found ${found}`)
    return false
  }
  const { metric, features } = som as Partial<Som>
  const wrong =
    parts.includes('metric') && isObject(metric) && Array.isArray(features) && isLayered(metric as Metric)
      ? wrongLayers(metric as LayeredMetric, features.length)
      : null
  if (wrong !== null) {
    issues.add('som.metric', wrong)
    return false
  }
  const lacking = parts.filter((part) => !(PARTS[part] ?? isObject)(som[part]))
  if (lacking.length === 0) return true
  issues.add('som', `expected a map, found ${show(som)} without its ${lacking.join(', ')}`)
  return false
}
