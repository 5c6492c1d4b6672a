import type { Exchange, Fate } from './wire.ts'

/** A moment that can be told from the bytes that a replica sends and gets. Each may be the moment of its death. */
export const cloudPoints = [
  'list asked',
  'list answered',
  'read asked',
  'read answered',
  'take asked',
  'take answered',
] as const
export const databasePoints = ['begin asked', 'begin answered', 'commit asked', 'commit answered'] as const
export type Point = (typeof cloudPoints)[number] | (typeof databasePoints)[number]

/** Told of each point as it passes by, before the bytes are passed on. */
export type Onlooker = (point: Point, detail: string) => Fate

type Deed = 'list' | 'read' | 'take' | 'begin' | 'commit'

/** The points of one connection to the cloud: one request is under way on it at a time. */
export const watchCloud = (see: Onlooker) => watchExchange(see, deedInRequest)

/** The points of one connection to PostgreSQL: transactions begin and end by plain words. */
export const watchDatabase = (see: Onlooker) => watchExchange(see, deedInStatement)

function watchExchange(see: Onlooker, deedIn: (text: string) => { deed: Deed; detail: string } | null): Exchange {
  let underWay: { deed: Deed; detail: string } | null = null
  return {
    asked(bytes) {
      const found = deedIn(bytes.toString('latin1'))
      if (!found) return 'pass'
      underWay = found
      return see(`${found.deed} asked` as Point, found.detail)
    },
    answered() {
      const { deed, detail } = underWay ?? {}
      underWay = null
      return deed === undefined ? 'pass' : see(`${deed} answered` as Point, detail ?? '')
    },
  }
}

function deedInRequest(text: string): { deed: Deed; detail: string } | null {
  const [, method, path = ''] = /^(GET|POST) (\S+)/.exec(text) ?? []
  if (method === undefined) return null
  const taken = /\/deployment-drafts\/getLock\?.*deploymentDraftId=([^&\s]+)/.exec(path)
  if (taken) return { deed: 'take', detail: taken[1] ?? '' }
  const read = /\/deployment-drafts\/([^/?\s]+)$/.exec(path)
  if (read) return { deed: 'read', detail: read[1] ?? '' }
  const list = /\/namespaces\/([^/]+)\/deployment-drafts\?/.exec(path)
  return list ? { deed: 'list', detail: list[1] ?? '' } : null
}

function deedInStatement(text: string): { deed: Deed; detail: string } | null {
  if (/begin\0|start transaction[^\0]*\0/.test(text)) return { deed: 'begin', detail: '' }
  return text.includes('commit\0') ? { deed: 'commit', detail: '' } : null
}
