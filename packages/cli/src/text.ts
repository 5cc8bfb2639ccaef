/** `label   value` lines, values in one column. */
export function rowsOfText(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join('')
}

/** The first words, and how many more there are. */
export function listed(words: readonly string[], most = 12): string {
  const more = words.length - most
  return more > 0 ? `${words.slice(0, most).join(', ')} and ${more} more` : words.join(', ')
}

/** A number for display: five digits. */
export function figure(x: number): string {
  return Number.isNaN(x) ? 'none' : String(Number(x.toPrecision(5)))
}

/** `1 row`, `2 rows`. */
export function counted(n: number, word: string, several = `${word}s`): string {
  return `${n} ${n === 1 ? word : several}`
}

/** Seconds as `0.4 s`, `2:05` or `1:02:03`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] > 0 ? parts : parts.slice(1)
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** A word, quoted for a shell if necessary. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A name in a list that commas separate: one with a comma in it is written in double quotes. */
export const quotedName = (name: string): string => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
