import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoWorkspace } from '@lockdesk/flink-emulator'
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

  it('keeps what it could read when a page fails, and says which one', async () => {
    cloud.emulator.addFault({ kind: 'html', operation: list, pageIndex: 2 })
    const seen = await sweep()
    expect(seen).toMatchObject({ isComplete: false, failure: { name: 'UnreadableAnswer' } })
    expect(seen.readings).toHaveLength(100)
    expect(seen.error?.title).toMatch(/^Page 2 of 3 could not be read\./)
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

  it('takes no missing list for an empty one', async () => {
    cloud.emulator.addFault({ kind: 'answer', operation: list, body: '{"success":true,"data":null,"totalSize":0}' })
    expect(await sweep()).toMatchObject({ isComplete: false, failure: { how: 'wrong-shape' }, readings: [] })
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
