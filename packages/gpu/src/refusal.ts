import { isLayered, metricName } from '@som/core'
import type { Task } from '@som/core/backend'
import { FORMS, type FormName } from './forms.ts'

/** Why the card cannot compare by the metric of a task; null if it can. */
export function refusal({ metric }: Task): string | null {
  if (isLayered(metric)) return 'layers are compared on the CPU'
  return formOf(metric) === null ? `the metric ${metricName(metric)} is compared on the CPU` : null
}

/** How the card compares by a metric; null if it does not. */
export function formOf(metric: Task['metric']): FormName | null {
  return typeof metric === 'string' && metric in FORMS ? (metric as FormName) : null // just looked up
}
