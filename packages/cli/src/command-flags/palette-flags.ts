/** The flags of `som palette`, as the user wrote them. */
export interface PaletteFlags {
  readonly output?: string
  readonly colours?: string
  readonly grid?: string
  readonly dither?: string
  readonly palette?: string[]
  readonly seed?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
