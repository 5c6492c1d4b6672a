import { afterEach, describe, expect, it } from 'vitest'
import { type Pooler, type PoolerOptions, startPooler } from '../../fixtures/pooler.ts'
import { bothStores } from '../../fixtures/stores.ts'
import { openDatabase } from './open-database.ts'

const [, postgres] = bothStores()
const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

async function behind(options: PoolerOptions): Promise<Pooler> {
  const one = await postgres?.open()
  if (!one) throw new Error('there is no second store')
  endings.push(one.close)
  const pooler = await startPooler(one.url, options)
  endings.push(pooler.close)
  return pooler
}

describe('a pooler before the PostgreSQL', () => {
  it.each<PoolerOptions>([
    { mode: 'transaction', next: 'last' },
    { mode: 'transaction', next: 'first' },
    { mode: 'transaction', next: 'first', atFirst: 3 },
    { mode: 'transaction', next: 'last', atFirst: 5 },
    { mode: 'transaction', most: 1 },
    { mode: 'transaction', next: 'first', most: 2, atFirst: 2 },
    { mode: 'statement', next: 'last' },
    { mode: 'statement', next: 'first', atFirst: 3 },
  ])('that lends connections for less than a session is refused by name: %j', async options => {
    const { url } = await behind(options)
    const opening = openDatabase(url)
    await expect(opening).rejects.toThrow(/LOCKDESK_DATABASE_URL: a pooler in (transaction|statement) mode/)
    await expect(opening).rejects.toThrow('pool_mode = session')
  })

  it('is welcome where every client has a connection of its own', async () => {
    const { url } = await behind({ mode: 'session' })
    const { database, openStore, close } = await openDatabase(url)
    endings.push(close)
    const store = await openStore()
    expect(await store.write(({ tx }) => tx.selectFrom('ledger').selectAll().execute())).toHaveLength(1)
    expect(await database.selectFrom('entries').selectAll().execute()).toEqual([])
  })

  it('that gives too few connections is told in words', async () => {
    const { url } = await behind({ mode: 'session', most: 2 })
    await expect(openDatabase(url)).rejects.toThrow(/LOCKDESK_DATABASE_URL: .* connections/)
  }, 15_000)
})
