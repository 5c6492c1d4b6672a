import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningEmulator, demoKey, demoWorkspace, startEmulator } from '@lockdesk/flink-emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningProcess, freePort, run, start } from '../fixtures/process.ts'

const longEnough = 30_000
let cloud: RunningEmulator
let folder: string
let port: string
const running: RunningProcess[] = []

beforeEach(async () => {
  cloud = await startEmulator({ world: { drafts: 5, namespaces: 2, people: 2, seed: 3 } })
  folder = await mkdtemp(join(tmpdir(), 'lockdesk process '))
  port = await freePort()
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.end('SIGKILL')
  await cloud.close()
  await rm(folder, { recursive: true })
})

const demo = () => ['--demo-cloud', cloud.url, '--data-folder', folder]
const live = () => ({
  PORT: port,
  LOCKDESK_WORKSPACE: demoWorkspace,
  LOCKDESK_REGION: 'cn-hangzhou',
  LOCKDESK_NAMESPACES: '*',
  LOCKDESK_ENDPOINT: cloud.url,
  LOCKDESK_STS_ENDPOINT: cloud.url,
  LOCKDESK_ADMIN_EMAIL: 'lin@example.com',
  LOCKDESK_ADMIN_PASSWORD: 'a long password',
  ALIBABA_CLOUD_ACCESS_KEY_ID: demoKey.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: demoKey.accessKeySecret,
})

async function started(args: string[], env: Record<string, string>): Promise<RunningProcess> {
  const one = await start(args, env)
  running.push(one)
  return one
}

async function ended(one: RunningProcess, signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL') {
  running.splice(running.indexOf(one), 1)
  return one.end(signal)
}

async function call(method: string, path: string, body?: unknown, cookie = '') {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      cookie,
      ...(body !== undefined && { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return {
    status: answer.status,
    cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '',
    body: await answer.json().catch(() => null),
  }
}

describe('the process', { timeout: longEnough }, () => {
  it('says first which mode it is and why, then where to go and how to sign in', async () => {
    const { printed } = await started(demo(), { PORT: port })
    const [first] = printed().split('\n')
    expect(first).toMatch(/^Lockdesk runs as a demo, on an emulated cloud: none of LOCKDESK_WORKSPACE/)
    for (const words of [`http://localhost:${port}`, 'Ada Okoye (admin)', 'Bo Chen (editor)', 'Vi Tran (viewer)'])
      expect(printed()).toContain(words)
    const curls = printed().match(/curl .*/g) ?? []
    expect(curls).toHaveLength(3)
    expect(curls.every(curl => curl.includes(`${cloud.url}/_emulator/faults`))).toBe(true)
    const faults = curls.flatMap(curl => /-d '(.*)'/.exec(curl)?.[1] ?? [])
    for (const fault of faults) cloud.emulator.addFault(JSON.parse(fault))
    expect(cloud.emulator.listFaults()).toMatchObject([{ kind: 'latency' }, { kind: 'error' }])
  })

  it('ends in order when it is told to', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const one = await started(demo(), { PORT: port })
      expect(await readdir(folder)).toContain('control.json')
      expect(await ended(one, signal)).toBe(0)
      expect(await readdir(folder)).not.toContain('control.json')
    }
  })

  it('starts again after kill -9, and an operator is not misled by what was left', async () => {
    const one = await started(demo(), { PORT: port })
    await ended(one, 'SIGKILL')
    expect(await readdir(folder)).toContain('control.json')
    expect(await run(['verify', '--data-folder', folder], {})).toMatchObject({ code: 0, err: '' })
    await started(demo(), { PORT: port })
    expect((await call('GET', '/readyz')).status).toBe(200)
  })
})

describe('what cannot work', { timeout: longEnough }, () => {
  it('in the configuration is listed at once, without a stack', async () => {
    const { code, out, err } = await run(['--data-folder', folder], {
      ...live(),
      PORT: 'seventy',
      LOCKDESK_REGION: 'cn-nowhere',
      LOCKDESK_SWEPP_INTERVAL: '5',
    })
    expect(code).toBe(1)
    expect(out).toMatch(/^Lockdesk runs live/)
    for (const name of ['PORT', 'LOCKDESK_REGION', 'LOCKDESK_SWEPP_INTERVAL']) expect(err).toContain(name)
    expect(err).not.toMatch(/\n\s+at /)
    for (const secret of [demoKey.accessKeySecret, 'a long password']) expect(out + err).not.toContain(secret)
  })

  it('on a port that is in use is a sentence', async () => {
    const other = createServer().listen(Number(port), '127.0.0.1')
    await once(other, 'listening')
    const { code, err } = await run(demo(), { PORT: port })
    other.close()
    expect(code).toBe(1)
    expect(err).toBe(
      `PORT: ${port} on 127.0.0.1 is in use by another process. Stop that one, or choose another port, for example PORT=4190.\n`,
    )
    expect(await readdir(folder)).not.toContain('control.json')
  })

  it('with a store that cannot be written names the setting', async () => {
    const { code, err } = await run(demo(), { PORT: port, LOCKDESK_DATABASE_URL: 'sqlite:/proc/nope/x.sqlite' })
    expect(code).toBe(1)
    expect(err).toContain('LOCKDESK_DATABASE_URL')
    expect(err).toContain('/proc/nope')
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('with a store that another one owns leaves that one alone', async () => {
    await started(demo(), { PORT: port })
    const second = await run(demo(), { PORT: await freePort() })
    expect(second.code).toBe(1)
    expect(second.err).toContain('LOCKDESK_DATABASE_URL')
    expect(second.err).toContain('in use by another process')
    expect(second.err).not.toMatch(/\n\s+at /)
    expect((await call('GET', '/readyz')).status).toBe(200)
    const verified = await run(['verify', '--data-folder', folder], {})
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('every one fits') })
  })

  describe('live without a first admin', () => {
    const nobody = () => ({ ...live(), LOCKDESK_ADMIN_EMAIL: '', LOCKDESK_ADMIN_PASSWORD: '' })
    const faulty = () => ({ ...nobody(), PORT: 'seventy', LOCKDESK_POLICY: 'strict', LOCKDESK_SWEPP_INTERVAL: '5' })
    const otherFaults = ['PORT must', 'LOCKDESK_POLICY must', 'LOCKDESK_SWEPP_INTERVAL is not a setting']
    const missing = 'LOCKDESK_ADMIN_EMAIL, LOCKDESK_ADMIN_PASSWORD are missing: there is no account yet'

    it('says so, and leaves nothing behind', async () => {
      const { code, err } = await run(['--data-folder', join(folder, 'new')], nobody())
      expect(code).toBe(1)
      expect(err).toContain(missing)
      expect(err).not.toMatch(/\n\s+at /)
      expect(await readdir(folder)).toEqual([])
    })

    it('says so beside everything else that is wrong, and leaves nothing behind', async () => {
      const { code, err } = await run(['--data-folder', join(folder, 'new')], faulty())
      expect(code).toBe(1)
      expect(err).toContain('(4):')
      for (const fault of [...otherFaults, missing]) expect(err).toContain(fault)
      expect(err).not.toMatch(/\n\s+at /)
      expect(await readdir(folder)).toEqual([])
    })

    it('is no fault where there is an account', async () => {
      await run(
        ['person', 'add', 'wei@example.com', '--name', 'Wei', '--role', 'admin', '--data-folder', folder],
        live(),
      )
      const { code, err } = await run(['--data-folder', folder], faulty())
      expect(code).toBe(1)
      expect(err).toContain('(3):')
      for (const fault of otherFaults) expect(err).toContain(fault)
    })

    it.each([
      ['a text', (place: string) => writeFile(place, 'a text that is no database\n'.repeat(100))],
      ['a folder', (place: string) => mkdir(place)],
    ])('is not told of a store that is %s, nor does that hide what else is wrong', async (_, make) => {
      const place = join(folder, 'store')
      await make(place)
      const { code, err } = await run([], { ...faulty(), LOCKDESK_DATABASE_URL: `sqlite:${place}` })
      expect(code).toBe(1)
      expect(err).toContain('(3):')
      for (const fault of otherFaults) expect(err).toContain(fault)
    })

    it('is not told where the setting of the store is wrong itself', async () => {
      const { err } = await run([], { ...faulty(), LOCKDESK_DATABASE_URL: 'mysql://x' })
      expect(err).toContain('(4):')
      for (const fault of [...otherFaults, 'LOCKDESK_DATABASE_URL must be']) expect(err).toContain(fault)
    })

    it('is not told of a store that another one owns, which goes on', async () => {
      await started(['--data-folder', folder], live())
      const { err } = await run(['--data-folder', folder], faulty())
      expect(err).toContain('(3):')
      for (const fault of otherFaults) expect(err).toContain(fault)
      const alone = await run(['--data-folder', folder], nobody())
      expect(alone.err).toContain('in use by another process')
      expect((await call('GET', '/readyz')).status).toBe(200)
    })

    it('is told where half of one is named as just that', async () => {
      const { err } = await run(['--data-folder', folder], { ...faulty(), LOCKDESK_ADMIN_EMAIL: 'lin@example.com' })
      expect(err).toContain('(4):')
      expect(err).toContain('LOCKDESK_ADMIN_PASSWORD is missing')
    })
  })

  it('as a command says how it is written', async () => {
    const { code, err } = await run(['persn', 'add'], {})
    expect(code).toBe(1)
    expect(err).toMatch(/^Usage:/)
  })
})

describe('a second person', { timeout: longEnough }, () => {
  const words = ['person', 'add', 'wei@example.com', '--name', 'Wei Zhang', '--role', 'editor', '--data-folder']

  const passwordIn = (text: string) => /One-time password: (\S+)/.exec(text)?.[1] ?? ''

  it('added while Lockdesk runs must choose a password before anything else', async () => {
    await started(['--data-folder', folder], live())
    const added = await run([...words, folder], live())
    expect(added).toMatchObject({ code: 0, err: '' })
    const given = passwordIn(added.out)

    const signedIn = await call('POST', '/api/auth/sign-in/email', { email: 'wei@example.com', password: given })
    expect(signedIn.status).toBe(200)
    expect(signedIn.body).toMatchObject({ person: { name: 'Wei Zhang' }, mustChangePassword: true })
    const { cookie } = signedIn
    expect((await call('GET', '/api/me', undefined, cookie)).body).toMatchObject({ mustChangePassword: true })
    for (const path of ['/api/board', '/api/live', '/api/audit/events', '/api/drafts/a/b/c'])
      expect(await call('GET', path, undefined, cookie)).toMatchObject({
        status: 403,
        body: { code: 'password-change-needed' },
      })
    expect(await call('POST', '/api/drafts/a/b/c/lock', { expectedHolderId: null }, cookie)).toMatchObject({
      status: 403,
      body: { code: 'password-change-needed' },
    })

    const change = { current: given, password: 'one that Wei has chosen' }
    const changed = await call('POST', '/api/auth/change-password', change, cookie)
    expect(changed).toMatchObject({ status: 200, body: { mustChangePassword: false } })
    expect((await call('GET', '/api/me', undefined, cookie)).status).toBe(401)
    expect((await call('GET', '/api/board', undefined, changed.cookie)).status).toBe(200)
    expect((await call('POST', '/api/auth/sign-in/email', { email: 'wei@example.com', password: given })).status).toBe(
      401,
    )
  })

  it('added while it does not run can sign in when it does', async () => {
    const added = await run([...words, folder], live())
    expect(added.code).toBe(0)
    await started(['--data-folder', folder], { ...live(), LOCKDESK_ADMIN_EMAIL: '', LOCKDESK_ADMIN_PASSWORD: '' })
    const password = passwordIn(added.out)
    expect((await call('POST', '/api/auth/sign-in/email', { email: 'WEI@example.com', password })).status).toBe(200)
    expect((await call('POST', '/api/demo/sign-in', { person: 'ada' })).status).toBe(404)
    const listed = await run(['person', 'list', '--data-folder', folder], live())
    expect(listed.out).toContain('wei@example.com  Wei Zhang  editor of */*')
  })
})
