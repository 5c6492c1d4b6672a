import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoKey, demoWorkspace } from '@lockdesk/flink-emulator'
import type { DraftReader } from '@lockdesk/flink-client'
import { emulatedWorkspace } from '../../fixtures/emulated-workspace.ts'
import { sweepNamespace } from './sweep-namespace.ts'

const namespace = { workspace: demoWorkspace, namespace: 'many-drafts' }
let cloud: Awaited<ReturnType<typeof emulatedWorkspace>>
beforeEach(async () => {
  cloud = await emulatedWorkspace({ world: { drafts: 250, namespaceNames: ['many-drafts'], people: 5, seed: 7 } })
})
afterEach(() => cloud.close())

const sweep = async (signal = new AbortController().signal) => {
  let head = 0
  const heads: number[] = []
  const ledger = { head: async () => (heads.push(++head), head) }
  return { heads, ...(await sweepNamespace(cloud.client.drafts, ledger, namespace, { now: () => Date.now(), signal })) }
}
const list = 'ListDeploymentDrafts' as const
const page = (drafts: unknown[], totalSize: unknown) =>
  JSON.stringify({ requestId: 'r', success: true, httpCode: 200, data: drafts, pageIndex: 1, pageSize: 100, totalSize })

describe('a sweep', () => {
  it('reads every page, and asks for the head of the ledger before each', async () => {
    const seen = await sweep()
    expect(seen).toMatchObject({ isComplete: true, pages: 3, head: 1 })
    expect(seen.failure).toBeUndefined()
    expect(new Set(seen.readings.map(({ draft }) => draft.draftId)).size).toBe(250)
    expect([...new Set(seen.readings.map(({ head }) => head))]).toEqual([2, 3, 4])
    expect(seen.error).toBeUndefined()
  })

  it('gives each page the head and the time of before it was asked for', async () => {
    const asked = () => cloud.emulator.calls()[demoKey.accessKeyId]?.[list] ?? 0
    const { signal } = new AbortController()
    const { readings } = await sweepNamespace(cloud.client.drafts, { head: async () => asked() }, namespace, {
      now: asked,
      signal,
    })
    const times = readings.map(({ head, sentAt, arrivedAt }) => `${head} ${sentAt} ${arrivedAt}`)
    expect([...new Set(times)]).toEqual(['0 0 1', '1 1 2', '2 2 3'])
  })

  it('keeps what it could read when a page fails, and says which one', async () => {
    cloud.emulator.addFault({ kind: 'html', operation: list, pageIndex: 2 })
    const seen = await sweep()
    expect(seen).toMatchObject({ isComplete: false, failure: { name: 'UnreadableAnswer' } })
    expect(seen.readings).toHaveLength(150)
    expect(seen.error?.title).toMatch(/^Page 2 of 3 could not be read\./)
    cloud.emulator.addFault({ kind: 'html', operation: list, pageIndex: 3 })
    const worse = await sweep()
    expect(worse).toMatchObject({ isComplete: false, pages: 3 })
    expect(worse.error?.title).toMatch(/^Page 3 of 3 could not be read\./)
  })

  it('does not go on asking where the cloud does not answer', async () => {
    cloud.emulator.addFault({ kind: 'error', operation: list, pageIndex: 2 })
    expect(await sweep()).toMatchObject({ isComplete: false, pages: 2 })
  })

  it('is incomplete when an entry comes twice and another slips', async () => {
    cloud.emulator.addFault({ kind: 'torn-page', operation: list, drift: 0 })
    const seen = await sweep()
    expect(seen.isComplete).toBe(false)
    expect(seen.failure).toBeUndefined()
  })

  it('is incomplete when the total changes while it reads', async () => {
    cloud.emulator.addFault({ kind: 'torn-page', operation: list, repeat: 0, skip: 0, drift: 1 })
    const seen = await sweep()
    expect(seen.isComplete).toBe(false)
    expect(seen.error?.title).toMatch(/250 drafts became 251|ended after/)
  })

  it('is incomplete when the total shrinks by the one that slipped', async () => {
    cloud.emulator.addFault({ kind: 'torn-page', operation: list, repeat: 0, skip: 1, drift: -1, pageIndex: 2 })
    const seen = await sweep()
    expect(seen.isComplete).toBe(false)
    expect(seen.error?.title).toBe('The list changed while it was read: 250 drafts became 249.')
  })

  it('reads to the end where an entry comes again on a later page, and says so', async () => {
    cloud.emulator.addFault({ kind: 'torn-page', operation: list, repeat: 1, skip: 1, drift: 0, pageIndex: 2 })
    const seen = await sweep()
    expect(seen).toMatchObject({ isComplete: false, pages: 3 })
    expect(seen.seen.size).toBe(249)
    expect(seen.error?.title).toBe('The list moved while it was read: one draft came twice.')
  })

  it('is incomplete when the cloud lists more than it tells of', async () => {
    const drafts = ['a', 'b', 'c'].map(deploymentDraftId => ({ deploymentDraftId, name: deploymentDraftId }))
    cloud.emulator.addFault({ kind: 'answer', operation: list, body: page(drafts, 2) })
    const seen = await sweep()
    expect(seen).toMatchObject({ isComplete: false, pages: 1 })
    expect(seen.error?.title).toBe('The cloud told of 2 drafts and listed 3.')
  })

  it('reads on behind a page that came short', async () => {
    cloud.emulator.addFault({ kind: 'torn-page', operation: list, repeat: 0, skip: 1, drift: 0, pageIndex: 1 })
    const seen = await sweep()
    expect(seen).toMatchObject({ isComplete: false, pages: 3 })
    expect(seen.seen.size).toBe(249)
    expect(seen.error?.title).toBe('A page of the list came with 99 of 100 drafts.')
  })

  it('reads no further where a cloud gives its first page for every one', async () => {
    const body = JSON.parse(page([], 250)) as { data: unknown[]; pageIndex?: number }
    body.data = Array.from({ length: 100 }, (_, at) => ({ deploymentDraftId: `d${at}`, name: 'd' }))
    delete body.pageIndex
    cloud.emulator.addFault({ kind: 'answer', operation: list, body: JSON.stringify(body) })
    const seen = await sweep()
    expect(seen).toMatchObject({ isComplete: false, pages: 2 })
    expect(seen.error?.title).toBe('The list moved while it was read: 100 drafts came twice.')
  })

  it('is complete where the cloud gives fewer a page than it was asked for', async () => {
    const drafts = Array.from({ length: 7 }, (_, at) => ({ deploymentDraftId: `d${at}`, name: 'd' }))
    for (const pageIndex of [1, 2, 3])
      cloud.emulator.addFault({
        kind: 'answer',
        operation: list,
        pageIndex,
        body: JSON.stringify({
          success: true,
          data: drafts.slice((pageIndex - 1) * 3, pageIndex * 3),
          pageIndex,
          pageSize: 3,
          totalSize: '7',
        }),
      })
    expect(await sweep()).toMatchObject({ isComplete: true, pages: 3 })
  })

  it('is incomplete when it gives up after two thousand pages', async () => {
    const [draft] = (await sweep()).readings.map(reading => reading.draft)
    const endless: Pick<DraftReader, 'readPage'> = {
      readPage: async (_, { index }) => ({
        drafts: draft ? [{ ...draft, draftId: `draft ${index}` }] : [],
        pageIndex: index,
        pageSize: 1,
        totalSize: 1_000_000_000,
        requestId: null,
      }),
    }
    const { signal } = new AbortController()
    const reader = { ...cloud.client.drafts, ...endless }
    const seen = await sweepNamespace(reader, { head: async () => 0 }, namespace, { now: () => 0, signal })
    expect(seen).toMatchObject({ isComplete: false, pages: 2_000 })
  })

  it('does not take an empty page for the end of the list', async () => {
    const body = JSON.stringify({
      requestId: 'r',
      success: true,
      data: [],
      pageIndex: 2,
      pageSize: 100,
      totalSize: 250,
    })
    cloud.emulator.addFault({ kind: 'answer', operation: list, pageIndex: 2, body })
    const seen = await sweep()
    expect(seen).toMatchObject({ isComplete: false, pages: 2 })
    expect(seen.error?.title).toBe('The list ended after 100 of 250 drafts.')
  })

  it('does not read on for ever where the total is absurd', async () => {
    cloud.emulator.addFault({ kind: 'answer', operation: list, body: page([], 1_000_000_000) })
    expect(await sweep()).toMatchObject({ isComplete: false, pages: 1, readings: [] })
  })

  it.each(['null', '{}', '"none"', null])('takes no missing list for an empty one: %s', async data => {
    await sweep()
    const body = `{"success":true,${data === null ? '' : `"data":${data},`}"totalSize":0,"pageIndex":1,"pageSize":100}`
    cloud.emulator.addFault({ kind: 'answer', operation: list, body })
    expect(await sweep()).toMatchObject({ isComplete: false, failure: { how: 'wrong-shape' }, readings: [] })
    cloud.emulator.clearFaults()
    expect(await sweep()).toMatchObject({ isComplete: true, pages: 3 })
  })

  it('ends with the signal', async () => {
    cloud.emulator.addFault({ kind: 'hang', operation: list })
    const controller = new AbortController()
    const swept = sweep(controller.signal)
    await expect.poll(() => JSON.stringify(cloud.emulator.calls())).toContain(list)
    controller.abort(new Error('enough'))
    await expect(swept).rejects.toThrow('enough')
  })
})
