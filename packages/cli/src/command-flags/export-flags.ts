/** The flags of `som export`, as the user wrote them. */
export interface ExportFlags {
  readonly output?: string
  readonly preprocessed?: true
  readonly json?: true
}
