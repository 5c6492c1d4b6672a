import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { disarm } from '../../fixtures/tampering.ts'
import { sealedLedger, tamperTrials, witnessOf } from '../../fixtures/tamper-trials.ts'
import { chain, genesis } from './chain.ts'
import { checkpointText } from './checkpoint.ts'
import { readCheckpoints } from './read-checkpoints.ts'
import { createSigner } from './signer.ts'
import { verifyChain } from './verify-chain.ts'

const signer = createSigner('a secret of thirty-two characters')

describe.each(bothStores())('a ledger on $name that somebody without the key had in hand', kind => {
  /** How often each kind is tried; both stores run the same code, and one of them is slow. */
  const runs = kind.name === 'SQLite' ? 60 : 10
  let one: OpenStore
  beforeEach(async () => {
    one = await kind.open(() => 1_000_000)
  })
  afterEach(() => one.close())

  it('shows every kind of tampering to a witness, and an untouched one passes', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31)
    const rows = await tamperTrials(one, { runs, seed })
    const told = rows.map(({ kind: what, withWitness }) => `${what}: ${withWitness} of ${runs}`)
    const wanted = rows.map(({ kind: what }) => `${what}: ${what === 'untouched' ? 0 : runs} of ${runs}`)
    expect(told, `seed ${seed}`).toEqual(wanted)
    // By its own signatures it shows all but an end that was cut off together with the checkpoints that knew of it.
    const alone = rows.filter(({ without }) => without < runs).map(({ kind: what }) => what)
    expect(alone, `seed ${seed}`).toEqual(['untouched', 'cut the tail'])
  }, 240_000)

  it('shows that all was written anew and signed by a key of their own, until the secret is changed', async () => {
    const { database, store } = one
    await sealedLedger(one, signer)
    const witness = await witnessOf(database)
    await disarm(database, store.kind)
    const thief = createSigner('another secret of thirty-two characters')
    await rewrite(thief)
    const found = await verifyChain(database, { key: signer })
    expect(found.faults).toEqual([expect.stringMatching(/signed by another key/)])
    expect((await verifyChain(database, { key: thief })).ok).toBe(true)
    expect((await verifyChain(database, { key: thief, witness })).ok).toBe(false)
  })

  it('shows of an end that no checkpoint has seen yet no more than its drafts still know', async () => {
    const { database, store } = one
    await sealedLedger(one, signer)
    await disarm(database, store.kind)
    const newest = (await readCheckpoints(database)).at(-1)?.number ?? 0
    const { entries } = await verifyChain(database)
    await database.deleteFrom('entries').where('number', '>', newest).execute()
    expect((await verifyChain(database, { key: signer })).faults).toEqual([
      `The ledger ends at entry ${newest}, and the state of its drafts comes from entry ${entries}.`,
    ])
    await database.updateTable('drafts').set({ last_number: newest }).execute()
    expect((await verifyChain(database, { key: signer, witness: await witnessOf(database) })).ok).toBe(true)
  })

  /** Changes the first entry, chains all after it anew, and signs all checkpoints by a key that is not ours. */
  async function rewrite(key: ReturnType<typeof createSigner>): Promise<void> {
    const { database } = one
    const old = await database.selectFrom('entries').selectAll().orderBy('number').execute()
    await database.deleteFrom('entries').execute()
    let prev = genesis
    for (const said of old) {
      const entry = chain(prev, said.number === 1 ? { ...said, to_name: 'somebody else' } : said)
      prev = entry.hash
      await database.insertInto('entries').values(entry).execute()
    }
    const checkpoints = await readCheckpoints(database)
    await database.deleteFrom('checkpoints').execute()
    await database.deleteFrom('signing_keys').execute()
    await database
      .insertInto('signing_keys')
      .values({ key_id: key.keyId, public_key: key.publicKey, first_used_at: 1 })
      .execute()
    let previous: string | null = null
    for (const checkpoint of checkpoints) {
      const entry = await database
        .selectFrom('entries')
        .select('hash')
        .where('number', '=', checkpoint.number)
        .executeTakeFirstOrThrow()
      const facts = { ...checkpoint, hash: entry.hash, key_id: key.keyId }
      const signature = key.sign(checkpointText(facts, previous))
      await database
        .insertInto('checkpoints')
        .values({ ...facts, signature })
        .execute()
      previous = signature
    }
  }
})
