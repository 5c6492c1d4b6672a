export interface KnownPath {
  /** As in the OpenAPI document: `/api/drafts/{workspace}/…`. */
  pattern: string
  methods: readonly string[]
}

/** @returns what is known of a path, or null where nothing answers there */
export type RouteTable = (path: string) => KnownPath | null

/**
 * The paths that are really mounted, so that an unknown path and a wrong method are told apart from a missing session.
 * @param routes Hono's own list; middleware (`ALL`) and what ends in `*` is left out
 */
export function createRouteTable(routes: readonly { method: string; path: string }[]): RouteTable {
  const methods = new Map<string, Set<string>>()
  for (const { method, path } of routes) {
    if (method === 'ALL' || path.endsWith('*')) continue
    const known = methods.get(path) ?? new Set()
    methods.set(path, known.add(method))
  }
  const paths = [...methods].map(([path, known]) => ({
    segments: path.split('/'),
    found: {
      pattern: path.replaceAll(/:([^/]+)/g, '{$1}'),
      methods: [...known, ...(known.has('GET') ? ['HEAD'] : [])],
    },
  }))
  return path => {
    const given = path.split('/')
    const fits = (segments: string[]) =>
      segments.length === given.length &&
      segments.every((segment, at) => (segment.startsWith(':') ? given[at] !== '' : segment === given[at]))
    return paths.find(({ segments }) => fits(segments))?.found ?? null
  }
}
