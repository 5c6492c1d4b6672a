import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from './open-database.ts'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'

const stores = bothStores()

describe.each(stores)('$name', kind => {
  let one: OpenStore
  beforeEach(async () => {
    one = await kind.open()
  })
  afterEach(() => one.close())

  it('runs what writes the ledger one at a time, each at a later time', async () => {
    const seen: string[] = []
    const times: number[] = []
    await Promise.all(
      [1, 2, 3].map(number =>
        one.store.write(async ({ tx, now }) => {
          seen.push(`${number} begins`)
          times.push(now)
          await tx.selectFrom('entries').selectAll().execute()
          seen.push(`${number} ends`)
        }),
      ),
    )
    for (let at = 0; at < seen.length; at += 2) expect(seen[at]?.[0]).toBe(seen[at + 1]?.[0])
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  it('tells what was announced once it is committed, and nothing of what was not', async () => {
    const heard: string[] = []
    one.store.listen('freshness', said => heard.push(said))
    await one.store.write(({ announce }) => announce('freshness', 'news'))
    const failing = one.store.write(async ({ announce }) => {
      await announce('freshness', 'never')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await one.store.write(({ announce }) => announce('freshness', 'more'))
    await vi.waitFor(() => expect(heard.filter(said => said !== '')).toEqual(['news', 'more']))
  })

  it('tells the last write from those before it, and while one is under way does not say that nothing happened', async () => {
    const nothing = async () => {}
    await one.store.write(nothing)
    const first = await one.store.lastWrite()
    expect(await one.store.lastWrite()).toEqual(first)
    await one.store.write(nothing)
    const second = await one.store.lastWrite()
    expect(second.id).not.toBe(first.id)
    expect(second.at).toBeGreaterThanOrEqual(first.at)

    const seen: string[] = []
    let at = 0
    await one.store.write(async ({ now }) => {
      at = now
      for (const _ of [1, 2]) seen.push((await one.store.lastWrite()).id)
    })
    const third = await one.store.lastWrite()
    expect(third.at).toBe(at)
    expect(seen).not.toContain(third.id)
    // Where the store is not asked, it may be committed already.
    expect(new Set(seen).size).toBe(kind.name === 'SQLite' ? 2 : 1)
  })

  it('refuses to change or delete what is append-only', async () => {
    const { database } = one
    const entry = {
      number: 1,
      id: 'x',
      kind: 'setting',
      how: 'lockdesk',
      workspace: '*',
      namespace: '*',
      draft_name: '',
      at_by: 1,
      recorded_at: 1,
      prev: '',
      hash: '',
    } as const
    await database
      .insertInto('entries')
      .values(entry as never)
      .execute()
    await expect(database.updateTable('entries').set({ reason: 'y' }).execute()).rejects.toThrow('append-only')
    await expect(database.deleteFrom('entries').execute()).rejects.toThrow('append-only')
    expect(await database.selectFrom('entries').select('number').execute()).toEqual([{ number: 1 }])
  })

  it('gives a duty, and lets it be given back', async () => {
    const duty = await one.store.tryDuty('sweep a')
    expect(duty?.lost.aborted).toBe(false)
    await duty?.release()
    expect(await one.store.tryDuty('sweep a')).not.toBeNull()
  })
})

describe('a PostgreSQL', () => {
  it('whose clock was set back goes on in time, for whoever comes new as for who was there', async () => {
    const one = await stores[1]?.open()
    if (!one) throw new Error('there is no second store')
    const later = Date.now() + 3_600_000
    await one.database.updateTable('writer').set({ clock: later }).execute()
    const { openStore, close } = await openDatabase(one.url)
    const other = await openStore()
    const times: number[] = []
    for (const store of [one.store, other, one.store, other, other]) {
      times.push(await store.write(async ({ now }) => now))
      const passed = performance.now()
      await vi.waitFor(() => expect(performance.now() - passed).toBeGreaterThan(5), { interval: 1 })
    }
    await close()
    await one.close()
    const [first = 0] = times
    expect(first).toBeGreaterThanOrEqual(later)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(-1)).toBeGreaterThan(first)
  })
  it('on whose channel a stranger speaks goes on telling what is ours', async () => {
    const one = await stores[1]?.open()
    if (!one) throw new Error('there is no second store')
    const heard: string[] = []
    one.store.listen('freshness', said => heard.push(said))
    for (const said of ['hello', '', '{"a":1}', '7', 'null', '["freshness",7]'])
      await sql`select pg_notify('lockdesk', ${said})`.execute(one.database)
    await one.store.announce('freshness', 'news')
    await vi.waitFor(() => expect(heard).toEqual(['news']))
    await one.close()
  })
})
