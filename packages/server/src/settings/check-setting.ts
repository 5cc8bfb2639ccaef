import { Issues, notOneOf, show } from '@som/core'
import type { Setting } from './setting-table.ts'

/** What is wrong with a value of a setting, wherever it was given; null if nothing is. */
export function wrongWith(setting: Setting, value: unknown): string | null {
  if (setting.kind === 'choice') return setting.of.some((one) => one === value) ? null : notOneOf(value, setting.of)
  if (setting.kind === 'switch')
    return typeof value === 'boolean' ? null : `expected true or false, found ${show(value)}`
  if (setting.kind === 'text') return isText(value) ? null : `expected text, found ${show(value)}`
  if (setting.kind === 'list')
    return Array.isArray(value) && value.every(isText) ? null : `expected a list of texts, found ${show(value)}`
  const issues = new Issues()
  issues.integer('', value, setting.least, setting.most)
  return issues.list[0]?.message ?? null
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
