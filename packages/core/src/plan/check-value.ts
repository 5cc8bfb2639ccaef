import { type Issues, show } from '../issue.ts'
import type { Option } from './option-table.ts'

/**
 * Checks a value by its row in the table of options, and every value within it. Only names must be there.
 */
export function checkValue(path: string, value: unknown, option: Option, issues: Issues): void {
  if (value !== undefined || isNeeded(option)) checkGiven(path, value, option, issues)
}

/** Whether an option has no default, and nothing stands for it. */
function isNeeded({ kind }: Option): boolean {
  return kind === 'text' || kind === 'names'
}

/**
 * Checks the options of a function by a table of them: every value, and every name, nested ones too. True where nothing
 * is wrong.
 */
export function checkByTable(options: unknown, table: Readonly<Record<string, Option>>, issues: Issues): boolean {
  const before = issues.list.length
  if (options === null || typeof options !== 'object' || Array.isArray(options) || ArrayBuffer.isView(options)) {
    issues.add('', `expected options { ${Object.keys(table).join(', ')} }, found ${show(options)}`)
    return false
  }
  checkValue('', options, { kind: 'group', of: table }, issues)
  return issues.list.length === before
}

function checkGiven<T extends Option>(path: string, value: unknown, option: T, issues: Issues): void {
  // The table of checks holds for each kind the check of its options; the type of `kind` alone does not say so.
  const check = checks[option.kind] as Check<T>
  check(path, value, option, issues)
}

type Check<T> = (path: string, value: unknown, option: T, issues: Issues) => void

const checks: { readonly [K in Option['kind']]: Check<Extract<Option, { readonly kind: K }>> } = {
  object: () => {},

  integer(path, value, { least, most }, issues) {
    issues.integer(path, value, least, most)
  },

  number(path, value, { above, least, most }, issues) {
    const found = issues.number(path, value, above ?? least ?? Number.NEGATIVE_INFINITY, least !== undefined)
    if (found && most !== undefined && value > most) issues.add(path, `expected at most ${most}, found ${value}`)
  },

  choice(path, value, { of, own }, issues) {
    if (own === undefined || typeof value === 'string') issues.choice(path, value, of)
    else if (!own.is(value)) issues.add(path, `expected one of ${of.join(', ')} or ${own.noun}, found ${show(value)}`)
  },

  named(path, value, { each, all }, issues) {
    if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) checkGiven(`${path}.${name}`, one, each, issues)
    } else if (all) checkValue(path, value, each, issues)
    else issues.add(path, `expected { feature: value }, found ${show(value)}`)
  },

  text(path, value, _, issues) {
    if (typeof value !== 'string' || value.trim() === '') issues.add(path, `expected a name, found ${show(value)}`)
  },

  names(path, value, { noun }, issues) {
    if (!Array.isArray(value) || value.length === 0)
      issues.add(path, `expected at least 1 ${noun}, found ${Array.isArray(value) ? 'none' : show(value)}`)
    else for (const [i, one] of value.entries()) checks.text(`${path}[${i}]`, one, { kind: 'text' }, issues)
  },

  group(path, value, { of }, issues) {
    if (!issues.names(path, value, Object.keys(of))) return
    for (const [name, option] of Object.entries(of))
      checkValue(path === '' ? name : `${path}.${name}`, (value as Record<string, unknown>)[name], option, issues)
  },

  list(path, value, { noun, each }, issues) {
    if (!Array.isArray(value) || value.length === 0)
      issues.add(path, `expected at least 1 ${noun}, found ${show(value)}`)
    else for (const [i, one] of value.entries()) checkGiven(`${path}[${i}]`, one ?? null, each, issues)
  },
}
