type Json = Readonly<Record<string, unknown>>

/**
 * The choices within the schema of a body, a line of Markdown for each: which words may stand where. Viewers of OpenAPI
 * edit a body as text, where they offer none.
 */
export function choicesIn(schema: Json): string {
  const found = new Map<string, Set<string>>()
  collect('', schema, found)
  const lines = [...found].map(
    ([path, words]) => `- \`${path}\`: ${[...words].map((word) => `\`${word}\``).join(', ')}`,
  )
  return lines.length === 0 ? '' : `Choices:\n\n${lines.join('\n')}`
}

function collect(path: string, schema: unknown, found: Map<string, Set<string>>): void {
  if (!isObject(schema)) return
  const { enum: words, const: word, properties, items, additionalProperties } = schema
  const texts = (Array.isArray(words) ? words : [word]).filter((each) => typeof each === 'string')
  if (path !== '' && texts.length > 0) found.set(path, new Set([...(found.get(path) ?? []), ...texts]))
  for (const either of ['anyOf', 'oneOf', 'allOf']) {
    const forms = schema[either]
    if (Array.isArray(forms)) for (const form of forms) collect(path, form, found)
  }
  for (const [name, inner] of Object.entries(isObject(properties) ? properties : {}))
    collect(path === '' ? name : `${path}.${name}`, inner, found)
  collect(`${path}[]`, items, found)
  collect(`${path}.*`, additionalProperties, found)
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
