/** Spaces that may stand around what a cell holds. Others, such as a no-break space, are part of it. */
export const trimCell = (text: string): string => text.replace(AROUND, '')

const AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g

const CLOCK = '([01]?\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(\\.\\d{1,9})?)?'
const ZONE = 'Z|[+-](?:0\\d|1[0-4])(?::?[0-5]\\d)?'

/**
 * How a time is written in text, as regular expressions of a whole cell: a day with a clock time and a zone where they
 * are known, or a clock time alone. Only what JavaScript and RE2 read alike is used, so that a database can take them
 * over.
 */
export const TIME_FORMS: { readonly day: string; readonly clock: string } = {
  day: `([1-9]\\d{3})(?:-(\\d{1,2})-|/(\\d{1,2})/)(\\d{1,2})(?:[T ]${CLOCK}(?: ?(${ZONE}))?)?`,
  clock: CLOCK,
}

const DAY = new RegExp(`^${TIME_FORMS.day}$`)
const CLOCK_ALONE = new RegExp(`^${CLOCK}$`)

/**
 * Seconds since the start of 1970 of a time as text (`2024-05-01`, `2024-05-01T12:00:00Z`), or since midnight
 * (`12:30`); null for any other text. What names no zone is UTC. Fractions are cut to microseconds.
 */
export function secondsOfText(text: string): number | null {
  const cell = trimCell(text)
  const clock = CLOCK_ALONE.exec(cell)
  if (clock) return secondsOfClock(clock.slice(1))
  const found = DAY.exec(cell)
  if (!found) return null
  const [year, month, day] = [found[1], found[2] ?? found[3], found[4]].map(Number)
  const millis = Date.UTC(year, month - 1, day)
  const date = new Date(millis)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return millis / 1000 + secondsOfClock(found.slice(5, 9)) - secondsOfZone(found[9])
}

function secondsOfClock([hours = '0', minutes = '0', seconds = '0', fraction = '']: readonly string[]): number {
  const micros = Number(fraction.slice(1, 7).padEnd(6, '0'))
  return 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds) + micros / 1e6
}

function secondsOfZone(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const seconds = 3600 * Number(zone.slice(1, 3)) + 60 * Number(zone.slice(3).replace(':', ''))
  return zone.startsWith('-') ? -seconds : seconds
}
