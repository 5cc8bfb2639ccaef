// Makes the platform packages ready to publish: `node scripts/platforms.mjs ARTIFACTS`, a folder that holds
// som-native.<triple>.node for each of them. Puts each addon into npm/<triple> with the licences of what is in it, gives it this package's version, and names
// the packages in optionalDependencies. For the release alone: none of what it writes is to be committed.
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(dirname(fileURLToPath(import.meta.url)))
const artifacts = process.argv[2] ?? '.'
const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
const write = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)

const triples = readdirSync(join(folder, 'npm'))
const missing = triples.filter((triple) => !existsSync(join(artifacts, `som-native.${triple}.node`)))
if (missing.length > 0) {
  console.error(
    `${artifacts}: expected an addon for each of ${triples.join(', ')}; there is none for ${missing.join(', ')}`,
  )
  process.exit(1)
}

const own = read(join(folder, 'package.json'))
for (const triple of triples) {
  const file = `som-native.${triple}.node`
  copyFileSync(join(artifacts, file), join(folder, 'npm', triple, file))
  for (const text of ['LICENSE', 'THIRD-PARTY-NOTICES.md'])
    copyFileSync(join(folder, text), join(folder, 'npm', triple, text))
  write(join(folder, 'npm', triple, 'package.json'), {
    ...read(join(folder, 'npm', triple, 'package.json')),
    version: own.version,
  })
}
write(join(folder, 'package.json'), {
  ...own,
  optionalDependencies: Object.fromEntries(triples.map((triple) => [`@som/native-${triple}`, own.version])),
})
