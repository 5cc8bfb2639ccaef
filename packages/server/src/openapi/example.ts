/** Values of parameters, by name. */
export type Params = Readonly<Record<string, string | number>>

/** A request that works unchanged. */
export interface Example {
  readonly params?: Params
  /** Bodies by media type: text as it is sent, or what JSON is made of. */
  readonly bodies?: Readonly<Record<string, unknown>>
}

/** An example that needs nothing but where a map is. */
export async function placeExample(place: Promise<Params | null>): Promise<Example | null> {
  const params = await place
  return params && { params }
}
