/** The flags of `som export` as they were written. */
export interface ExportFlags {
  readonly output?: string
  readonly preprocessed?: true
  readonly json?: true
}
