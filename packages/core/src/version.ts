/** The version of this package, kept in step with package.json by `npm run version-packages` and a test. */
export const VERSION: string = '0.0.0'
