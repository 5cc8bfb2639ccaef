/** The flags of `som mcp`, as the user wrote them. */
export interface McpFlags {
  readonly limit?: string
  readonly readOnly?: true
}
