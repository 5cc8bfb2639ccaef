// Writes the API reference, a page a package, from the doc comments of what each exports: `node api-pages.mjs FOLDER`.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Application } from 'typedoc'
import { root } from '../../lib/process.mjs'

const folder = process.argv[2]
const packages = readdirSync(join(root, 'packages'))
const app = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: packages.map((name) => join(root, 'packages', name, 'src', 'index.ts')),
  tsconfig: join(root, 'tsconfig.tests.json'),
  readme: 'none',
  disableSources: true,
  excludeInternal: true,
  outputs: [{ name: 'markdown', path: folder }],
  logLevel: 'Error',
  // One page a package: every name of it is found by the page's own search.
  router: 'module',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  sanitizeComments: true,
  groupOrder: ['Functions', 'Variables', '*'],
})
const project = await app.convert()
if (!project) throw new Error('the API reference could not be made')
for (const module of project.children ?? []) {
  const name = module.name.split('/')[0]
  if (!packages.includes(name)) throw new Error(`the API reference: expected a package, found ${module.name}`)
  module.name = name
}
await app.generateOutputs(project)

// A page is named as its package is; the list of pages is the site's own.
rmSync(join(folder, 'README.md'))
for (const name of packages) {
  const page = join(folder, `${name}.md`)
  writeFileSync(page, readFileSync(page, 'utf8').replace(/^# .+$/m, `# @som/${name}`))
}
