import { PAGE_HEADERS, type PageFile, pageFiles } from '@som/studio'
import type { Routes } from '../openapi/operation.ts'
import { sendProblem } from '../problem.ts'
import { packed } from './packed.ts'

/** What the studio may ask this server for. */
export interface StudioParts {
  /** A map that is served on its own. */
  readonly model: boolean
  /** A registry of maps. */
  readonly maps: boolean
}

const NOT_BUILT = 'the page of the studio is missing from @som/studio: in a checkout, run "npm run build" first'
const LASTING = 'public, max-age=31536000, immutable'

/**
 * The studio at `/studio/`: files that anybody may have, as those of `/docs`. The page asks for maps by the routes that
 * all clients use, with the key that its reader gives.
 */
export function studioRoutes({ app }: Routes, parts: StudioParts): void {
  const config = { config: { scope: null } }
  // Its files are named as from a folder.
  app.get('/studio', config, async (_, reply) => reply.redirect('studio/', 308))
  const files = pageFiles()
  if (files === null) {
    app.get('/studio/', config, async (request, reply) => sendProblem(request, reply, 503, NOT_BUILT))
    return
  }
  for (const [path, file] of files) {
    const read = path === '/' ? () => pageOf(file, parts) : () => file.read()
    const send = packed({ type: file.type, kept: file.isLasting ? LASTING : 'no-cache', read })
    app.get(`/studio${path}`, config, (request, reply) => send(request, reply.headers(PAGE_HEADERS)))
  }
}

/** The page, told that it is one of a server. */
function pageOf(file: PageFile, { model, maps }: StudioParts): Buffer {
  const words = [...(model ? ['model'] : []), ...(maps ? ['maps'] : [])].join(' ')
  return Buffer.from(
    file.read().toString('utf8').replace('<head>', `<head>\n    <meta name="som-server" content="${words}" />`),
  )
}
