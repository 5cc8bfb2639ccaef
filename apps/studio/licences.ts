import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Packages of others whose code is in the page, by name, with their folders. */
const found = new Map<string, string>()

/** Notes what comes into a bundle: the page's own, and that of its worker. */
export const noteLicences = (): Plugin => ({
  name: 'note licences',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue
      for (const id of file.moduleIds) {
        const [, folder, name] =
          /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(id.replace('\0', '')) ?? []
        if (folder !== undefined) found.set(name.replaceAll('\\', '/'), folder)
      }
    }
  },
})

/** Writes the notices of all of them beside the page. */
export const writeLicences = (folder: string): Plugin => ({
  name: 'write licences',
  closeBundle() {
    const sections = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, at]) => sectionOf(name, at))
    const head = '# Third-party notices\n\nWhat of others is in the page, each under its own licence.\n'
    writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.md'), `${[head, ...sections].join('\n')}`)
  },
})

function sectionOf(name: string, folder: string): string {
  const { version, license }: { version: string; license?: string } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each))
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '(no text)'
  return `## ${name} ${version} (${license ?? 'see its text'})\n\n\`\`\`text\n${text}\n\`\`\`\n`
}
