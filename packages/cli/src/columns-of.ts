/** Lines of cells as text, in columns. */
export function columnsOf(lines: readonly (readonly string[])[]): string {
  const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)))
  return lines
    .map(
      (line) =>
        `  ${line
          .map((cell, c) => cell.padEnd(widths[c]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
