import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { nameLife } from './ledger-life.ts'
import { openLedger } from './open-ledger.ts'

const [, postgres] = bothStores()
if (!postgres) throw new Error('there is one store only')

let one: OpenStore
beforeEach(async () => {
  one = await postgres.open()
})
afterEach(() => one.close())

const idOf = async (url: string) => {
  const opened = await openLedger({ url, secret: () => null })
  const { isNewLife, ledger } = opened
  await opened.close()
  return { id: ledger.id, isNewLife }
}

describe('the id of a ledger in PostgreSQL', () => {
  it('stays over restarts and over replicas', async () => {
    const { id } = await idOf(one.url)
    expect(await idOf(one.url)).toEqual({ id, isNewLife: false })
    const both = await Promise.all([idOf(one.url), idOf(one.url)])
    expect(both).toEqual([
      { id, isNewLife: false },
      { id, isNewLife: false },
    ])
  })

  it('is another one where a dump was restored, the same for all replicas there', async () => {
    const { id } = await idOf(one.url)
    const restored = await postgres.open()
    const lives = await one.database.selectFrom('ledger_lives').selectAll().execute()
    await restored.database.updateTable('ledger').set({ ledger_id: id }).execute()
    await restored.database.insertInto('ledger_lives').values(lives).execute()
    const [first, second] = await Promise.all([idOf(restored.url), idOf(restored.url)])
    await restored.close()
    expect(first.id).not.toBe(id)
    expect(second.id).toBe(first.id)
    expect([first.isNewLife, second.isNewLife].filter(Boolean)).toHaveLength(1)
  })

  it('is another one where the server went back to an earlier time', async () => {
    const { ledger } = await openAnd()
    expect(await nameLife(one.store, 'postgres 1 00000002 3 4')).toBe(true)
    const lives = await one.database.selectFrom('ledger_lives').select(['ledger_id', 'why']).orderBy('why').execute()
    expect(lives).toEqual([
      { ledger_id: ledger.id, why: 'created' },
      { ledger_id: expect.not.stringMatching(ledger.id), why: 'restored' },
    ])
  })
})

async function openAnd() {
  const opened = await openLedger({ url: one.url, secret: () => null })
  await opened.close()
  return opened
}
