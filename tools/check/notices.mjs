// What of others comes with Som, and under which licences. THIRD-PARTY-NOTICES.md lists what npm installs with the
// packages; that of packages/native has the texts of the crates that are compiled into its addons. With --check it
// writes nothing, and fails where a file is not up to date. It always fails on a licence that is not one of those
// below.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { binOf, root, run, runNode } from '../lib/process.mjs'
import { manifest, rustProblem } from '../lib/rust.mjs'

const ALLOWED = new Set([
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'Zlib',
  'Unicode-3.0',
  '0BSD',
  'BlueOak-1.0.0',
])

/** Licences beside those, each for one package and with the reason why. */
const EXCEPTIONS = {
  '@img/sharp-libvips-<platform> LGPL-3.0-or-later':
    'a shared library that npm installs beside the command, and that its user may replace',
}

const check = process.argv.includes('--check')
const problems = []

/** Whether a licence's expression can be met by those allowed: one side of an OR, both of an AND. */
function isAllowed(expression) {
  const plain = expression.replace(/[()]/g, '').replaceAll('/', ' OR ')
  return plain.split(/ AND /).every((part) => part.split(/ OR /).some((name) => ALLOWED.has(name.trim())))
}

function judge(name, licence) {
  if (isAllowed(licence) || `${name} ${licence}` in EXCEPTIONS) return
  problems.push(`${name}: ${licence}: expected one of ${[...ALLOWED].join(', ')}`)
}

/** What runs with the published packages; the packages of one platform stand for those of all. */
async function npmPackages() {
  const { code, output } = await runNode([binOf('pnpm'), 'licenses', 'list', '--json', '--prod', '--recursive'])
  if (code !== 0) throw new Error(output)
  const found = new Map()
  for (const [licence, packages] of Object.entries(JSON.parse(output.slice(output.indexOf('{')))))
    for (const { name, versions } of packages) {
      const common = name.replace(/(linux(musl)?|darwin|win32)-(x64|arm64)(-(gnu|musl|msvc))?$/, '<platform>')
      found.set(common, { name: common, versions: versions.join(', '), licence })
    }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The crates that end in an addon or in the WebAssembly module, on any platform. */
async function crates() {
  const at = ['--manifest-path', manifest, '--locked']
  const tree = await run('cargo', [
    'tree',
    ...at,
    '--edges',
    'normal',
    '--target',
    'all',
    '--prefix',
    'none',
    '--format',
    '{p}',
  ])
  const metadata = await run('cargo', ['metadata', ...at, '--format-version', '1'])
  if (tree.code !== 0 || metadata.code !== 0) throw new Error(tree.output + metadata.output)
  const used = new Set([...tree.output.matchAll(/^(\S+) v(\S+)/gm)].map(([, name, version]) => `${name} ${version}`))
  const json = metadata.output.split('\n').find((line) => line.startsWith('{'))
  return JSON.parse(json)
    .packages.filter(({ name, version, source }) => source !== null && used.has(`${name} ${version}`))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The licence's text as the crate brings it: MIT's where there is a choice. */
function textOf({ name, manifest_path }) {
  const folder = dirname(manifest_path)
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying)/i.test(file))
  const file = files.find((found) => /mit/i.test(found)) ?? files[0]
  return file ? readFileSync(join(folder, file), 'utf8').trim() : `(${name} brings no text of its licence.)`
}

function put(path, text) {
  if (!check) writeFileSync(path, text)
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
    problems.push(`${relative(root, path)}: not up to date: "npm run notices"`)
}

const made = '<!-- Written by `npm run notices`. -->'
const packages = await npmPackages()
for (const { name, licence } of packages) judge(name, licence)
const rows = packages.map(({ name, versions, licence }) => `| ${name} | ${versions} | ${licence} |`)
const exceptions = Object.entries(EXCEPTIONS).map(([what, why]) => `\`${what}\`: ${why}.`)
put(
  join(root, 'THIRD-PARTY-NOTICES.md'),
  `${made}

# Third-party notices

What npm installs with the packages of Som, each under its own licence, whose text it brings itself. Nothing of it is copied into
them, except for the crates in [the addons of @som/native](packages/native/THIRD-PARTY-NOTICES.md), and for what is in the page of @som/studio,
whose texts lie beside it as \`page/THIRD-PARTY-NOTICES.md\`.

${exceptions.join('\n')}

| package | version | licence |
| --- | --- | --- |
${rows.join('\n')}
`,
)

const noRust = rustProblem()
if (noRust !== null) console.log(`The crates' notices: left out, ${noRust}.`)
else {
  const used = await crates()
  for (const { name, license } of used) judge(name, license ?? 'no licence')
  const sections = used.map(
    (crate) => `## ${crate.name} ${crate.version} (${crate.license})\n\n\`\`\`text\n${textOf(crate)}\n\`\`\`\n`,
  )
  put(
    join(root, 'packages', 'native', 'THIRD-PARTY-NOTICES.md'),
    `${made}\n\n# Third-party notices\n\nThe crates that are compiled into the addons and the WebAssembly module.\n\n${sections.join('\n')}`,
  )
}
for (const problem of problems) console.log(problem)
process.exitCode = problems.length === 0 ? 0 : 1
