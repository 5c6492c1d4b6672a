import type { Handler } from 'hono'
import { type PageFile, type PageFiles, pack } from './page-files.ts'
import { ProblemError } from './problem.ts'
import type { RouteEnv } from './router.ts'

/** The addresses of the page's own router. Another one gets the same page, which says that there is nothing, and the status says so too. */
const views = ['/', '/audit', '/sign-in']

/**
 * Answers what is no route of the API: the page's files by name, and the page itself at every address that could be a view.
 * A file that is gone is never answered with the page: a script of an older version must not be handed HTML.
 */
export function page(files: PageFiles): Handler<RouteEnv> {
  return c => {
    const { path } = c.req
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
    const found = files.get(path)
    const start = files.get('/index.html')
    const view = couldBeView(path) ? start : undefined
    const file = found ?? view
    if (!file) throw new ProblemError('not-found', { detail: 'There is nothing at this address.' })
    if (!isRead)
      throw new ProblemError('method-not-allowed', { detail: 'A page can only be read.', allow: 'GET, HEAD' })

    const { encoding, body } = pack(file, c.req.header('accept-encoding'))
    const isKnown = found !== undefined || isView(path)
    c.header('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    c.header('vary', 'accept-encoding')
    const etag = encodedTag(file, encoding)
    c.header('etag', etag)
    if (
      isKnown &&
      c.req
        .header('if-none-match')
        ?.split(',')
        .some(tag => tag.trim().replace(/^W\//, '') === etag)
    )
      return c.body(null, 304)
    c.header('content-type', file.type)
    if (encoding) c.header('content-encoding', encoding)
    return c.body(body, isKnown ? 200 : 404)
  }
}

function couldBeView(path: string): boolean {
  return !path.startsWith('/assets/') && !(path.split('/').at(-1) ?? '').includes('.')
}

function isView(path: string): boolean {
  return views.includes(path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)
}

/** Each packing is a representation of its own. */
function encodedTag(file: PageFile, encoding: string | null): string {
  return encoding ? `${file.etag.slice(0, -1)}-${encoding}"` : file.etag
}
