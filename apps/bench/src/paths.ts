import { fileURLToPath } from 'node:url'

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

export const root: string = fromRoot('')
/** Drawn data and peers' kept results. */
export const cacheFolder: string = fromRoot('.cache/bench')
/** Where results are written. */
export const outFolder: string = fromRoot('out/bench')
export const pythonFolder: string = fromRoot('apps/bench/python')
/** The compiled programs: contenders start as plain JavaScript, as a user's program would. */
export const programFolder: string = fromRoot('apps/bench/dist/programs')
