import { describe, expect, it } from 'vitest'
import { envelope, json, pageOf, rawCloud, upstreamDraft } from '../fixtures/raw-cloud.ts'
import { createFlinkClient, type FlinkClientOptions } from './index.ts'

const sweep = { purpose: 'sweep' } as const
const firstPage = { index: 1, size: 100 }

function readPage(options: FlinkClientOptions, namespace = 'trade-prod') {
  return createFlinkClient(options).drafts.readPage(namespace, firstPage, sweep)
}

describe('a page', () => {
  it('is read in our words: seconds become ms, and nothing else comes along', async () => {
    const cloud = await rawCloud(response => json(response, pageOf([upstreamDraft('d1', { id: '71', name: 'Lin' })])))
    expect(await readPage(cloud.options)).toEqual({
      drafts: [
        {
          draftId: 'd1',
          name: 'draft d1',
          parentId: '27',
          kind: 'SQLSCRIPT',
          engineVersion: 'vvr-8.0.11-flink-1.17',
          labels: { team: 'pay' },
          modifiedAt: 1723537978000,
          modifierName: 'ada@streamcompute.onaliyun.com',
          lock: { id: 'stt-1', holderId: '71', holderName: 'Lin' },
        },
      ],
      totalSize: 1,
      pageIndex: 1,
      pageSize: 100,
      requestId: 'REQ-1',
    })
  })

  it('never carries the SQL text on, nor does the error about a page that is wrong elsewhere', async () => {
    const cloud = await rawCloud((response, _, turn) =>
      json(response, pageOf([turn === 1 ? upstreamDraft('d1') : { ...upstreamDraft('d1'), deploymentDraftId: {} }])),
    )
    expect(JSON.stringify(await readPage(cloud.options))).not.toContain('hunter2')
    const error: unknown = await readPage(cloud.options).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'UnreadableAnswer', how: 'wrong-shape', where: 'data.0.deploymentDraftId' })
    expect(`${JSON.stringify(error)} ${String(error)}`).not.toContain('hunter2')
  })

  it.each([
    ['null', null],
    ['an empty object', {}],
    ['an empty text', ''],
    ['two quote characters', '""'],
    ['an empty list', []],
    ['empty fields', { id: '', workspace: '', namespace: '', holderId: '', holderName: '' }],
    ['null fields', { id: null, holderId: null, holderName: null }],
    ['fields of two quote characters', { id: '""', holderId: '""', holderName: '""' }],
  ])('takes a lock told as %s for none', async (_, lock) => {
    const cloud = await rawCloud(response => json(response, pageOf([{ ...upstreamDraft('d1'), lock }])))
    expect((await readPage(cloud.options)).drafts[0]?.lock).toBeNull()
  })

  it('takes an absent lock for none', async () => {
    const { lock: _, ...draft } = upstreamDraft('d1')
    const cloud = await rawCloud(response => json(response, pageOf([draft])))
    expect((await readPage(cloud.options)).drafts[0]?.lock).toBeNull()
  })

  it.each([
    ['a text', 'none'],
    ['a yes', true],
    ['a number', 1],
    ['a name without an id', { holderName: 'Lin' }],
    ['an id that is an object', { holderId: { id: 71 }, holderName: 'Lin' }],
    ['an id with a fraction', { holderId: 71.5 }],
    ['an id below zero', { holderId: -71 }],
  ])('is refused, not guessed, where a lock is told as %s', async (_, lock) => {
    const cloud = await rawCloud(response =>
      json(response, pageOf([upstreamDraft('d0'), { ...upstreamDraft('d1'), lock }])),
    )
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', where: 'data.1.lock' })
  })

  it('accepts numbers as text and text as numbers, and fields it does not know', async () => {
    const draft = {
      deploymentDraftId: 12,
      name: 34,
      parentId: 5,
      modifiedAt: '1723537978',
      future: [1],
      lock: { holderId: 71 },
    }
    const cloud = await rawCloud(response => json(response, pageOf([draft], { totalSize: '130', pageSize: '100' })))
    const page = await readPage(cloud.options)
    expect(page).toMatchObject({ totalSize: 130, pageSize: 100 })
    expect(page.drafts[0]).toMatchObject({
      draftId: '12',
      name: '34',
      parentId: '5',
      modifiedAt: 1723537978000,
      lock: { id: null, holderId: '71', holderName: '' },
    })
  })

  it.each([
    ['labels', { team: 'pay', tags: ['a', 1], owner: { id: 7 } }, { team: 'pay', tags: '["a",1]', owner: '{"id":7}' }],
    ['labels', { n: 9.1e30, yes: true, none: null }, { n: '9.1e+30', yes: 'true', none: '' }],
    ['labels', ['a'], {}],
    ['labels', 'team=pay', {}],
    ['engineVersion', { major: 8 }, null],
    ['modifierName', ['Lin'], null],
    ['modifierName', 9.1e30, '9.1e+30'],
    ['artifact', 'SQL', null],
    ['artifact', { kind: ['SQL'] }, null],
    ['modifiedAt', 'yesterday', null],
    ['modifiedAt', -1, null],
    ['modifiedAt', 253_402_300_800_000, null],
    ['modifiedAt', 8.64e15, null],
    ['modifiedAt', 253_402_300_799_999, 253_402_300_799_999],
  ])('are read whatever is wrong with what is merely shown: %s as %j', async (field, sent, shown) => {
    const draft = { ...upstreamDraft('d1', { id: '71', name: 'Lin' }), [field]: sent }
    const cloud = await rawCloud(response => json(response, pageOf([draft])))
    const [read] = (await readPage(cloud.options)).drafts
    expect(read).toMatchObject({ draftId: 'd1', lock: { holderId: '71' } })
    expect(read?.[(field === 'artifact' ? 'kind' : field) as 'kind']).toEqual(shown)
  })

  it('are read where a label is nested deeper than anybody can write', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const body = JSON.stringify(pageOf([{ ...upstreamDraft('d1'), labels: { deep: 'DEEP', team: 'pay' } }]))
    const cloud = await rawCloud(response => json(response, body.replace('"DEEP"', deep)))
    expect((await readPage(cloud.options)).drafts[0]?.labels).toEqual({ team: 'pay' })
  })

  it.each(['9007199254740993', '18014398509481985', '123456789012345678901234567890'])(
    'keeps every digit of an id sent as the number %s',
    async digits => {
      const body = JSON.stringify(pageOf([upstreamDraft('d1', { id: 'ID', name: 'Lin' })]))
      const cloud = await rawCloud(response => json(response, body.replace('"ID"', digits)))
      expect((await readPage(cloud.options)).drafts[0]?.lock?.holderId).toBe(digits)
    },
  )

  it('refuses an id that is a number no id can be', async () => {
    const body = JSON.stringify(pageOf([upstreamDraft('d1', { id: 'ID', name: 'Lin' })]))
    const cloud = await rawCloud(response => json(response, body.replace('"ID"', '9.1e30')))
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', where: 'a number' })
  })

  it.each([
    ['null', { data: null }],
    ['absent', { data: undefined }],
    ['an object', { data: {} }],
    ['a text', { data: 'none' }],
    ['a list with a hole', { data: [null] }],
    ['a list of a draft without an id', { data: [{ name: 'x' }] }],
    ['there, but the total is not', { totalSize: undefined }],
    ['there, but the total is a word', { totalSize: 'many' }],
    ['there, but the total is below zero', { totalSize: -1 }],
    ['there, but it is another page', { pageIndex: 2 }],
  ])('is never empty because of an answer whose data is %s', async (_, wrong) => {
    const cloud = await rawCloud(response => json(response, pageOf([upstreamDraft('d1')], wrong)))
    await expect(readPage(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer', how: 'wrong-shape' })
    expect(cloud.arrivals).toHaveLength(1)
    expect(cloud.attempts).toMatchObject([{ operation: 'ListDeploymentDrafts', outcome: 'failed', status: 200 }])
  })

  it('is empty where the cloud says that there is nothing', async () => {
    const cloud = await rawCloud(response => json(response, pageOf([])))
    expect(await readPage(cloud.options)).toMatchObject({ drafts: [], totalSize: 0 })
  })

  it('asks for the namespace as it is called, each segment encoded once', async () => {
    const cloud = await rawCloud(response => json(response, pageOf([])))
    for (const namespace of ['a b', 'a~b', 'a*b', 'a+b', '50%off', '支付🚀', 'a/b', "it's(1)!"]) {
      await readPage(cloud.options, namespace)
    }
    const paths = cloud.arrivals.map(({ url }) => url.split('/')[4])
    expect(paths).toEqual([
      'a%20b',
      'a~b',
      'a%2Ab',
      'a%2Bb',
      '50%25off',
      '%E6%94%AF%E4%BB%98%F0%9F%9A%80',
      'a%2Fb',
      'it%27s%281%29%21',
    ])
  })

  it.each(['', '.', '..', 'half \ud83d'])(
    'sends nothing for a namespace %j, which no path can carry',
    async namespace => {
      const cloud = await rawCloud(response => json(response, pageOf([])))
      await expect(readPage(cloud.options, namespace)).rejects.toMatchObject({ name: 'Unsendable' })
      expect(cloud.arrivals).toHaveLength(0)
    },
  )
})

describe('one draft', () => {
  const refused = { requestId: 'REQ-2', success: false, errorCode: '990301', errorMessage: '文件不存在', data: null }
  const readDraft = (options: FlinkClientOptions, draftId = 'd1') =>
    createFlinkClient(options).drafts.readDraft('trade-prod', draftId, { purpose: 'person' })

  it('is read with its lock', async () => {
    const cloud = await rawCloud(response => json(response, envelope(upstreamDraft('d1', { id: 71, name: 'Lin' }))))
    expect(await readDraft(cloud.options)).toMatchObject({ draftId: 'd1', lock: { holderId: '71' } })
    expect(cloud.arrivals[0]).toMatchObject({
      method: 'GET',
      url: '/api/v2/namespaces/trade-prod/deployment-drafts/d1',
    })
  })

  it.each([
    ['200, httpCode 200', 200, 200],
    ['200, httpCode 404', 200, 404],
    ['404', 404, 404],
    ['400', 400, 200],
  ])('does not exist where the cloud says success: false with %s', async (_, status, httpCode) => {
    const cloud = await rawCloud(response => json(response, { ...refused, httpCode }, status))
    await expect(readDraft(cloud.options)).rejects.toMatchObject({
      name: 'DraftNotFound',
      draftId: 'd1',
      errorCode: '990301',
      requestId: 'REQ-2',
      upstreamMessage: '文件不存在',
    })
  })

  it.each([
    ['a permission', 'Forbidden', 200, { ...refused, httpCode: 403 }],
    ['a RAM denial', 'Forbidden', 403, { Code: 'Forbidden.RAM', Message: 'no', RequestId: 'x' }],
    ['a limit', 'Throttled', 400, { Code: 'Throttling.User', Message: 'slow', RequestId: 'x' }],
    ['a limit in the envelope', 'Throttled', 200, { ...refused, errorCode: 'Throttling.Api' }],
    ['a fault of the cloud', 'EnvelopeFailure', 200, { ...refused, httpCode: 500 }],
    ['a fault with a status', 'EnvelopeFailure', 500, refused],
    ['an error of the gateway', 'GatewayFailure', 404, { Code: 'InvalidApi.NotFound', Message: 'no', RequestId: 'x' }],
    ['a page', 'UnreadableAnswer', 404, '<html>not found</html>'],
  ])('is not said to be gone because of %s', async (_, name, status, body) => {
    const cloud = await rawCloud(response => json(response, body, status), { random: () => 0 })
    await expect(readDraft(cloud.options)).rejects.toMatchObject({ name })
  })

  it('is refused where the answer is about another one', async () => {
    const cloud = await rawCloud(response => json(response, envelope(upstreamDraft('d2', { id: 71, name: 'Lin' }))))
    await expect(readDraft(cloud.options)).rejects.toMatchObject({
      name: 'UnreadableAnswer',
      where: 'data.deploymentDraftId',
    })
  })

  it.each(['', '.', '..', '\udc00'])('does not exist under the id %j, and nobody is asked', async draftId => {
    const cloud = await rawCloud(response => json(response, envelope(upstreamDraft('d1'))))
    await expect(readDraft(cloud.options, draftId)).rejects.toMatchObject({ name: 'DraftNotFound' })
    expect(cloud.arrivals).toHaveLength(0)
  })
})
