import { join } from 'node:path'
import { makePlace } from './place.mjs'

/** A place where `som` comes from packages that are installed in a project; scripts of a checkout are not there. */
export const packedPlace = ({ folder, env }, path = []) =>
  makePlace({
    home: join(folder, 'typed'),
    env,
    path: [...path, join(folder, 'node_modules', '.bin')],
    takes: (text) => !/\bnpm (run|test)\b/.test(text),
  })
