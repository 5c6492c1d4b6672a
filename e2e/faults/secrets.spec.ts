import type { Board, TakeOutcome } from '@lockdesk/contract'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator } from '@lockdesk/flink-emulator'
import { Api, pathOf } from '../fixtures/api.ts'
import { newDraft } from '../fixtures/drafts.ts'
import { webDist } from '../fixtures/places.ts'
import { startServer } from '../fixtures/server.ts'
import { tapWire } from '../fixtures/wiretap.ts'
import { demoEnvironment, demoWorkspace, expect, test } from '../fixtures/world.ts'

const canaries = {
  keyId: 'LTAI5tCanaryKeyOnly',
  keySecret: 'canary-secret-Zq7xW2',
  token: 'canary-token-Pk93hs',
  password: 'canary-password-Lw81nd',
  sql: 'canary_sql_Vb5tQm',
}
const identity = { type: 'RAMUser', accountId: '1', userId: '161803398874989484', userName: 'svc-canary' } as const

test('a key, a secret, a token, a password and SQL text are nowhere but where they must be', async () => {
  const {
    url: cloud,
    emulator,
    close,
  } = await startEmulator({
    keys: [
      { accessKeyId: canaries.keyId, accessKeySecret: canaries.keySecret, securityToken: canaries.token, identity },
    ],
  })
  const sql = `create table sink with ('password' = '${canaries.sql}')`
  const draft = await newDraft(emulator, { name: 'canary-draft' })
  const inWorld = emulator.world.drafts.get(draft.draftId)
  if (inWorld) inWorld.artifact = { kind: 'SQLSCRIPT', sqlArtifact: { sqlScript: sql, additionalDependencies: [] } }
  const wire = await tapWire(cloud)

  const server = await startServer({
    env: {
      ...demoEnvironment,
      LOCKDESK_WORKSPACE: demoWorkspace,
      LOCKDESK_REGION: 'cn-hangzhou',
      LOCKDESK_NAMESPACES: '*',
      LOCKDESK_ENDPOINT: wire.url,
      LOCKDESK_STS_ENDPOINT: wire.url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: canaries.keyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: canaries.keySecret,
      ALIBABA_CLOUD_SECURITY_TOKEN: canaries.token,
      LOCKDESK_ADMIN_EMAIL: 'ada@lockdesk.example',
      LOCKDESK_ADMIN_PASSWORD: canaries.password,
    },
  })
  const answers: string[] = []
  const ada = new Api(server.url)
  const send = async <Body = unknown>(method: string, path: string, body?: unknown) => {
    const answer = await ada.send<Body>(method, path, body)
    answers.push(JSON.stringify(answer.headers), answer.text)
    return answer
  }
  const ref = { workspace: draft.workspace, namespace: draft.namespace, draftId: draft.draftId }
  expect(
    (await send('POST', '/api/auth/sign-in/email', { email: 'ada@lockdesk.example', password: canaries.password }))
      .status,
  ).toBe(200)
  await expect.poll(async () => (await send('GET', '/api/board')).text).toContain('canary-draft')
  const { paths } = (await send<{ paths: Record<string, { get?: object }> }>('GET', '/api/openapi.json')).body
  for (const [path, { get }] of Object.entries(paths))
    if (get && !path.includes('/live'))
      await send('GET', path.replace('{workspace}/{namespace}/{draftId}', pathOf(ref).slice('/api/drafts/'.length)))
  expect((await send<TakeOutcome>('POST', `${pathOf(ref)}/lock`, { expectedHolderId: null })).body.outcome).toBe(
    'taken',
  )
  await send('GET', pathOf(ref))
  await send('GET', '/api/audit/events')
  for (const kind of ['error', 'html', 'truncated', 'throttle'] as const) {
    emulator.addFault({ kind, message: `${canaries.keySecret} ${sql}` })
    await send('POST', `${pathOf(ref)}/lock`, { expectedHolderId: 'somebody' })
    await expect
      .poll(async () => JSON.stringify((await send<Board>('GET', '/api/board')).body.namespaces))
      .toContain('"error"')
    emulator.clearFaults()
  }

  // Each canary was really in use: signed with, and sent by the cloud.
  expect(emulator.calls()[canaries.keyId]).toMatchObject({ GetDeploymentDraftLock: 1, GetCallerIdentity: 1 })
  expect(emulator.calls()[canaries.keyId]?.['ListDeploymentDrafts']).toBeGreaterThan(1)
  expect(wire.sent()).toContain(`Credential=${canaries.keyId},`)
  expect(wire.sent()).toContain(canaries.token)
  expect(wire.received()).toContain(canaries.sql)
  expect(wire.received()).toContain(canaries.keySecret) // in the faults' messages, as a careless gateway would

  await send('POST', '/api/auth/sign-out', {})
  await server.stop()
  ada.close()
  await wire.close()
  await close()
  const places = { ...(await bundle()), 'every answer': answers.join('\n'), 'what was printed': server.printed() }
  const hits = Object.entries(places).flatMap(([place, text]) =>
    Object.entries(canaries)
      .filter(([, canary]) => text.includes(canary))
      .map(([name]) => `${name} in ${place}`),
  )
  expect(hits).toEqual([])
  expect(answers.length).toBeGreaterThan(20)
  expect(Object.keys(places).length).toBeGreaterThan(4)
})

async function bundle(): Promise<Record<string, string>> {
  const files = await readdir(webDist, { recursive: true, withFileTypes: true })
  const named = files.filter(file => file.isFile() && /\.(js|css|html|json|svg|map)$/.test(file.name))
  return Object.fromEntries(
    await Promise.all(
      named.map(async file => [file.name, await readFile(join(file.parentPath, file.name), 'utf8')] as const),
    ),
  )
}
