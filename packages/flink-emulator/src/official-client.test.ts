import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { officialClient, type OfficialError } from '../test/official-client.ts'
import { demoWorkspace } from './build-world.ts'
import { demoKey, otherKey, roleKey } from './identities.ts'
import { startEmulator, type RunningEmulator } from './start-emulator.ts'

const odd = ['a b', 'a~b', 'a*b', 'a+b', '50%off', '支付🚀', '(ok)!']
const home = (namespace: string) => `/api/v2/namespaces/${encodeURIComponent(namespace)}/deployment-drafts`
const headers = { workspace: demoWorkspace }

describe('the official generic client, unchanged', () => {
  let running: RunningEmulator
  let call: ReturnType<typeof officialClient>
  beforeAll(async () => {
    running = await startEmulator({ world: { drafts: 120 } })
    call = officialClient(running.url)
  })
  afterAll(() => running.close())

  it('asks who it is, with a plain key and with a session of a role', async () => {
    const question = { action: 'GetCallerIdentity', version: '2015-04-01', method: 'POST', style: 'RPC' as const }
    expect((await call(question)).body).toMatchObject({
      IdentityType: 'RAMUser',
      UserId: '271828182845904523',
      Arn: 'acs:ram::1399710082556107:user/svc-lockdesk',
    })
    const session = await officialClient(running.url, roleKey)(question)
    expect(session.body).toMatchObject({ IdentityType: 'AssumedRoleUser', PrincipalId: '344584339364951186:lockdesk' })
    expect(session.body).not.toHaveProperty('UserId')
  })

  it('lists page by page and reads one draft', async () => {
    const all = running.emulator.truth().filter(draft => draft.namespace === 'trade-prod')
    const seen: unknown[] = []
    for (const pageIndex of ['1', '2', '3', '4', '5']) {
      const query = { pageIndex, pageSize: '17' }
      const { body } = await call({ action: 'ListDeploymentDrafts', pathname: home('trade-prod'), query, headers })
      expect(body).toMatchObject({ success: true, totalSize: all.length, pageSize: 17, pageIndex: Number(pageIndex) })
      seen.push(...(body['data'] as { deploymentDraftId: string }[]).map(draft => draft.deploymentDraftId))
    }
    expect(seen).toEqual(all.map(draft => draft.draftId))
    const pathname = `${home('trade-prod')}/${all[0]?.draftId}`
    const { body } = await call({ action: 'GetDeploymentDraft', pathname, headers })
    expect(body['data']).toMatchObject({ name: all[0]?.name, workspace: demoWorkspace, artifact: {} })
  })

  it('creates, takes, updates and deletes a draft', async () => {
    const artifact = { kind: 'SQLSCRIPT', sqlArtifact: { sqlScript: 'SELECT 1 -- 支付' } }
    const created = await call({
      action: 'CreateDeploymentDraft',
      method: 'POST',
      pathname: home('risk-dev'),
      headers,
      body: { name: '支付对账·𠮷🚀', engineVersion: 'vvr-8.0.11-flink-1.17', executionMode: 'STREAMING', artifact },
    })
    const { deploymentDraftId } = created.body['data'] as { deploymentDraftId: string }
    const lock = await call({
      action: 'GetDeploymentDraftLock',
      method: 'POST',
      pathname: `${home('risk-dev')}/getLock`,
      query: { deploymentDraftId },
      headers,
    })
    expect(lock.body['data']).toEqual({
      id: expect.stringMatching(/^stt-/),
      workspace: demoWorkspace,
      namespace: 'risk-dev',
      holderId: '271828182845904523',
      holderName: 'svc-lockdesk',
    })
    const one = { pathname: `${home('risk-dev')}/${deploymentDraftId}`, headers }
    const change = { labels: { team: '数仓' } }
    const updated = await call({ ...one, action: 'UpdateDeploymentDraft', method: 'PATCH', body: change })
    expect(updated.body['data']).toMatchObject({ name: '支付对账·𠮷🚀', labels: { team: '数仓' }, artifact })
    const deleted = await call({ ...one, action: 'DeleteDeploymentDraft', method: 'DELETE' })
    expect(deleted.body).toMatchObject({ success: true })
    expect(deleted.body).not.toHaveProperty('data')
    const gone = await call({ ...one, action: 'GetDeploymentDraft' })
    expect(gone.body).toMatchObject({ success: false, errorCode: '990103' })
  })

  it('reads folders and the namespaces it may edit', async () => {
    const pathname = '/api/v2/namespaces/trade-prod/folder'
    const root = await call({ action: 'GetFolder', pathname, headers })
    const { subFolder } = root.body['data'] as { subFolder: { folderId: string; name: string }[] }
    expect(subFolder.map(folder => folder.name)).toEqual(['ods', 'dim', 'dwd', 'dws', 'ads', '订单', '支付', '风控'])
    const query = { folderId: subFolder[2]?.folderId ?? '' }
    const dwd = await call({ action: 'GetFolder', pathname, query, headers })
    expect(dwd.body['data']).toMatchObject({ name: 'dwd', subFolder: [{ name: 'trade' }, {}, {}, {}] })

    const editable = await call({
      action: 'ListEditableNamespace',
      pathname: '/gateway/v2/namespaces/editable',
      query: { regionId: 'cn-hangzhou', workspaceId: demoWorkspace, pageIndex: '1', pageSize: '2' },
    })
    expect(editable.body).toMatchObject({
      success: true,
      message: '',
      data: {
        editableNamespaces: [
          { workspaceId: demoWorkspace, namespace: 'trade-prod', role: 'EDITOR' },
          { namespace: 'risk-dev' },
        ],
        pageIndex: '1',
        pageSize: '2',
        total: '3',
      },
    })
    expect(editable.body).not.toHaveProperty('errorCode')
  })

  it.each(odd)('lists and takes in a namespace called %s', async namespace => {
    const { draftId } = running.emulator.createDraft({ workspace: demoWorkspace, namespace, name: 'odd one' })
    const list = await call({ action: 'ListDeploymentDrafts', pathname: home(namespace), headers })
    expect(list.body['data']).toMatchObject([{ deploymentDraftId: draftId, namespace }])
    const lock = await call({
      action: 'GetDeploymentDraftLock',
      method: 'POST',
      pathname: `${home(namespace)}/getLock`,
      query: { deploymentDraftId: draftId },
      headers,
    })
    expect(lock.body).toMatchObject({ success: true, data: { namespace } })
  })

  it.each(['a b', 'a+b', "!'()*~", '&=?#%', '支付🚀'])('signs a query value %s', async value => {
    const query = { regionId: 'cn-hangzhou', namespace: value }
    const pathname = '/gateway/v2/namespaces/editable'
    const { body } = await call({ action: 'ListEditableNamespace', pathname, query })
    expect(body['success']).toBe(true)
  })

  it('is told gateway errors in words it understands', async () => {
    const stranger = officialClient(running.url, { ...demoKey, accessKeyId: 'LTAI5tNobody' })
    const wrong = officialClient(running.url, { ...demoKey, accessKeySecret: 'guess' })
    const question = { action: 'ListDeploymentDrafts', pathname: home('risk-dev'), headers }
    await expect(stranger(question)).rejects.toMatchObject({ code: 'InvalidAccessKeyId.NotFound', statusCode: 404 })
    const error = (await wrong(question).catch((reason: unknown) => reason)) as OfficialError
    expect(error.code).toBe('SignatureDoesNotMatch')
    expect(error.message).toMatch(/Server string to sign is:ACS3-HMAC-SHA256\n[0-9a-f]{64} request id/)

    running.emulator.addFault({ kind: 'throttle', times: 1, ms: 1234 })
    const throttled = (await call(question).catch((reason: unknown) => reason)) as OfficialError
    expect(throttled).toMatchObject({ code: 'Throttling.User', retryAfter: 1234 })
    running.emulator.addFault({ kind: 'deny', times: 1, layer: 'ram' })
    const denied = (await call(question).catch((reason: unknown) => reason)) as OfficialError
    expect(denied).toMatchObject({
      code: 'Forbidden.RAM',
      accessDeniedDetail: { AuthAction: 'stream:ListDeploymentDrafts', AuthPrincipalDisplayName: '271828182845904523' },
    })
  })

  it('competes with another key for one draft', async () => {
    const { draftId } = running.emulator.createDraft({
      workspace: demoWorkspace,
      namespace: 'risk-dev',
      name: 'two want it',
    })
    const take = {
      action: 'GetDeploymentDraftLock',
      method: 'POST',
      pathname: `${home('risk-dev')}/getLock`,
      query: { deploymentDraftId: draftId },
      headers,
    }
    await call(take)
    const second = await officialClient(running.url, otherKey)(take)
    expect(second.body['data']).toMatchObject({ holderId: '314159265358979323', holderName: 'svc-other-desk' })
    expect(running.emulator.calls()[otherKey.accessKeyId]).toEqual({ GetDeploymentDraftLock: 1 })
  })
})
