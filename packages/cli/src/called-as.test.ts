import { expect, it } from 'vitest'
import { calledAs } from './called-as.ts'

it('a command is printed as it works where it is printed', () => {
  expect(calledAs({}, '/usr/lib/node_modules/@som/cli/dist/main.js')).toBe('som')
  expect(calledAs({}, '/home/a/.npm/_npx/1f/node_modules/.bin/som')).toBe('npx @som/cli')
  expect(calledAs({ SOM_CALLED_AS: 'npm run -s som --' })).toBe('npm run -s som --')
})
