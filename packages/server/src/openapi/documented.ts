import type * as v from 'valibot'

const descriptions = new WeakMap<object, object>()

/** A schema that no JSON Schema can be made of, with one that says what it checks. */
export function documented<T extends v.GenericSchema<never, unknown> | v.GenericSchema>(
  schema: T,
  description: object,
): T {
  descriptions.set(schema, description)
  return schema
}

/** The JSON Schema that was given for a schema. */
export function descriptionOf(schema: object): object | undefined {
  return descriptions.get(schema)
}
