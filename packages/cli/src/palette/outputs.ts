import { stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { Issue } from '@som/core'

/** Where each image goes: the file named, or `<name>.png` in the folder named. Issues if that does not work. */
export async function outputsOf(images: readonly string[], output: string | undefined): Promise<string[] | Issue[]> {
  if (output === undefined) return []
  if (!(await isFolder(output))) {
    if (images.length > 1)
      return [
        {
          path: '--output',
          message: `expected a folder for ${images.length} images, found no folder ${JSON.stringify(output)}; create it first`,
        },
      ]
    if (/\.png$/i.test(output)) return [output]
    return [
      { path: '--output', message: `expected a name that ends in .png or a folder, found ${JSON.stringify(output)}` },
    ]
  }
  const names = images.map((image) => `${basename(image, extname(image))}.png`)
  const issues = names.flatMap((name, i): Issue[] => {
    const before = names.indexOf(name)
    if (before === i) return []
    return [{ path: images[i], message: `would be written to ${name}, as would ${images[before]}; rename one of them` }]
  })
  return issues.length > 0 ? issues : names.map((name) => join(output, name))
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
