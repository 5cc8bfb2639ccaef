import { makePlace } from './place.mjs'

/**
 * A place where `som` is what a checkout has: a script of npm's. Pages of packages install them, which only the
 * rehearsal of a release can.
 */
export const checkoutPlace = (clone, more) =>
  makePlace({
    ...more,
    programs: { som: `exec npm run -s --prefix '${clone}' som -- "$@"` },
    takes: (text) => !/\bnpx @som\/|\bnpm install\b/.test(text),
    // Where npm finds the scripts of the checkout.
    folderOf: { 'README.md': clone, 'docs/guide/measuring.md': clone },
  })
