import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, call, send, sign, type Unsigned } from '../test/signed-request.ts'
import { demoWorkspace } from './build-world.ts'
import { invented } from './envelope.ts'
import { demoKey } from './identities.ts'
import { startEmulator, type RunningEmulator } from './start-emulator.ts'

describe('the operations at their edges', () => {
  let running: RunningEmulator
  const namespace = 'scratch'
  let draftId: string
  beforeEach(async () => {
    const account = { type: 'Account' as const, accountId: '1399710082556107', name: 'root@company' }
    const keys = [{ accessKeyId: 'LTAI5tRoot', accessKeySecret: 'root-secret', identity: account }]
    running = await startEmulator({ world: { drafts: 0, namespaces: 1 }, keys })
    draftId = running.emulator.createDraft({ workspace: demoWorkspace, namespace, name: 'one', folder: 'dwd' }).draftId
  })
  afterEach(() => running.close())
  const json = async (question: Unsigned) => (await call(running.url, question)).json()

  it('needs the workspace header, and the draft of a getLock', async () => {
    expect(await json({ ...ask.list(namespace), workspace: null })).toMatchObject({
      Code: 'MissingParameter',
      Message: expect.stringContaining('workspace'),
    })
    const take = { ...ask.take(namespace, draftId), query: {} }
    expect(await json(take)).toMatchObject({
      Code: 'MissingParameter',
      Message: expect.stringContaining('deploymentDraftId'),
    })
    const editable = { pathname: '/gateway/v2/namespaces/editable', action: 'ListEditableNamespace', workspace: null }
    expect(await json(editable)).toMatchObject({
      Code: 'MissingParameter',
      Message: expect.stringContaining('regionId'),
    })
  })

  it('says in the envelope what does not exist, with HTTP 200', async () => {
    const cases: [Unsigned, string][] = [
      [{ ...ask.list(namespace), workspace: 'f9bbbc0f55ed4d' }, invented.unknownWorkspace.errorCode],
      [ask.list('nowhere'), invented.unknownNamespace.errorCode],
      [ask.read(namespace, 'nothing'), invented.unknownDraft.errorCode],
      [ask.take(namespace, 'nothing'), invented.unknownDraft.errorCode],
      [ask.read('trade-prod', draftId), invented.unknownDraft.errorCode],
      [ask.folder(namespace, { folderId: 'nothing' }), invented.unknownFolder.errorCode],
    ]
    for (const [question, errorCode] of cases) {
      const answer = await call(running.url, question)
      expect(answer.status).toBe(200)
      expect(answer.json()).toMatchObject({ success: false, errorCode, requestId: expect.any(String) })
      expect(answer.json()).not.toHaveProperty('data')
    }
  })

  it('pages by 10, at most 100, refuses other sizes, and is empty beyond the end', async () => {
    for (let index = 0; index < 24; index += 1) {
      running.emulator.createDraft({ workspace: demoWorkspace, namespace, name: `draft ${index}` })
    }
    const list = (query: Record<string, string>) => json(ask.list(namespace, query))
    const first = await list({})
    expect(first).toMatchObject({ pageIndex: 1, pageSize: 10, totalSize: 25 })
    expect(first['data']).toHaveLength(10)
    expect((await list({ pageSize: '100' }))['data']).toHaveLength(25)
    expect((await list({ pageIndex: '3' }))['data']).toHaveLength(5)
    expect(await list({ pageIndex: '9' })).toMatchObject({ success: true, data: [], totalSize: 25, pageIndex: 9 })
    for (const query of [
      { pageSize: '101' },
      { pageSize: '0' },
      { pageIndex: '0' },
      { pageIndex: '-1' },
      { pageIndex: 'x' },
    ]) {
      expect(await list(query)).toMatchObject({ Code: 'InvalidParameter' })
    }
  })

  it('shows a draft that slipped when one goes and one comes between two pages', async () => {
    for (let index = 0; index < 19; index += 1) {
      running.emulator.createDraft({ workspace: demoWorkspace, namespace, name: `draft ${index}` })
    }
    const ids = async (pageIndex: string) =>
      ((await json(ask.list(namespace, { pageIndex })))['data'] as { deploymentDraftId: string }[]).map(
        draft => draft.deploymentDraftId,
      )
    const before = [...(await ids('1')), ...(await ids('2'))]
    running.emulator.deleteDraft(before[0] ?? '')
    const { draftId: added } = running.emulator.createDraft({ workspace: demoWorkspace, namespace, name: 'new' })
    expect(await ids('2')).toEqual([...before.slice(11), added])
  })

  it('refuses names that are taken, kinds that change, folders that are missing and content that is none', async () => {
    const artifact = { kind: 'SQLSCRIPT' }
    const cases: [Unsigned, string][] = [
      [ask.create(namespace, { name: 'one', artifact }), invented.nameTaken.errorCode],
      [ask.create(namespace, { name: '  ', artifact }), invented.badContent.errorCode],
      [ask.create(namespace, { name: 'two' }), invented.badContent.errorCode],
      [ask.create(namespace, { name: 'two', artifact, parentId: 'nothing' }), invented.unknownFolder.errorCode],
      [ask.update(namespace, draftId, { artifact: { kind: 'JAR' } }), invented.kindFixed.errorCode],
      [ask.update(namespace, draftId, { labels: 'x' }), invented.badContent.errorCode],
    ]
    for (const [question, errorCode] of cases) expect(await json(question)).toMatchObject({ success: false, errorCode })
    expect(await json({ ...ask.create(namespace, {}), body: '{"name":' })).toMatchObject({ Code: 'InvalidParameter' })
    expect(await json({ ...ask.create(namespace, {}), body: '' })).toMatchObject({ Code: 'MissingParameter' })
    expect(running.emulator.truth()).toHaveLength(1)
  })

  it('updates only what is named, and says by whom', async () => {
    const before = (await json(ask.read(namespace, draftId)))['data'] as Record<string, unknown>
    const answer = await json(
      ask.update(namespace, draftId, { name: 'renamed', labels: { a: 'b' }, engineVersion: 'vvr-11' }),
    )
    expect(answer['data']).toEqual({
      ...before,
      name: 'renamed',
      labels: { a: 'b' },
      engineVersion: 'vvr-11',
      modifier: '271828182845904523',
      modifierName: 'svc-lockdesk@streamcompute.onaliyun.com',
      modifiedAt: expect.any(Number),
      artifact: expect.any(Object),
    })
    expect(await json(ask.create(namespace, { name: 'one', artifact: { kind: 'CDCYAML' } }))).toMatchObject({
      success: true,
    })
    const artifact = { kind: 'SQLSCRIPT', sqlArtifact: { sqlScript: 'canary' } }
    expect(await json(ask.update(namespace, draftId, { artifact }))).toMatchObject({ data: { artifact } })
  })

  it('keeps a draft from which a deployment came', async () => {
    await json(ask.update(namespace, draftId, { referencedDeploymentId: 'd-1' }))
    expect(await json(ask.delete(namespace, draftId))).toMatchObject({ success: false, errorCode: '990204' })
  })

  it('creates, renames and deletes folders', async () => {
    const at = (folderId?: string) =>
      `/api/v2/namespaces/${namespace}/folder${folderId === undefined ? '' : `/${folderId}`}`
    const create = (body: object): Unsigned => ({
      method: 'POST',
      pathname: at(),
      action: 'CreateFolder',
      body: JSON.stringify(body),
    })
    const made = (await json(create({ name: '支付' })))['data'] as { folderId: string; parentId: string }
    expect(made).toMatchObject({ name: '支付', subFolder: [], workspace: demoWorkspace })
    expect(await json(create({ name: '支付' }))).toMatchObject({ errorCode: '990201' })
    expect(await json(create({}))).toMatchObject({ errorCode: '990001' })
    const below = (await json(create({ name: 'below', parentId: made.folderId })))['data'] as { folderId: string }
    const rename = { method: 'PATCH', pathname: at(below.folderId), action: 'UpdateFolder', body: '{"name":"under"}' }
    expect(await json(rename)).toMatchObject({ data: { name: 'under', parentId: made.folderId } })
    const remove = (folderId: string) => json({ method: 'DELETE', pathname: at(folderId), action: 'DeleteFolder' })
    expect(await remove(made.folderId)).toMatchObject({ errorCode: '990205' })
    expect(await remove(made.parentId)).toMatchObject({ success: false })
    expect(await remove(below.folderId)).toMatchObject({ success: true })
    expect(await remove(made.folderId)).toMatchObject({ success: true })
    const root = (await json(ask.folder(namespace)))['data'] as { subFolder: { folderId: string }[] }
    expect(await remove(root.subFolder[0]?.folderId ?? '')).toMatchObject({ errorCode: '990205' })
  })

  it('speaks for the account itself, too', async () => {
    const account = { type: 'Account' as const, accountId: '1399710082556107', name: 'root@company' }
    const key = { accessKeyId: 'LTAI5tRoot', accessKeySecret: 'root-secret', identity: account }
    expect(await json(ask.identity(key))).toEqual({
      IdentityType: 'Account',
      AccountId: '1399710082556107',
      PrincipalId: '1399710082556107',
      UserId: '1399710082556107',
      Arn: 'acs:ram::1399710082556107:root',
      RequestId: expect.any(String),
    })
    expect(await json(ask.take(namespace, draftId, key))).toMatchObject({ data: { holderName: 'root@company' } })
  })

  it.each<[string, Unsigned, string]>([
    [
      'a path that is none',
      { pathname: '/api/v2/elsewhere', action: 'ListDeploymentDrafts' },
      'InvalidAction.NotFound',
    ],
    ['an action of another path', { ...ask.list('scratch'), action: 'GetDeploymentDraft' }, 'InvalidAction.NotFound'],
    ['a version that is none', { ...ask.list('scratch'), version: '2020-05-01' }, 'InvalidVersion.NotFound'],
    ['a verb of no operation', { ...ask.list('scratch'), method: 'PUT' }, 'UnsupportedHTTPMethod'],
    ['an unknown RPC action', { ...ask.identity(demoKey), action: 'AssumeRole' }, 'InvalidAction.NotFound'],
    [
      'half a percent sign',
      { pathname: '/api/v2/namespaces/50%/folder', action: 'GetFolder' },
      'InvalidAction.NotFound',
    ],
  ])('knows no %s', async (_what, question, code) => {
    expect(await json(question)).toMatchObject({ Code: code })
  })

  it('is not led astray by an encoded slash', async () => {
    running.emulator.createDraft({ workspace: demoWorkspace, namespace: 'a/b', name: 'x' })
    expect(await json(ask.list('a/b'))).toMatchObject({ success: true, totalSize: 1 })
  })

  it('refuses a body of more than 8 MB', async () => {
    const wire = sign(running.url, ask.create(namespace, { name: 'x'.repeat(9_000_000), artifact: { kind: 'JAR' } }))
    expect((await send(running.url, wire)).status).toBe(413)
  })
})
