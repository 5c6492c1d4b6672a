import type { Board, Problem } from '@lockdesk/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type House, openHouse, own } from '../../fixtures/house.ts'
import { publicRoutes } from './public-routes.ts'

/** Who asks. `newcomer`: an admin whose one-time password is not changed yet. */
const askers = ['nobody', 'viewer', 'editor', 'admin', 'newcomer'] as const
type Asker = (typeof askers)[number]

const everybody = { nobody: 200, viewer: 200, editor: 200, admin: 200, newcomer: 200 }
const session = { nobody: 401, viewer: 200, editor: 200, admin: 200, newcomer: 403 }

/** What each gets, by the role that the product gives it: a route without a line here fails. */
const matrix: Record<string, Record<Asker, number>> = {
  'GET /healthz': everybody,
  'GET /readyz': everybody,
  'GET /metrics': everybody,
  'GET /api/openapi.json': everybody,
  'GET /api/demo/people': everybody,
  'POST /api/demo/sign-in': everybody,
  'POST /api/auth/sign-in/email': { nobody: 401, viewer: 401, editor: 401, admin: 401, newcomer: 401 },
  'POST /api/auth/sign-out': { nobody: 204, viewer: 204, editor: 204, admin: 204, newcomer: 204 },
  'POST /api/auth/change-password': { nobody: 401, viewer: 401, editor: 401, admin: 401, newcomer: 401 },
  'GET /api/me': { ...session, newcomer: 200 },
  'GET /api/board': session,
  'GET /api/live': session,
  'GET /api/drafts/{workspace}/{namespace}/{draftId}': session,
  'POST /api/drafts/{workspace}/{namespace}/{draftId}/lock': { ...session, viewer: 403 },
  'PATCH /api/drafts/{workspace}/{namespace}/{draftId}/reason': { ...session, viewer: 403, editor: 403, admin: 403 },
  'GET /api/audit/events': { ...session, viewer: 403 },
  'GET /api/audit/holds': { ...session, viewer: 403 },
  'GET /api/audit/holders': { ...session, viewer: 403 },
  'GET /api/audit/counts': { ...session, viewer: 403 },
  'GET /api/audit/at': { ...session, viewer: 403 },
  'GET /api/audit/export': { ...session, viewer: 403, editor: 403 },
  'GET /api/audit/verify': { ...session, viewer: 403, editor: 403 },
}

/** A body that is as it should be; what is not here takes none. */
const bodies: Record<string, unknown> = {
  'POST /api/demo/sign-in': { person: 'vi' },
  'POST /api/auth/sign-in/email': { email: 'nobody@example.com', password: 'wrong' },
  'POST /api/auth/change-password': { current: 'wrong', password: 'another long password' },
  'POST /api/drafts/{workspace}/{namespace}/{draftId}/lock': { expectedHolderId: null },
  'PATCH /api/drafts/{workspace}/{namespace}/{draftId}/reason': { reason: 'a fix' },
}

/** What must stand in an address. */
const queries: Record<string, string> = {
  'GET /api/audit/counts': '?by=kind',
  'GET /api/audit/at': '?time=1m',
  'GET /api/audit/export': '?format=csv',
}

/** As OpenAPI has it. */
interface Operation {
  responses: Record<string, unknown>
  requestBody?: { content: Record<string, { schema?: { additionalProperties?: unknown } }> }
  security?: unknown[]
  parameters?: { in: string; name: string }[]
}

interface Described {
  route: string
  method: string
  path: string
  statuses: number[]
  hasBody: boolean
  isOpen: boolean
  query: string[]
}

let house: House
let url: string
let described: Described[]
/** A draft that a colleague holds. */
let ref: Board['drafts'][number]['ref']
const roles = { viewer: 'vi', editor: 'bo', admin: 'ada', newcomer: 'ada' } as const

beforeAll(async () => {
  house = await openHouse({ env: { LOCKDESK_TAKES_PER_MINUTE: '0', LOCKDESK_STREAMS_PER_PERSON: '0' }, drafts: 60 })
  url = (await house.listen(0, '127.0.0.1')).url
  const document = (await (await house.get('/api/openapi.json')).json()) as {
    openapi: string
    paths: Record<string, Record<string, Operation>>
  }
  expect(document.openapi).toBe('3.1.0')
  described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, facts]) => ({
      route: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      statuses: Object.keys(facts.responses).map(Number),
      hasBody: facts.requestBody !== undefined,
      isOpen: facts.security?.length === 0,
      query: (facts.parameters ?? []).filter(one => one.in === 'query').map(({ name }) => name),
    })),
  )
  const cookie = await house.signIn('ada')
  const board = async () => (await (await house.get('/api/board', { cookie })).json()) as Board
  await vi.waitFor(async () => expect((await board()).drafts.length).toBeGreaterThan(50), { timeout: 10_000 })
  const held = (await board()).drafts.find(({ lock }) => lock !== null)
  if (!held) throw new Error('no draft is held')
  ref = held.ref
}, 20_000)
afterAll(() => house.close())

async function freeDraft(): Promise<typeof ref> {
  const cookie = await house.signIn('bo')
  const { drafts } = (await (await house.get('/api/board', { cookie })).json()) as Board
  const free = drafts.find(({ may }) => may.take)
  if (!free) throw new Error('no draft is free')
  return free.ref
}

/** A session of its own for each question, so that signing out disturbs nobody. */
async function cookieFor(asker: Asker): Promise<string> {
  if (asker === 'nobody') return ''
  const cookie = await house.signIn(roles[asker])
  await house.database.deleteFrom('passwords').where('person_id', '=', roles[asker]).execute()
  if (asker === 'newcomer')
    await house.database
      .insertInto('passwords')
      .values({
        person_id: 'ada',
        hash: '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
        must_change: 1,
        changed_at: 0,
      })
      .execute()
  return cookie
}

const addressOf = (path: string, at: { workspace: string; namespace: string; draftId: string }) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: keyof typeof at) => encodeURIComponent(at[name]))

/** By the wire: the head is enough, and a stream is left at once. */
async function ask(method: string, path: string, cookie: string, body?: string, headers: Record<string, string> = {}) {
  const leave = new AbortController()
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...(method === 'GET' ? {} : own), ...(cookie && { cookie }), ...headers },
    ...(method !== 'GET' && { body: body ?? '{}' }),
    signal: leave.signal,
  })
  const type = answer.headers.get('content-type') ?? ''
  const text = type.includes('event-stream') ? '' : await answer.text()
  leave.abort()
  return { status: answer.status, type, text, headers: answer.headers }
}

describe('the description', () => {
  it('lists every route that there is, with its full path, and no other', () => {
    const mounted = house.app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:([^/]+)/g, '{$1}')}`)
    expect([...new Set(mounted)].toSorted()).toEqual(described.map(({ route }) => route).toSorted())
  })

  it('says of each route whether it needs a session', () => {
    const open = described.filter(({ isOpen }) => isOpen).map(({ route }) => route)
    expect(open.toSorted()).toEqual([...publicRoutes].toSorted())
  })
})

describe('who may what', () => {
  it('is said for every route', () => {
    expect(Object.keys(matrix).toSorted()).toEqual(described.map(({ route }) => route).toSorted())
  })

  it.each(Object.keys(matrix).flatMap(route => askers.map(asker => ({ route, asker }))))(
    '$route by $asker',
    async ({ route, asker }) => {
      const wanted = matrix[route]?.[asker]
      const [method = '', path = ''] = route.split(' ')
      const cookie = await cookieFor(asker)
      const at = route.endsWith('/lock') && wanted === 200 ? await freeDraft() : ref
      const body = route in bodies ? JSON.stringify(bodies[route]) : undefined
      const answer = await ask(method, `${addressOf(path, at)}${queries[route] ?? ''}`, cookie, body)
      expect({ status: answer.status, text: answer.text }).toMatchObject({ status: wanted })
      expect(described.find(one => one.route === route)?.statuses).toContain(answer.status)
      if (answer.status < 400) return
      expect(answer.type).toBe('application/problem+json')
      const problem = JSON.parse(answer.text) as Problem
      expect(problem.status).toBe(wanted)
      if (asker === 'newcomer' && wanted === 403) expect(problem.code).toBe('password-change-needed')
      if (asker === 'nobody' && !route.includes('sign-in')) expect(problem.code).toBe('not-signed-in')
      if (wanted === 403 && asker !== 'newcomer')
        expect(problem).toMatchObject({ code: 'no-right', right: expect.any(String) })
    },
  )
})

describe('what the description says of each route', () => {
  it('holds every status that somebody gets', () => {
    const missing = described.flatMap(({ route, statuses }) => {
      const got = Object.values(matrix[route] ?? {})
      return [...new Set(got)].filter(status => !statuses.includes(status)).map(status => `${route}: ${status}`)
    })
    expect(missing).toEqual([])
  })

  it('holds 401 and 403 of what needs a session, but for what a one-time password opens', () => {
    const closed = described.filter(({ isOpen }) => !isOpen)
    expect(closed.filter(({ statuses }) => !statuses.includes(401))).toEqual([])
    const never403 = closed.filter(({ statuses }) => !statuses.includes(403)).map(({ route }) => route)
    expect(never403).toEqual(['GET /api/me'])
  })

  it('leaves no body open for members that nobody knows', async () => {
    const document = (await (await house.get('/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, Operation>>
    }
    const open = described.flatMap(({ route, method, path }) => {
      const body = document.paths[path]?.[method.toLowerCase()]?.requestBody
      return body === undefined || body.content['application/json']?.schema?.additionalProperties === false ? [] : route
    })
    expect(open).toEqual([])
  })

  it('has limits as whole numbers from 1 to 200', async () => {
    const document = (await (await house.get('/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, Operation>>
    }
    const { parameters = [] } = document.paths['/api/audit/events']?.['get'] ?? {}
    expect(parameters.find(({ name }) => name === 'limit')).toMatchObject({
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    })
  })
})

describe('a member that nobody knows', () => {
  it('is every body’s to refuse', () => {
    expect(Object.keys(bodies).toSorted()).toEqual(
      described.flatMap(({ route, hasBody }) => (hasBody ? route : [])).toSorted(),
    )
  })

  it.each(Object.keys(bodies))('is bad input to %s, and is named', async route => {
    const [method = '', path = ''] = route.split(' ')
    const before = house.emulator.calls()
    const free = await freeDraft()
    const body = { ...(bodies[route] as object), onBehalfof: 'run 4711', 'a b': null }
    const answer = await ask(method, addressOf(path, free), await cookieFor('admin'), JSON.stringify(body))
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toMatchObject({
      code: 'bad-request',
      errors: [
        { path: 'onBehalfof', message: 'There is no member of this name.' },
        { path: 'a b', message: 'There is no member of this name.' },
      ],
    })
    expect(took(house.emulator.calls())).toBe(took(before))
  })

  it('is told beside what else is wrong', async () => {
    const path = addressOf('/api/drafts/{workspace}/{namespace}/{draftId}/lock', ref)
    const body = JSON.stringify({ expectedHolder: null, reason: 7 })
    const answer = await ask('POST', path, await cookieFor('editor'), body)
    const { errors = [] } = JSON.parse(answer.text) as Problem
    expect(errors.map(error => error.path).toSorted()).toEqual(['expectedHolder', 'expectedHolderId', 'reason'])
  })
})

describe('a limit', () => {
  it.each(['0x10', '%2050', '1e2', '%2B5'])('of %s is bad input', async limit => {
    const answer = await ask('GET', `/api/audit/events?limit=${limit}`, await cookieFor('admin'))
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'bad-request', errors: [{ path: 'limit' }] })
  })
})

describe('asking for the head', () => {
  it.each(Object.keys(matrix).filter(route => route.startsWith('GET ')))(
    'needs the session that %s needs',
    async route => {
      const path = `${url}${addressOf(route.slice('GET '.length), ref)}`
      expect((await fetch(path, { method: 'HEAD' })).status).toBe(matrix[route]?.nobody)
    },
  )
})

/** How many locks were asked for, by whatever key. */
const took = (counts: ReturnType<typeof house.emulator.calls>) =>
  JSON.stringify(Object.values(counts).map(each => each.GetDeploymentDraftLock ?? 0))

describe('bad input, on every route, by everybody', () => {
  const texts = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '7',
    '{}',
    '{"__proto__":{"x":1}}',
    '{"expectedHolderId":7}',
    '{"person":null}',
  ]
  const nested = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
  const long = JSON.stringify({
    reason: 'x'.repeat(10_240),
    expectedHolderId: null,
    email: 'x'.repeat(10_240),
    password: 'x'.repeat(10_240),
    current: 'x'.repeat(10_240),
    person: 'x'.repeat(10_240),
  })
  const ids = ['nobody-knows-it', '..', '%2e%2e', 'a b', '支付🚀', "' or 1=1 --", '\u0000', 'x'.repeat(4_000)]

  /** What is wrong with an answer, if anything: none is a 5xx or shows what is inside, and every refusal is a problem that the description names. */
  function judge(
    { status, type, text }: Awaited<ReturnType<typeof ask>>,
    { statuses, route }: Described,
    what: string,
  ) {
    const problem =
      status < 400 ? null : (JSON.parse(type === 'application/problem+json' ? text : '{}') as Partial<Problem>)
    const isFine =
      status < 500 &&
      [...statuses, 404, 405].includes(status) &&
      !/\bat \w+ \(|node_modules|SQLITE|select |ECONN/i.test(text) &&
      (problem === null || (problem.status === status && typeof problem.code === 'string'))
    if (!isFine) offences.push(`${route}, ${what}: ${status} ${text.slice(0, 200)}`)
  }
  const offences: string[] = []

  it.each(['viewer', 'editor', 'admin', 'nobody'] as const)(
    'by %s is a 4xx problem, and takes nothing',
    async asker => {
      const free = await freeDraft()
      const before = house.emulator.calls()
      let asked = 0
      for (const one of described) {
        if (one.route === 'POST /api/auth/sign-in/email') continue // its limits have tests of their own
        const cookie = await cookieFor(asker)
        const path = addressOf(one.path, free)
        if (one.hasBody)
          for (const text of [...texts, nested, long]) {
            if (one.route.endsWith('/lock') && text === '{}') continue
            judge(await ask(one.method, path, cookie, text), one, text.slice(0, 40))
            asked++
          }
        if (one.hasBody) {
          const large = await ask(one.method, path, cookie, `"${'x'.repeat(70_000)}"`)
          judge(large, one, 'too large')
          if (asker !== 'nobody') expect(large.status).toBe(413)
        }
        for (const name of one.query)
          for (const value of ['', '-1', '1e9', '💥', "'", 'a'.repeat(5_000), '%00']) {
            judge(
              await ask(one.method, `${path}?${name}=${encodeURIComponent(value)}`, cookie),
              one,
              `${name}=${value.slice(0, 20)}`,
            )
            asked++
          }
        if (one.path.includes('{'))
          for (const id of ids)
            for (const at of [
              { ...ref, draftId: id },
              { ...ref, namespace: id },
              { ...ref, workspace: id },
            ]) {
              const body = one.route in bodies ? JSON.stringify(bodies[one.route]) : undefined
              judge(await ask(one.method, addressOf(one.path, at), cookie, body), one, id.slice(0, 20))
              asked++
            }
      }
      expect(took(house.emulator.calls())).toBe(took(before))
      expect(offences.splice(0)).toEqual([])
      expect(asked).toBeGreaterThan(100)
    },
    60_000,
  )

  it('of a write that another site or a form could send takes nothing', async () => {
    const cookie = await cookieFor('editor')
    const before = house.emulator.calls()
    const path = addressOf('/api/drafts/{workspace}/{namespace}/{draftId}/lock', await freeDraft())
    const body = JSON.stringify({ expectedHolderId: null })
    for (const [headers, status] of [
      [{ 'content-type': 'text/plain' }, 415],
      [{ 'content-type': 'text/plain;application/json' }, 415],
      [{ 'content-type': 'multipart/form-data; boundary=x' }, 415],
      [{ 'sec-fetch-site': 'same-site' }, 403],
      [{ 'sec-fetch-site': 'none' }, 403],
      [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:4180' }, 403],
    ] as const)
      expect({ headers, status: (await ask('POST', path, cookie, body, headers)).status }).toEqual({ headers, status })
    for (const origin of [null, 'null', 'https://evil.example', `http://localhost:1`]) {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...(origin !== null && { origin }) },
        body,
      })
      expect({ origin, status: answer.status }).toEqual({ origin, status: 403 })
    }
    expect(took(house.emulator.calls())).toBe(took(before))
    expect((await ask('GET', '/api/me', cookie)).status).toBe(200)
  })
})
