import type { Backend } from '../backend.ts'

/**
 * The reference backend: plain TypeScript, on one thread, in Node and in the browser. It runs every task. Its
 * arithmetic is loaded when a session is first opened: a page that trains on another backend never downloads it.
 */
export function js(): Backend {
  return {
    name: 'js',
    rejects: () => null,
    async open(task, samples, codebook) {
      // Copied before the first await: the caller may continue to use its own.
      const own = { ...codebook, data: codebook.data.slice() }
      const { openSession } = await import('./session.ts')
      return openSession(task, samples, own)
    },
  }
}
