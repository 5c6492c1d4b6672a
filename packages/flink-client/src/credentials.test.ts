import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { CredentialFault, credentialSource } from './index.ts'

/** A home of its own, with none of the environment that the official chain would find. */
async function emptyHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'lockdesk-home-'))
  onTestFinished(() => rm(home, { recursive: true }))
  vi.stubEnv('HOME', home)
  return home
}

async function writeCliProfile(home: string, profiles: unknown): Promise<void> {
  await mkdir(join(home, '.aliyun'), { recursive: true })
  await writeFile(join(home, '.aliyun', 'config.json'), JSON.stringify({ current: 'default', profiles }))
}

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('ALIBABA_CLOUD_')) vi.stubEnv(name, undefined)
  vi.stubEnv('ALIBABA_CLOUD_ECS_METADATA_DISABLED', 'true')
  onTestFinished(() => void vi.unstubAllEnvs())
})

describe('default', () => {
  it('is the official chain: the environment first, with its token', async () => {
    await emptyHome()
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAI1')
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 's1\n')
    const source = credentialSource('default')
    expect(await source()).toEqual({ accessKeyId: 'LTAI1', accessKeySecret: 's1' })
    vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', 'T1')
    expect(await source()).toEqual({ accessKeyId: 'LTAI1', accessKeySecret: 's1', securityToken: 'T1' })
  })

  it('goes on to the profile of the command line', async () => {
    const home = await emptyHome()
    await writeCliProfile(home, [{ name: 'default', mode: 'AK', access_key_id: 'LTAI2', access_key_secret: 's2' }])
    expect(await credentialSource('default')()).toEqual({ accessKeyId: 'LTAI2', accessKeySecret: 's2' })
  })

  it('says that there is none without quoting the files it read, and finds one that appears later', async () => {
    const home = await emptyHome()
    await mkdir(join(home, '.aliyun'))
    await writeFile(join(home, '.aliyun', 'config.json'), '{"profiles": [ "canary-secret"')
    const source = credentialSource('default')
    const fault: unknown = await source().catch((thrown: unknown) => thrown)
    expect(fault).toBeInstanceOf(CredentialFault)
    expect(`${String(fault)}${(fault as Error).stack}${String((fault as Error).cause)}`).not.toContain('canary')
    await writeCliProfile(home, [{ name: 'default', mode: 'AK', access_key_id: 'LTAI3', access_key_secret: 's3' }])
    expect(await source()).toMatchObject({ accessKeyId: 'LTAI3' })
  })
})

describe('profile:NAME', () => {
  it('is that profile of the command line, or else of the shared file', async () => {
    const home = await emptyHome()
    await writeCliProfile(home, [
      { name: 'ops', mode: 'StsToken', access_key_id: 'a', access_key_secret: 'b', sts_token: 'c' },
    ])
    await mkdir(join(home, '.alibabacloud'))
    await writeFile(
      join(home, '.alibabacloud', 'credentials'),
      '[desk]\ntype = access_key\naccess_key_id = d\naccess_key_secret = e\n',
    )
    expect(await credentialSource('profile:ops')()).toEqual({
      accessKeyId: 'a',
      accessKeySecret: 'b',
      securityToken: 'c',
    })
    expect(await credentialSource('profile:desk')()).toEqual({ accessKeyId: 'd', accessKeySecret: 'e' })
    await expect(credentialSource('profile:nobody')()).rejects.toThrow('profile "nobody"')
  })
})

describe('env:PREFIX', () => {
  it('is read at each call', async () => {
    const env: Record<string, string> = { DESK_ACCESS_KEY_ID: ' id ', DESK_ACCESS_KEY_SECRET: 'one' }
    const source = credentialSource('env:DESK', env)
    expect(await source()).toEqual({ accessKeyId: 'id', accessKeySecret: 'one' })
    env['DESK_ACCESS_KEY_SECRET'] = 'two'
    env['DESK_SECURITY_TOKEN'] = 'token'
    expect(await source()).toEqual({ accessKeyId: 'id', accessKeySecret: 'two', securityToken: 'token' })
  })

  it.each([
    ['nothing', {}],
    ['no secret', { DESK_ACCESS_KEY_ID: 'id' }],
    ['an empty secret', { DESK_ACCESS_KEY_ID: 'id', DESK_ACCESS_KEY_SECRET: ' ' }],
    ['a line end inside', { DESK_ACCESS_KEY_ID: 'id', DESK_ACCESS_KEY_SECRET: 'canary\r\nx: y' }],
  ])('is a fault that names the variables and no value, with %s', async (_, env) => {
    const fault: unknown = await credentialSource('env:DESK', env)().catch((thrown: unknown) => thrown)
    expect(fault).toBeInstanceOf(CredentialFault)
    expect(String(fault)).toContain('DESK_ACCESS_KEY_SECRET')
    expect(String(fault)).not.toContain('canary')
  })
})

it.each(['', 'Default', 'profile:', 'env:', 'env:A B', 'static:x'])('refuses the spelling %j', spec => {
  expect(() => credentialSource(spec)).toThrow(CredentialFault)
})
