// node --import tsx --conditions=@som/source packages/client/test/generate.ts
// Writes src/interface.ts: the server's interface as types.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { interfaceText } from './interface-text.ts'

writeFileSync(fileURLToPath(new URL('../src/interface.ts', import.meta.url)), await interfaceText())
