import { describe, expect, it } from 'vitest'
import { buildWorld, demoWorkspace } from './build-world.ts'

const now = Date.parse('2026-11-25T10:00:00Z')
const essence = (world: ReturnType<typeof buildWorld>) =>
  [...world.drafts.values()].map(({ id, name, folderId, lock }) => ({ id, name, folderId, lock }))

describe('the world', () => {
  it('is the same again for the same seed, at whatever time, and another for another', () => {
    expect(essence(buildWorld({}, now))).toEqual(essence(buildWorld({}, now + 86_400_000)))
    expect(essence(buildWorld({ seed: 2 }, now))).not.toEqual(essence(buildWorld({ seed: 3 }, now)))
  })

  it('has at least 300 drafts in at least three namespaces, of which one ends in -prod', () => {
    const world = buildWorld({}, now)
    const names = [...world.namespaces.values()].map(namespace => namespace.name)
    expect(world.drafts.size).toBe(360)
    expect(names).toEqual(['trade-prod', 'risk-dev', 'growth-dev'])
    expect([...world.namespaces.values()].map(namespace => namespace.drafts.length)).toEqual([144, 120, 96])
  })

  it('has Chinese names and others, bots, folders, and names that are unique in their namespace', () => {
    const world = buildWorld({}, now)
    const drafts = [...world.drafts.values()]
    const chinese = drafts.filter(draft => /\p{Script=Han}/u.test(draft.name))
    expect(chinese.length).toBeGreaterThan(40)
    expect(chinese.length).toBeLessThan(180)
    expect(world.people.filter(person => person.name.startsWith('svc-')).length).toBeGreaterThanOrEqual(2)
    expect(new Set(world.people.map(person => person.id)).size).toBe(24)
    for (const namespace of world.namespaces.values()) {
      expect(namespace.draftNames.size).toBe(namespace.drafts.length)
      const used = new Set(namespace.drafts.map(draft => draft.folderId))
      expect(used.size).toBeGreaterThan(15)
      for (const id of used) expect(namespace.folders.has(id)).toBe(true)
    }
  })

  it('tells times that lie in the past, in seconds, created before modified', () => {
    for (const draft of buildWorld({}, now).drafts.values()) {
      expect(draft.createdAt).toBeLessThanOrEqual(draft.modifiedAt)
      expect(draft.modifiedAt).toBeLessThanOrEqual(now / 1000)
      expect(draft.createdAt).toBeGreaterThan(1_700_000_000)
      expect(draft.since).toBeLessThan(now)
    }
  })

  it('grows to 100,000 drafts, each with an id and name of its own', () => {
    const world = buildWorld({ drafts: 100_000, namespaces: 8, people: 500 }, now)
    expect(world.drafts.size).toBe(100_000)
    expect([...world.namespaces.values()].reduce((sum, namespace) => sum + namespace.draftNames.size, 0)).toBe(100_000)
    expect([...world.namespaces.values()].filter(namespace => namespace.name.endsWith('-prod'))).toHaveLength(1)
  })

  it('takes names for its namespaces and workspaces', () => {
    const namespaceNames = ['a b', 'a~b', '支付🚀']
    const world = buildWorld({ drafts: 60, namespaceNames, workspaces: [demoWorkspace, 'f9bbbc0f55ed4d'] }, now)
    expect([...world.namespaces.values()].map(({ workspace, name }) => [workspace, name])).toEqual([
      ...namespaceNames.map(name => [demoWorkspace, name]),
      ...namespaceNames.map(name => ['f9bbbc0f55ed4d', name]),
    ])
    expect(world.drafts.size).toBe(60)
  })

  it('without people has drafts that nobody holds, and goes on without them', () => {
    const world = buildWorld({ people: 0 }, now)
    const drafts = [...world.drafts.values()]
    expect(world.people).toEqual([])
    expect(drafts).toHaveLength(360)
    expect(drafts.filter(({ lock }) => lock !== null)).toEqual([])
    expect([...world.namespaces.values()].map(({ held }) => held)).toEqual([0, 0, 0])
    for (const { creator, modifier } of drafts)
      for (const { id, name } of [creator, modifier]) {
        expect(id).toMatch(/^\d{18}$/)
        expect(name).not.toBe('')
      }
  })

  it('without drafts has its namespaces, empty', () => {
    const world = buildWorld({ drafts: 0, people: 0 }, now)
    expect(world.drafts.size).toBe(0)
    expect([...world.namespaces.values()].map(({ name, drafts }) => [name, drafts])).toEqual([
      ['trade-prod', []],
      ['risk-dev', []],
      ['growth-dev', []],
    ])
  })

  it('refuses what makes no world', () => {
    expect(() => buildWorld({ drafts: 100_001 }, now)).toThrow()
    expect(() => buildWorld({ drafts: -1 }, now)).toThrow()
    expect(() => buildWorld({ people: -1 }, now)).toThrow()
    expect(() => buildWorld({ namespaces: 0 }, now)).toThrow()
    expect(() => buildWorld({ draft: 3 } as never, now)).toThrow()
  })
})
