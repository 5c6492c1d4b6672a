import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Me } from '@lockdesk/contract'
import { type House, type HouseOptions, adminPassword, cookieOf, openHouse, own } from '../../fixtures/house.ts'

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

async function open(options: HouseOptions & { publicUrl?: string } = {}): Promise<House> {
  const { publicUrl, ...rest } = options
  const house = await openHouse({ ...rest, env: publicUrl ? { LOCKDESK_PUBLIC_URL: publicUrl } : {} })
  undo.push(house.close)
  return house
}

describe('signing in to the demo', () => {
  it('gives a session that says who one is', async () => {
    const house = await open()
    const answer = await house.post('/api/demo/sign-in', { person: 'bo' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toMatch(
      /^lockdesk=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const me = await house.get('/api/me', { cookie: cookieOf(answer) })
    expect(await me.json()).toMatchObject({
      person: { id: 'bo', name: 'Bo Chen', email: null },
      roles: [{ workspace: '*', namespace: '*', role: 'editor' }],
      mustChangePassword: false,
      mode: 'demo',
    })
  })

  it('tells as whom one’s locks will be taken, as soon as the cloud has told it', async () => {
    const house = await open()
    const cookie = await house.signIn('bo')
    const identity = async () => {
      const me = (await (await house.get('/api/me', { cookie })).json()) as Me
      return { ...me.identities[0], own: me.holderIds }
    }
    await expect.poll(async () => (await identity()).name).toBe('svc-lockdesk')
    const { holderIds, own: all, ...rest } = await identity()
    expect(rest).toMatchObject({ workspaceName: 'hz-realtime', mode: 'service' })
    expect(holderIds).not.toEqual([])
    expect(all).toEqual(holderIds)
  })

  it('offers the three people by name', async () => {
    const house = await open()
    const { people } = (await (await house.app.request('/api/demo/people')).json()) as { people: { name: string }[] }
    expect(people.map(person => person.name)).toEqual(['Ada Okoye', 'Bo Chen', 'Vi Tran'])
  })

  it('ends the session that the browser came with', async () => {
    const house = await open()
    const before = await house.signIn('vi')
    await house.post('/api/demo/sign-in', { person: 'bo' }, { cookie: before })
    expect((await house.get('/api/me', { cookie: before })).status).toBe(401)
  })

  it('does not exist in live mode', async () => {
    const house = await open({ mode: 'live' })
    expect((await house.post('/api/demo/sign-in', { person: 'ada' })).status).toBe(404)
    expect((await house.app.request('/api/demo/people')).status).toBe(404)
  })

  it('knows no account of the real cloud', async () => {
    const house = await open()
    const answer = await house.post('/api/auth/sign-in/email', { email: 'lin@example.com', password: adminPassword })
    expect(answer.status).toBe(401)
  })
})

describe('signing in by e-mail', () => {
  it('opens a session for the first admin, however the address is spelled', async () => {
    const house = await open({ mode: 'live' })
    const answer = await house.post('/api/auth/sign-in/email', { email: 'LIN@example.com', password: adminPassword })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ person: { email: 'lin@example.com' }, roles: [{ role: 'admin' }] })
  })

  it('says the same of an unknown address and of a wrong password', async () => {
    const house = await open({ mode: 'live' })
    const answers = await Promise.all(
      ['lin@example.com', 'nobody@example.com'].map(email =>
        house.post('/api/auth/sign-in/email', { email, password: 'wrong' }),
      ),
    )
    const [one, other] = await Promise.all(answers.map(answer => answer.text()))
    expect(answers.map(answer => answer.status)).toEqual([401, 401])
    expect(one).toBe(other)
    expect(JSON.parse(one ?? '')).toMatchObject({ code: 'wrong-credentials' })
  })

  it('is limited, and a made-up X-Forwarded-For lifts nothing', async () => {
    const house = await open({ mode: 'live' })
    const statuses: number[] = []
    let last: Response | undefined
    for (let n = 0; n < 30; n++) {
      const from = { 'x-forwarded-for': `198.51.100.${n}` }
      last = await house.post('/api/auth/sign-in/email', { email: 'lin@example.com', password: `guess ${n}` }, from)
      statuses.push(last.status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(20).fill(429)])
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await last?.json()).toMatchObject({ code: 'too-many', status: 429 })
  })

  it('of an address that ends TLS in front sets a secure cookie, and reads the same one', async () => {
    const house = await open({ mode: 'live', publicUrl: 'https://lockdesk.example' })
    const answer = await house.post('/api/auth/sign-in/email', { email: 'lin@example.com', password: adminPassword })
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-lockdesk=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect((await house.get('/api/me', { cookie: cookieOf(answer) })).status).toBe(200)
    const plain = cookieOf(answer).replace('__Host-', '')
    expect((await house.get('/api/me', { cookie: plain })).status).toBe(401)
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=')
  })
})

describe('changing the password', () => {
  const account = { email: 'lin@example.com', password: adminPassword }

  it('ends every session, and goes on in a new one', async () => {
    const house = await open({ mode: 'live' })
    const [one, other] = [
      cookieOf(await house.post('/api/auth/sign-in/email', account)),
      cookieOf(await house.post('/api/auth/sign-in/email', account)),
    ]
    const change = { current: account.password, password: 'another long password' }
    const answer = await house.post('/api/auth/change-password', change, { cookie: one })
    expect(answer.status).toBe(200)
    const me = (cookie: string) => house.get('/api/me', { cookie })
    expect((await me(one)).status).toBe(401)
    expect((await me(other)).status).toBe(401)
    expect((await me(cookieOf(answer))).status).toBe(200)
    expect((await house.post('/api/auth/sign-in/email', account)).status).toBe(401)
    const again = { ...account, password: change.password }
    expect((await house.post('/api/auth/sign-in/email', again)).status).toBe(200)
  })

  it('needs the one in force, and another than that', async () => {
    const house = await open({ mode: 'live' })
    const cookie = cookieOf(await house.post('/api/auth/sign-in/email', account))
    const change = (current: string, password: string) =>
      house.post('/api/auth/change-password', { current, password }, { cookie })
    expect((await change('not this one', 'another long password')).status).toBe(401)
    expect((await change(account.password, account.password)).status).toBe(400)
    expect((await change(account.password, 'short')).status).toBe(400)
    expect((await house.get('/api/me', { cookie })).status).toBe(200)
  })

  it('needs a session', async () => {
    const house = await open({ mode: 'live' })
    const answer = await house.post('/api/auth/change-password', { current: 'x', password: 'another long password' })
    expect(answer.status).toBe(401)
  })
})

describe('signing out', () => {
  it('ends the session and takes the cookie back', async () => {
    const house = await open()
    const cookie = await house.signIn('bo')
    const answer = await house.post('/api/auth/sign-out', {}, { cookie })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('set-cookie')).toMatch(/^lockdesk=; Max-Age=0; Path=\//)
    expect((await house.get('/api/me', { cookie })).status).toBe(401)
  })

  it('is no failure where nobody is signed in', async () => {
    expect((await (await open()).post('/api/auth/sign-out', {})).status).toBe(204)
  })

  it.each([
    ['text/plain', { 'content-type': 'text/plain' }, 415],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sister site', { 'sec-fetch-site': 'same-site' }, 403],
    ['no site', { 'sec-fetch-site': 'none' }, 403],
    ['another origin', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }, 403],
    ['origin null', { 'sec-fetch-site': undefined, origin: 'null' }, 403],
    ['nothing said', { 'sec-fetch-site': undefined }, 403],
  ])('from %s changes nothing', async (_, change, status) => {
    const house = await open()
    const cookie = await house.signIn('bo')
    const headers = new Headers({ cookie })
    for (const [name, value] of Object.entries({ ...own, ...change })) if (value !== undefined) headers.set(name, value)
    const answer = await house.app.request('/api/auth/sign-out', { method: 'POST', headers, body: '{}' })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect((await house.get('/api/me', { cookie })).status).toBe(200)
  })
})

describe('signing in from elsewhere', () => {
  it('is refused to another site', async () => {
    const house = await open()
    const answer = await house.post('/api/demo/sign-in', { person: 'bo' }, { 'sec-fetch-site': 'cross-site' })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'foreign-origin' })
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it('is open to a client that is no browser', async () => {
    const house = await open()
    const headers = { 'content-type': 'application/json' }
    const answer = await house.app.request('/api/demo/sign-in', { method: 'POST', headers, body: '{"person":"bo"}' })
    expect(answer.status).toBe(200)
  })
})

describe('what is not there', () => {
  it.each(['/api', '/api/', '/api/nothing', '/api/me/', '/api/auth', '/api/%00', '/api/..%2fme'])(
    '%s is 404 with a session and without',
    async path => {
      const house = await open()
      const cookie = await house.signIn('bo')
      for (const headers of [{}, { cookie }] as Record<string, string>[]) {
        const answer = await house.get(path, headers)
        expect(answer.status).toBe(404)
        expect(await answer.json()).toMatchObject({ code: 'not-found', status: 404 })
      }
    },
  )

  it.each([
    ['DELETE', '/api/me', 'GET, HEAD'],
    ['GET', '/api/auth/sign-out', 'POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['OPTIONS', '/api/demo/sign-in', 'POST'],
  ])('%s %s is 405 and says what there is', async (method, path, allow) => {
    const answer = await (await open()).app.request(path, { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe(allow)
    expect(await answer.json()).toMatchObject({ code: 'method-not-allowed' })
  })
})

describe('a body', () => {
  it.each([
    ['not JSON', '{', 400, 'bad-request'],
    ['empty', '', 400, 'bad-request'],
    ['of the wrong type', '{"person":7}', 400, 'bad-request'],
    ['of nobody', '{"person":"eve"}', 400, 'bad-request'],
    ['a list', '[]', 400, 'bad-request'],
    ['too large', JSON.stringify({ person: 'x'.repeat(70_000) }), 413, 'too-large'],
  ])('that is %s is a problem', async (_, body, status, code) => {
    const answer = await (await open()).app.request('/api/demo/sign-in', { method: 'POST', headers: own, body })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ status, code })
  })

  it('that is bad names each field', async () => {
    const answer = await (await open({ mode: 'live' })).post('/api/auth/sign-in/email', { email: '', password: 7 })
    const { errors } = (await answer.json()) as { errors: { path: string }[] }
    expect(errors.map(error => error.path)).toEqual(['email', 'password'])
  })
})

describe('every answer', () => {
  it.each(['/', '/api/me', '/api/nothing', '/healthz', '/assets/none.js'])('of %s carries the headers', async path => {
    const { headers } = await (await open()).app.request(path)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
    expect(headers.get('strict-transport-security')).toBeNull()
  })

  it('of the API is kept nowhere', async () => {
    const house = await open()
    expect((await house.app.request('/api/me')).headers.get('cache-control')).toBe('no-store')
    expect((await house.app.request('/api/demo/people')).headers.get('cache-control')).toBe('no-store')
  })

  it('is logged by its pattern: no cookie, query, body or address', async () => {
    const house = await open()
    const cookie = await house.signIn('bo')
    await house.get('/api/me?canary=c4nary', { cookie, 'x-canary': 'c4nary' })
    await house.app.request('/c4nary')
    await house.post('/api/demo/sign-in', { person: 'c4nary' })
    expect(house.logged.length).toBeGreaterThanOrEqual(4)
    expect(house.logged.join()).not.toContain('c4nary')
    expect(house.logged.join()).not.toContain(cookie.split('=')[1])
    expect(house.logged.join()).not.toContain('Bo Chen')
    expect(house.logged.map(line => JSON.parse(line).route)).toContain('/api/me')
  })
})

describe('the page', () => {
  let pageFolder: string
  beforeEach(async () => {
    pageFolder = await mkdtemp(join(tmpdir(), 'lockdesk page '))
    undo.push(() => rm(pageFolder, { recursive: true }))
    await mkdir(join(pageFolder, 'assets'))
    const script = 'console.log(1)'
    await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Lockdesk</title>')
    await writeFile(join(pageFolder, 'assets', 'index-1a2b3c4d.js'), script)
    await writeFile(join(pageFolder, 'assets', 'index-1a2b3c4d.js.br'), brotliCompressSync(script))
    await writeFile(join(pageFolder, 'assets', 'index-1a2b3c4d.js.gz'), gzipSync(script))
  })

  it.each(['/', '/audit', '/audit/', '/?open=a%2Fb%2Fc'])('is at %s, and asked for anew each time', async path => {
    const answer = await (await open({ pageFolder })).app.request(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(await answer.text()).toContain('<title>Lockdesk')
  })

  it.each(['/nothing', '//evil.example/x', '/drafts/a/b'])(
    'says at %s that there is nothing, with status 404',
    async path => {
      const answer = await (await open({ pageFolder })).app.request(`http://localhost:4180${path}`)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    },
  )

  it.each(['/assets/index-0ld0ld0l.js', '/assets/none', '/favicon.ico', '/evil.example', '/index.html.br'])(
    'is not handed out in the place of the file %s',
    async path => {
      const answer = await (await open({ pageFolder })).app.request(path)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    },
  )

  it('has files that are kept for good, packed as the browser likes', async () => {
    const house = await open({ pageFolder })
    const path = '/assets/index-1a2b3c4d.js'
    const ask = (encoding: string) => house.get(path, { 'accept-encoding': encoding })
    const packed = await ask('gzip, deflate, br')
    expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(packed.headers.get('content-encoding')).toBe('br')
    expect(packed.headers.get('vary')).toBe('accept-encoding')
    expect(packed.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(brotliDecompressSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe('console.log(1)')
    expect((await ask('gzip')).headers.get('content-encoding')).toBe('gzip')
    expect((await ask('br;q=0, identity')).headers.get('content-encoding')).toBeNull()
    expect(await (await ask('')).text()).toBe('console.log(1)')
  })

  it('is not sent again where the browser has it', async () => {
    const house = await open({ pageFolder })
    const etag = (await house.app.request('/')).headers.get('etag') ?? ''
    const again = await house.get('/', { 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  it.each([
    '/../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/assets/..%5c..%5cetc%5cpasswd',
    '/assets/%2e%2e/%2e%2e/x.ts',
  ])('leads nowhere else by %s', async path => {
    const answer = await (await open({ pageFolder })).app.request(path)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toMatch(/root:|"name"/)
  })

  it('can only be read', async () => {
    const answer = await (await open({ pageFolder })).app.request('/audit', { method: 'POST' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
  })
})

describe('operations', () => {
  it('hear that the process is alive and able to serve', async () => {
    const house = await open()
    expect((await house.app.request('/healthz')).status).toBe(200)
    expect((await house.app.request('/readyz')).status).toBe(200)
  })

  it('get counts that name nobody', async () => {
    const house = await open()
    await house.signIn('bo')
    const text = await (await house.app.request('/metrics')).text()
    expect(text).toContain(
      'lockdesk_http_request_seconds_count{method="POST",route="/api/demo/sign-in",status="200"} 1',
    )
    expect(text).not.toMatch(/Bo Chen|bo"/)
  })
})
