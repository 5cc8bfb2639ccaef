/** Asks for the next value while the one before is worked on. Values must be good for longer than until the next is asked for. */
export async function* ahead<T>(values: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = values.next()
  // Told when it is waited for; until then nobody listens.
  next.catch(() => undefined)
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = values.next()
      next.catch(() => undefined)
      yield value
    }
  } finally {
    await next.catch(() => undefined)
    await values.return(undefined)
  }
}
