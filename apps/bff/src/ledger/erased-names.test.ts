import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { sealedLedger } from '../../fixtures/tamper-trials.ts'
import { presentEvents } from './present-event.ts'
import { createSigner } from './signer.ts'

const signer = createSigner('a secret of thirty-two characters')

describe.each(bothStores())('a person whose account was erased on $name', kind => {
  let one: OpenStore
  beforeEach(async () => {
    one = await kind.open(() => 1_000_000)
  })
  afterEach(() => one.close())

  it('goes by the id in all that was written, and the ledger is as whole as before', async () => {
    const { database } = one
    const { ledger, sealer } = await sealedLedger(one, signer)
    const lin = { id: 'person-7', name: 'Lin Wei', email: 'lin@example.com', origin: 'local' as const, created_at: 1 }
    await database.insertInto('people').values(lin).execute()
    const entry = await ledger.recordSetting('person-7 was added as admin of */*', lin.id)
    await sealer.sealOld(true)
    const actor = async () => (await presentEvents([entry], ledger, { isService: () => false }))[0]?.actor
    expect(await actor()).toEqual({ id: 'person-7', name: 'Lin Wei' })
    const before = await ledger.verify()

    await database.deleteFrom('people').where('id', '=', lin.id).execute()
    expect(await actor()).toEqual({ id: 'person-7', name: 'person-7' })
    expect(await ledger.verify()).toEqual(before)
    expect(before).toMatchObject({ ok: true, unsealed: 0 })
    const left = await database.selectFrom('entries').selectAll().execute()
    expect(JSON.stringify(left)).not.toMatch(/Lin Wei|lin@example/)
  })
})
