/**
 * Requests the next value while the one before is being processed. A value must stay valid after the next is requested.
 */
export async function* ahead<T>(values: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = values.next()
  // The error surfaces when the value is awaited; until then nothing handles it.
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
