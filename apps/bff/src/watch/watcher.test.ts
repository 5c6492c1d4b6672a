import { afterEach, describe, expect, it } from 'vitest'
import { demoKey, demoWorkspace } from '@lockdesk/flink-emulator'
import { createLocalStore } from '../database/local-store.ts'
import { openDatabase } from '../database/open-database.ts'
import { checkLedger } from '../ledger/check-ledger.ts'
import { createLedger } from '../ledger/create-ledger.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { boundless, emulatedWorkspace } from '../../fixtures/emulated-workspace.ts'
import type { CallBudget } from '../cloud/call-budget.ts'
import { type SweepReport, type WatcherOptions, startWatcher } from './watcher.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

async function watching(
  options: Parameters<typeof emulatedWorkspace>[0] = {},
  manner: Partial<Pick<WatcherOptions, 'isAnybodyLooking' | 'random'>> = {},
  wrap: (ledger: Ledger) => Ledger = ledger => ledger,
) {
  const cloud = await emulatedWorkspace(options)
  const { database, close } = await openDatabase('sqlite::memory:')
  const store = createLocalStore(database, Date.now)
  const ledger = wrap(await createLedger({ database, store }))
  const reports: SweepReport[] = []
  const faults: unknown[] = []
  const watcher = startWatcher({
    workspaces: [cloud.workspace],
    ledger,
    store,
    now: Date.now,
    isAnybodyLooking: () => true,
    random: () => 0.05,
    ...manner,
    onSweep: report => reports.push(report),
    onFault: fault => faults.push(fault),
  })
  endings.push(async () => {
    await watcher.stop()
    expect(await checkLedger(database)).toEqual([])
    expect(cloud.emulator.calls()[demoKey.accessKeyId]?.['GetDeploymentDraftLock']).toBeUndefined()
    await close()
    await cloud.close()
  })
  const board = async () => {
    const drafts = await ledger.drafts(watcher.watched())
    return Object.fromEntries(drafts.map(({ ref, lock }) => [ref.draftId, lock?.holder.id ?? null]))
  }
  const truth = () =>
    Object.fromEntries(cloud.emulator.truth().map(({ draftId, holder }) => [draftId, holder?.id ?? null]))
  return { ...cloud, ledger, store, watcher, reports, faults, board, truth }
}

describe('the watcher', () => {
  it('that cannot ask the store what was watched before says so, and asks again', async () => {
    let isAway = true
    const { faults, board, truth } = await watching({}, {}, ledger => ({
      ...ledger,
      async namespaces() {
        if (isAway) throw new Error('the store is away')
        return ledger.namespaces()
      },
    }))
    await expect.poll(() => faults.length).toBeGreaterThan(0)
    isAway = false
    await expect.poll(board).toEqual(truth())
  })

  it('discovers the namespaces, and after a sweep of each knows what is true', async () => {
    const { watcher, board, truth } = await watching()
    await expect.poll(board).toEqual(truth())
    expect(watcher.watched().map(({ namespace }) => namespace)).toEqual(['trade-prod', 'risk-dev', 'growth-dev'])
  })

  it("sees a colleague's lock, a new draft and a deleted one", async () => {
    const { emulator, board, truth } = await watching()
    await expect.poll(board).toEqual(truth())
    const { draftId } = emulator.createDraft({ workspace: demoWorkspace, namespace: 'risk-dev', name: 'quite new' })
    emulator.lockInConsole({
      workspace: demoWorkspace,
      namespace: 'risk-dev',
      draftId,
      holder: { id: '7', name: '王磊' },
    })
    await expect.poll(async () => (await board())[draftId]).toBe('7')
    emulator.deleteDraft(draftId)
    await expect.poll(async () => draftId in (await board())).toBe(false)
  })

  it('learns the names of folders, and a failure to do so spoils no sweep', async () => {
    const { emulator, ledger, board, truth } = await watching()
    emulator.addFault({ kind: 'error', operation: 'GetFolder', namespace: 'trade-prod' })
    await expect.poll(board).toEqual(truth())
    const named = async (namespace: string) => {
      const known = await ledger.namespaces()
      return Object.values(known.find(state => state.namespace === namespace)?.folders ?? {}).length
    }
    await expect.poll(() => named('risk-dev')).toBeGreaterThan(3)
    expect(await named('trade-prod')).toBe(0)
    expect((await ledger.namespaces()).every(({ isComplete }) => isComplete)).toBe(true)
  })

  it('asks for everything in the row of the sweeps: people come first', async () => {
    const asked = new Set<string>()
    const admit: CallBudget['admit'] = async (operation, { purpose }) => void asked.add(`${operation} ${purpose}`)
    await watching({ budget: { ...boundless, admit } })
    await expect
      .poll(() => [...asked].toSorted())
      .toEqual(['GetFolder sweep', 'ListDeploymentDrafts sweep', 'ListEditableNamespace sweep', 'ListMembers sweep'])
  })

  it('keeps what it knows while one namespace fails, and the others are not held up', async () => {
    const { emulator, ledger, reports, board, truth } = await watching()
    await expect.poll(board).toEqual(truth())
    emulator.addFault({ kind: 'html', operation: 'ListDeploymentDrafts', namespace: 'risk-dev' })
    const states = async () => Object.fromEntries((await ledger.namespaces()).map(state => [state.namespace, state]))
    await expect.poll(async () => (await states())['risk-dev']?.isComplete).toBe(false)
    const before = reports.filter(({ namespace, isComplete }) => namespace === 'trade-prod' && isComplete).length
    await expect
      .poll(() => reports.filter(({ namespace, isComplete }) => namespace === 'trade-prod' && isComplete).length)
      .toBeGreaterThan(before + 2)
    expect(await board()).toEqual(truth())
    emulator.clearFaults()
    await expect.poll(async () => (await states())['risk-dev']?.isComplete).toBe(true)
  })

  it('follows a world with other namespaces', async () => {
    const { emulator, watcher, board, truth } = await watching()
    await expect.poll(board).toEqual(truth())
    emulator.rebuild({ drafts: 40, namespaces: 5, people: 5, seed: 9 })
    await expect.poll(board).toEqual(truth())
    expect(watcher.watched()).toHaveLength(5)
    emulator.rebuild({ drafts: 7, namespaces: 1, people: 5, seed: 9 })
    await expect.poll(board).toEqual(truth())
    expect(watcher.watched()).toHaveLength(1)
  })

  it('does not wait out a long pause where others behind the same credential are answered', async () => {
    // Nobody looks, and chance gives the longest pauses: six failures in a row would take 1 + 2 + 4 + 8 + 16 seconds.
    const { emulator, reports } = await watching({}, { isAnybodyLooking: () => false, random: () => 1 })
    emulator.addFault({ kind: 'html', operation: 'ListDeploymentDrafts', namespace: 'risk-dev' })
    const failures = () => reports.filter(({ namespace, error }) => namespace === 'risk-dev' && error !== undefined)
    await expect.poll(() => failures().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(6)
  }, 20_000)

  it('names a clock that is off, does not ask in a hot loop, and recovers', async () => {
    const { emulator, ledger, reports, board, truth } = await watching()
    await expect.poll(board).toEqual(truth())
    const expired = { RequestId: 'r', Code: 'InvalidTimeStamp.Expired', Message: 'too old' }
    emulator.addFault({
      kind: 'answer',
      status: 400,
      headers: { 'content-type': 'application/json', date: new Date(Date.now() - 960_000).toUTCString() },
      body: JSON.stringify(expired),
    })
    const errors = async () => (await ledger.namespaces()).map(({ error }) => error?.title ?? '')
    await expect.poll(errors).toEqual(Array(3).fill(expect.stringMatching(/clock/i)))
    expect((await ledger.namespaces()).some(({ isComplete }) => isComplete)).toBe(false)
    expect(await board()).toEqual(truth())
    emulator.clearFaults()
    await expect.poll(async () => (await ledger.namespaces()).every(({ isComplete }) => isComplete)).toBe(true)
    expect(reports.length).toBeLessThan(2_000)
  })

  it('goes on with the namespaces it remembers where they cannot be asked for', async () => {
    const first = await watching()
    await expect.poll(first.board).toEqual(first.truth())
    first.emulator.addFault({ kind: 'error', operation: 'ListEditableNamespace' })
    const faults: unknown[] = []
    const second = startWatcher({
      workspaces: [first.workspace],
      ledger: first.ledger,
      store: first.store,
      now: Date.now,
      isAnybodyLooking: () => true,
      onFault: fault => faults.push(fault),
    })
    await expect.poll(() => faults.length).toBeGreaterThan(0)
    expect(second.watched()).toHaveLength(3)
    await second.stop()
  })

  it('forgets no namespace because the cloud names none once, only when it does so again', async () => {
    const first = await watching()
    await expect.poll(first.board).toEqual(first.truth())
    await first.watcher.stop()
    first.emulator.addFault({
      kind: 'answer',
      operation: 'ListEditableNamespace',
      body: JSON.stringify({
        requestId: 'r',
        success: true,
        data: { editableNamespaces: [], total: '0', pageIndex: '1', pageSize: '50' },
      }),
    })
    const faults: { error: unknown }[] = []
    const watchAgain = (discoverEveryMs: number) =>
      startWatcher({
        workspaces: [first.workspace],
        ledger: first.ledger,
        store: first.store,
        now: Date.now,
        isAnybodyLooking: () => true,
        discoverEveryMs,
        onFault: fault => faults.push(fault),
      })
    const patient = watchAgain(600_000)
    await expect.poll(() => faults.length).toBe(1)
    expect(faults[0]?.error).toMatchObject({ name: 'NoNamespaces', message: expect.stringContaining('3 known') })
    expect(patient.watched()).toHaveLength(3)
    await patient.stop()
    const quick = watchAgain(50)
    await expect.poll(() => faults.length).toBe(2)
    await expect.poll(() => quick.watched()).toEqual([])
    first.emulator.clearFaults()
    await expect.poll(() => quick.watched()).toHaveLength(3)
    await quick.stop()
  })

  describe('where lists do not tell of locks', () => {
    const world = { drafts: 60, namespaces: 3, people: 5, seed: 7 }
    const causes = async ({ ledger }: Awaited<ReturnType<typeof watching>>) => [
      ...new Set((await ledger.namespaces()).map(({ error }) => error?.cause ?? null)),
    ]

    it('says so, reads the drafts one by one, and recovers as soon as they do', async () => {
      const desk = await watching({ world, switches: { listIncludesLock: false } })
      await expect.poll(desk.board).toEqual(desk.truth())
      expect(await causes(desk)).toEqual(['list-without-locks'])
      expect((await desk.ledger.namespaces()).map(({ isComplete, sweptAt }) => isComplete || sweptAt)).toEqual(
        Array(3).fill(null),
      )
      const [draft] = desk.emulator.truth()
      if (draft) desk.emulator.lockInConsole({ ...draft, holder: { id: '4242', name: '王磊' } })
      await expect.poll(desk.board).toEqual(desk.truth())
      desk.emulator.setSwitches({ listIncludesLock: true })
      await expect.poll(() => causes(desk)).toEqual([null])
      const asked = () => desk.emulator.calls()[demoKey.accessKeyId]?.['GetDeploymentDraft'] ?? 0
      const [before, sweeps] = [asked(), desk.reports.length]
      await expect.poll(() => desk.reports.length).toBeGreaterThan(sweeps + 20)
      expect(asked() - before).toBeLessThanOrEqual(8) // of a round that was under way
      expect(await desk.board()).toEqual(desk.truth())
    })

    it('frees nobody when they stop telling', async () => {
      const desk = await watching({ world })
      await expect.poll(desk.board).toEqual(desk.truth())
      desk.emulator.setSwitches({ listIncludesLock: false })
      await expect.poll(() => causes(desk)).toEqual(['list-without-locks'])
      const kinds = (await desk.ledger.entries({ scope: desk.watcher.watched(), order: 'oldest', limit: 500 })).map(
        ({ kind }) => kind,
      )
      expect(new Set(kinds)).toEqual(new Set(['held']))
      const held = desk.emulator.truth().find(({ holder }) => holder !== null)
      if (held) desk.emulator.lockInConsole({ ...held, holder: null })
      await expect.poll(desk.board).toEqual(desk.truth())
    })

    it('takes one free namespace for what it is', async () => {
      const desk = await watching({ world: { ...world, people: 0 } })
      await expect.poll(() => desk.reports.length).toBeGreaterThan(30)
      expect(await causes(desk)).toEqual([null])
      const { ListDeploymentDrafts: lists = 0, GetDeploymentDraft: looks = 0 } =
        desk.emulator.calls()[demoKey.accessKeyId] ?? {}
      expect(looks).toBeGreaterThan(0)
      expect(looks).toBeLessThanOrEqual(lists)
    })

    it('asks no further where the list of another namespace has shown one', async () => {
      const desk = await watching({ world: { ...world, people: 0 } })
      await expect.poll(() => desk.reports.length).toBeGreaterThan(10)
      const [draft] = desk.emulator.truth()
      if (draft) desk.emulator.lockInConsole({ ...draft, holder: { id: '4242', name: '王磊' } })
      await expect.poll(desk.board).toEqual(desk.truth())
      const asked = () => desk.emulator.calls()[demoKey.accessKeyId]?.['GetDeploymentDraft'] ?? 0
      const [before, sweeps] = [asked(), desk.reports.length]
      await expect.poll(() => desk.reports.length).toBeGreaterThan(sweeps + 20)
      expect(asked() - before).toBeLessThanOrEqual(3) // of sweeps that were under way
    })
  })

  describe('who belongs to a namespace', () => {
    const namespace = { workspace: demoWorkspace, namespace: 'trade-prod' }
    const world = { drafts: 30, namespaceNames: ['trade-prod'], people: 5, seed: 7 }
    const holders = async ({ ledger }: Awaited<ReturnType<typeof watching>>) => {
      const memberOf = await ledger.memberOf()
      const drafts = await ledger.drafts([namespace])
      return drafts.flatMap(({ lock }) =>
        lock ? [[lock.holder.id, memberOf(namespace, lock.holder.id, lock.since.by)] as const] : [],
      )
    }
    const told = async (desk: Awaited<ReturnType<typeof watching>>) =>
      new Set((await holders(desk)).map(([, is]) => is))

    it('is read seldom, and a holder who has left is told of after two readings, to whoever looks', async () => {
      const desk = await watching({ world })
      await expect.poll(() => told(desk)).toEqual(new Set([true]))
      const revision = async () => (await desk.ledger.namespaces())[0]?.revision ?? 0
      const before = await revision()
      const gone = (await holders(desk))[0]?.[0] ?? ''
      const members = desk.emulator.members(namespace)
      desk.emulator.setMembers({ ...namespace, members: members.filter(({ id }) => id !== gone) })
      const asked = () => desk.emulator.calls()[demoKey.accessKeyId]?.['ListMembers'] ?? 0
      const readings = asked()
      await expect.poll(async () => Object.fromEntries(await holders(desk))[gone]).toBe(false)
      expect(asked() - readings).toBeGreaterThanOrEqual(2)
      expect(await revision()).toBeGreaterThan(before)
      const sweeps = desk.reports.length
      expect(asked() * 10).toBeLessThan(sweeps)
      desk.emulator.setMembers({ ...namespace, members })
      await expect.poll(() => told(desk)).toEqual(new Set([true]))
    }, 20_000)

    it('is not known where it cannot be read, and the sweeps go on', async () => {
      const desk = await watching({ world })
      desk.emulator.addFault({ kind: 'deny', layer: 'ram', operation: 'ListMembers' })
      await expect.poll(() => desk.reports.length).toBeGreaterThan(30)
      expect(await told(desk)).toEqual(new Set([null]))
      expect(desk.reports.every(({ isComplete }) => isComplete)).toBe(true)
      expect(desk.faults).toEqual([expect.objectContaining({ error: expect.objectContaining({ name: 'Forbidden' }) })])
      desk.emulator.clearFaults()
      await expect.poll(() => told(desk)).toEqual(new Set([true]))
    }, 20_000)
  })

  it('empties no board because lists are empty, however often, while the drafts can be read', async () => {
    const { emulator, reports, ledger, watcher, board, truth } = await watching({
      world: { drafts: 40, namespaceNames: ['few'], people: 5, seed: 7 },
    })
    await expect.poll(board).toEqual(truth())
    const body = { success: true, httpCode: 200, data: [], totalSize: 0, pageIndex: 1, pageSize: 100 }
    emulator.addFault({ kind: 'answer', operation: 'ListDeploymentDrafts', body: JSON.stringify(body) })
    const sweeps = reports.length
    await expect.poll(() => reports.length).toBeGreaterThan(sweeps + 20)
    expect(await board()).toEqual(truth())
    expect((await ledger.namespaces())[0]?.error?.title).toMatch(/lacked a draft/)
    emulator.clearFaults()
    await expect.poll(async () => (await ledger.namespaces())[0]?.error).toBeNull()
    const kinds = (await ledger.entries({ scope: watcher.watched(), order: 'oldest', limit: 500 })).map(one => one.kind)
    expect(new Set(kinds)).toEqual(new Set(['held']))
  })

  it('deletes no draft that slips between two pages of every sweep', async () => {
    const { emulator, reports, ledger, board, truth } = await watching({
      world: { drafts: 250, namespaceNames: ['many'], people: 5, seed: 7 },
    })
    await expect.poll(board).toEqual(truth())
    // Behind the first page of each sweep one of its drafts goes, and another comes at the end.
    const calls = () => emulator.calls()[demoKey.accessKeyId]?.['ListDeploymentDrafts'] ?? 0
    for (let round = 0; round < 12; round += 1) {
      const before = calls()
      await expect.poll(() => calls() > before && calls() % 3 === 1, { interval: 1 }).toBe(true)
      const [oldest] = emulator.truth()
      if (oldest) emulator.deleteDraft(oldest.draftId)
      emulator.createDraft({ workspace: demoWorkspace, namespace: 'many', name: `new ${round}` })
    }
    await expect.poll(() => reports.at(-1)?.isComplete).toBe(true)
    await expect.poll(board).toEqual(truth())
    const deleted = await ledger.entries({
      scope: [{ workspace: demoWorkspace, namespace: 'many' }],
      kinds: ['deleted'],
      order: 'oldest',
      limit: 500,
    })
    const living = new Set(emulator.truth().map(({ draftId }) => draftId))
    expect(deleted).toHaveLength(12)
    expect(deleted.filter(({ draft_id }) => living.has(draft_id ?? ''))).toEqual([])
  }, 30_000)

  it('tells the log why a namespace cannot be read, once for all failures in a row', async () => {
    const { emulator, reports, faults, board, truth } = await watching()
    await expect.poll(board).toEqual(truth())
    emulator.addFault({ kind: 'html', operation: 'ListDeploymentDrafts', namespace: 'risk-dev' })
    const failed = () =>
      reports.filter(({ namespace, error }) => namespace === 'risk-dev' && error !== undefined).length
    await expect.poll(failed).toBeGreaterThan(1)
    expect(faults).toEqual([
      expect.objectContaining({ namespace: 'risk-dev', error: expect.objectContaining({ name: 'UnreadableAnswer' }) }),
    ])
  })
})
