/** Text, numbers, lists and objects: all that model files need. */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml }

/** `value` as YAML in block style. Scalars are written as JSON, which is valid YAML. */
export function yaml(value: Yaml, indent = ''): string {
  if (isList(value)) return value.map((each) => `${indent}- ${nested(each, `${indent}  `).trimStart()}`).join('')
  if (typeof value !== 'object') return `${JSON.stringify(value)}\n`
  return Object.entries(value)
    .map(
      ([key, each]) =>
        `${indent}${key}:${typeof each === 'object' ? `\n${yaml(each, `${indent}  `)}` : ` ${yaml(each)}`}`,
    )
    .join('')
}

const nested = (value: Yaml, indent: string): string => (typeof value === 'object' ? yaml(value, indent) : yaml(value))

// Array.isArray does not narrow readonly arrays.
const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value)
