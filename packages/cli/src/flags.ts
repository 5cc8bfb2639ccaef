import { type Issue, notOneOf } from '@som/core'
import { firstRecord } from '@som/io'

/** Bytes of each unit of memory. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
}

/** Parses flags into values and collects every issue on the way. */
export class Flags {
  readonly issues: Issue[] = []

  /** A number; the code that uses it checks its range. */
  number(path: string, text: string | undefined): number | undefined {
    if (text === undefined) return undefined
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (!Number.isNaN(value)) return value
    this.add(path, `expected a number, found ${JSON.stringify(text)}`)
    return undefined
  }

  /** A whole number from `least` to `most`. */
  integer(
    path: string,
    text: string | undefined,
    least: number,
    most: number = Number.MAX_SAFE_INTEGER,
  ): number | undefined {
    const value = this.number(path, text)
    if (value === undefined || (Number.isSafeInteger(value) && value >= least && value <= most)) return value
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
    this.add(path, `expected an integer ${range}, found ${text}`)
    return undefined
  }

  /** A number of bytes: `2GiB`, `500MB`, `1.5G`. */
  bytes(path: string, text: string | undefined, least: number): number | undefined {
    if (text === undefined) return undefined
    const [, number, unit = ''] = /^\s*([\d.]+)\s*([a-z]*)\s*$/i.exec(text) ?? []
    const value = Number(number) * (UNITS[unit.toLowerCase()] ?? Number.NaN)
    if (value >= least && Number.isFinite(value)) return Math.floor(value)
    const wanted = `a size of at least ${least / 2 ** 20} MiB , for example 2GiB or 800MB`
    this.add(path, `expected ${wanted}, found ${JSON.stringify(text)}`)
    return undefined
  }

  /** `a<separator>b`, or `a` alone where `alone` allows it. */
  pair(
    path: string,
    text: string | undefined,
    separator: RegExp,
    form: string,
    alone: boolean,
  ): [number, number | undefined] | undefined {
    if (text === undefined) return undefined
    const parts = text.split(separator)
    const numbers = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
    if (parts.length > 2 || (parts.length < 2 && !alone) || numbers.some(Number.isNaN)) {
      this.add(path, `expected ${form}, found ${JSON.stringify(text)}`)
      return undefined
    }
    return [numbers[0], numbers[1]]
  }

  /** Names separated by commas; a name with a comma in it is written in double quotes. */
  names(texts: readonly string[] | undefined): string[] | undefined {
    return texts?.flatMap((text) => firstRecord(text, ',', true) ?? [text]).filter((name) => name !== '')
  }

  /** `name=value` of each; the last `=` counts. */
  assignments(path: string, texts: readonly string[] = []): [string, string][] {
    return texts.flatMap((text): [string, string][] => {
      const at = text.lastIndexOf('=')
      if (at > 0) return [[text.slice(0, at), text.slice(at + 1)]]
      this.add(path, `expected column=value, found ${JSON.stringify(text)}`)
      return []
    })
  }

  choice<T extends string>(path: string, text: string | undefined, choices: readonly T[]): T | undefined {
    if (text === undefined) return undefined
    const found = choices.find((choice) => choice === text)
    if (found === undefined) this.add(path, notOneOf(text, choices))
    return found
  }

  add(path: string, message: string): void {
    this.issues.push({ path, message })
  }
}
