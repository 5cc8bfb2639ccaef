/** The shortest decimal that reads back as the f32 `x`, without spurious digits. */
export function floatText(x: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(x.toPrecision(digits))
    if (Math.fround(short) === x) return String(short)
  }
  return String(Number(x.toPrecision(9)))
}
