/** The version of this package, kept equal to package.json by `npm run version-packages` and a test. */
export const VERSION: string = '0.0.0'
