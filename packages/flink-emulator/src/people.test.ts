import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildWorld, demoWorkspace } from './build-world.ts'
import { createEmulator } from './emulator.ts'
import { newLock } from './locks.ts'
import { limits, workInConsole } from './people.ts'
import { seededRandom } from './random.ts'
import { setLock, type World } from './world.ts'

const start = Date.parse('2026-11-25T10:00:00Z')

function expectBalance(world: World): void {
  for (const { drafts, held, name } of world.namespaces.values()) {
    expect(drafts.filter(draft => draft.lock !== null)).toHaveLength(held)
    const { free: leastFree, held: leastHeld } = limits(drafts.length)
    expect(drafts.length - held, `free in ${name}`).toBeGreaterThanOrEqual(leastFree)
    expect(held, `held in ${name}`).toBeGreaterThanOrEqual(leastHeld)
  }
}

describe('colleagues in the console', () => {
  it('leave a third of every namespace free and a tenth held, whatever they do', () => {
    let deeds = 0
    const shape = fc.record({ drafts: fc.nat(400), namespaces: fc.integer({ min: 1, max: 6 }), seed: fc.integer() })
    fc.assert(
      fc.property(shape, options => {
        const world = buildWorld(options, start)
        expectBalance(world)
        const random = seededRandom(options.seed + 1)
        for (let step = 1; step <= 200; step += 1) {
          if (workInConsole(world, random, start + step * 2_000) !== undefined) deeds += 1
          if (step % 20 === 0) expectBalance(world)
        }
      }),
      { numRuns: 60 },
    )
    expect(deeds).toBeGreaterThan(5_000)
  })

  it('keep the balance at every one of 20,000 steps of the demo, and every draft gets its turn', () => {
    const world = buildWorld({}, start)
    const random = seededRandom(7)
    const touched = new Set<string>()
    for (let step = 1; step <= 20_000; step += 1) {
      const draft = workInConsole(world, random, start + step * 2_000)
      if (draft !== undefined) touched.add(draft.id)
      for (const { drafts, held } of world.namespaces.values()) {
        if (drafts.length - held < drafts.length / 3 || held < drafts.length / 10) expectBalance(world)
      }
    }
    expectBalance(world)
    expect(touched.size).toBe(360)
  })

  it('take, free and take over, each often', () => {
    const world = buildWorld({}, start)
    const random = seededRandom(3)
    const deeds = { take: 0, free: 0, 'take over': 0 }
    for (let step = 1; step <= 1_000; step += 1) {
      const before = new Map([...world.drafts.values()].map(draft => [draft.id, draft.lock?.holder.id]))
      const draft = workInConsole(world, random, start + step * 2_000)
      if (draft === undefined) continue
      if (draft.lock === null) deeds.free += 1
      else if (before.get(draft.id) === undefined) deeds.take += 1
      else {
        expect(before.get(draft.id)).not.toBe(draft.lock.holder.id)
        deeds['take over'] += 1
      }
    }
    for (const count of Object.values(deeds)) expect(count).toBeGreaterThan(80)
  })

  it('put right what somebody else has upset, first of all', () => {
    const world = buildWorld({ drafts: 60, namespaces: 2 }, start)
    const random = seededRandom(5)
    const [first, second] = [...world.namespaces.values()]
    for (const draft of first?.drafts ?? []) setLock(draft, null, 'director', start)
    for (const draft of second?.drafts ?? [])
      if (draft.lock === null) setLock(draft, newLock({ id: '9', name: 'x' }), 'colleague', start)
    for (let step = 1; step <= 40; step += 1) workInConsole(world, random, start + step)
    expectBalance(world)
  })

  it('rarely take away what was got by a signed call, and never within two minutes', () => {
    const world = buildWorld({ drafts: 40, namespaces: 1 }, start)
    const random = seededRandom(11)
    const mine = { id: '271828182845904523', name: 'svc-lockdesk' }
    let now = start
    let lost = 0
    for (let step = 0; step < 12_000; step += 1) {
      now += 2_000
      const all = [...world.drafts.values()]
      if (!all.some(draft => draft.lock?.holder.id === mine.id)) {
        const free = all.find(draft => draft.lock === null)
        if (free !== undefined) setLock(free, newLock(mine), 'api', now)
      }
      const held = all.find(draft => draft.lock?.holder.id === mine.id)
      const draft = workInConsole(world, random, now)
      if (draft !== undefined && draft === held) {
        lost += 1
        expect(draft.lock).not.toBeNull()
        expect(now - (draft.earlier.at(-1)?.since ?? 0)).toBeGreaterThanOrEqual(120_000)
      }
    }
    expect(lost).toBeGreaterThan(10)
    expect(lost).toBeLessThan(150)
  })

  it('that are none leave everything as it is, also what others did', () => {
    const emulator = createEmulator({ world: { drafts: 30, namespaces: 2, people: 0 } })
    const [one, other] = emulator.truth()
    if (!one || !other) throw new Error('there are no drafts')
    emulator.lockInConsole({ ...one, holder: { id: '71', name: 'Lin Wei' } })
    const before = emulator.truth()
    for (let step = 0; step < 200; step += 1) emulator.colleagues.work()
    expect(emulator.truth()).toEqual(before)
  })

  it('keep out of namespaces that came into being on the way', () => {
    const emulator = createEmulator({ world: { drafts: 0, namespaces: 1 } })
    const { draftId } = emulator.createDraft({ workspace: demoWorkspace, namespace: 'scratch', name: 'mine' })
    for (let step = 0; step < 200; step += 1) emulator.colleagues.work()
    expect(emulator.truth()).toMatchObject([{ draftId, holder: null }])
  })
})

describe('the working day', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('changes a lock every few seconds, rests when paused, and ends when the emulator closes', () => {
    const emulator = createEmulator({ colleagues: true, now: Date.now })
    const snapshot = () => JSON.stringify(emulator.truth())
    let before = snapshot()
    for (let minute = 0; minute < 10; minute += 1) {
      vi.advanceTimersByTime(10_000)
      expect(snapshot()).not.toBe(before)
      before = snapshot()
    }
    emulator.colleagues.pause(true)
    vi.advanceTimersByTime(600_000)
    expect(snapshot()).toBe(before)
    emulator.colleagues.pause(false)
    vi.advanceTimersByTime(10_000)
    expect(snapshot()).not.toBe(before)
    emulator.rebuild({ drafts: 30, namespaces: 2, people: 3, seed: 1 })
    before = snapshot()
    vi.advanceTimersByTime(10_000)
    expect(snapshot()).not.toBe(before)
    emulator.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not begin by itself in tests', () => {
    createEmulator()
    expect(vi.getTimerCount()).toBe(0)
  })
})
