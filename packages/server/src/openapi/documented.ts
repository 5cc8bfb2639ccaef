import type * as v from 'valibot'

const descriptions = new WeakMap<object, object>()

/** A schema without an automatic JSON Schema, with a JSON Schema that describes what it checks. */
export function documented<T extends v.GenericSchema<never, unknown> | v.GenericSchema>(
  schema: T,
  description: object,
): T {
  descriptions.set(schema, description)
  return schema
}

/** The JSON Schema given for a schema. */
export function descriptionOf(schema: object): object | undefined {
  return descriptions.get(schema)
}
