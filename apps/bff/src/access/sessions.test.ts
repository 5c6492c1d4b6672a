import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenedDatabase, openDatabase } from '../database/open-database.ts'
import { ensureDemoPeople } from './demo-people.ts'
import { type Sessions, createSessions, sessionIdOf } from './sessions.ts'

const hour = 60 * 60_000
let opened: OpenedDatabase
let time: number
let sessions: Sessions
const now = () => time

beforeEach(async () => {
  time = Date.UTC(2026, 10, 25, 8)
  opened = await openDatabase('sqlite::memory:', now)
  await ensureDemoPeople(opened.database, now)
  sessions = createSessions({ database: opened.database, now, origin: 'demo' })
})
afterEach(() => opened.close())

const stored = () => opened.database.selectFrom('sessions').selectAll().execute()

describe('a session', () => {
  it('says who its person is, with the rights in force', async () => {
    const token = await sessions.open('bo')
    expect(await sessions.caller(token)).toEqual({
      person: { id: 'bo', name: 'Bo Chen' },
      email: null,
      sessionId: sessionIdOf(token),
      bindings: [{ workspace: '*', namespace: '*', role: 'editor' }],
      mustChangePassword: false,
    })
  })

  it('is stored as the hash of a token of 256 bits, and the token nowhere', async () => {
    const token = await sessions.open('bo')
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(await stored())).not.toContain(token)
    expect((await stored())[0]?.token_hash).toBe(sessionIdOf(token))
  })

  it('is not opened by its own id, nor by a guess', async () => {
    const token = await sessions.open('bo')
    expect(await sessions.caller(sessionIdOf(token))).toBeNull()
    expect(await sessions.caller('')).toBeNull()
  })

  it('ends twelve hours after it was used last', async () => {
    const token = await sessions.open('bo')
    time += 11 * hour
    expect(await sessions.caller(token)).not.toBeNull()
    time += 11 * hour
    expect(await sessions.caller(token)).not.toBeNull()
    time += 12 * hour
    expect(await sessions.caller(token)).toBeNull()
  })

  it('ends seven days after signing in, however busy it was', async () => {
    const token = await sessions.open('bo')
    for (let n = 0; n < 7 * 24 - 1; n++) {
      time += hour
      expect(await sessions.caller(token)).not.toBeNull()
    }
    time += hour
    expect(await sessions.caller(token)).toBeNull()
  })

  it('is not written again by each request', async () => {
    const token = await sessions.open('bo')
    const before = await stored()
    time += 14 * 60_000
    await sessions.caller(token)
    expect(await stored()).toEqual(before)
    time += 60_000
    await sessions.caller(token)
    expect(await stored()).not.toEqual(before)
  })

  it('is not used by what it holds open', async () => {
    const token = await sessions.open('bo')
    time += 11 * hour
    expect(await sessions.callerOf(sessionIdOf(token))).toMatchObject({ person: { id: 'bo' } })
    time += hour
    expect(await sessions.callerOf(sessionIdOf(token))).toBeNull()
  })

  it('of the demo opens nothing in live mode', async () => {
    const token = await sessions.open('ada')
    const live = createSessions({ database: opened.database, now, origin: 'local' })
    expect(await live.caller(token)).toBeNull()
  })

  it('has the rights that the person has now, not those of the sign-in', async () => {
    const token = await sessions.open('bo')
    await opened.database.updateTable('bindings').set({ role: 'viewer' }).where('person_id', '=', 'bo').execute()
    expect((await sessions.caller(token))?.bindings).toMatchObject([{ role: 'viewer' }])
  })
})

describe('the end of a session', () => {
  it('is told to whoever holds something open for it', async () => {
    const ended: string[] = []
    const stop = sessions.onEnded(id => ended.push(id))
    const [one, two, other] = [await sessions.open('bo'), await sessions.open('bo'), await sessions.open('vi')]
    await sessions.end(sessionIdOf(one))
    expect(ended).toEqual([sessionIdOf(one)])
    await sessions.endAllOf('bo')
    expect(ended).toEqual([sessionIdOf(one), sessionIdOf(two)])
    expect(await sessions.caller(other)).not.toBeNull()
    stop()
    await sessions.endAllOf('vi')
    expect(ended).toHaveLength(2)
  })

  it('is told when it runs out, and the row goes', async () => {
    const ended: string[] = []
    sessions.onEnded(id => ended.push(id))
    const token = await sessions.open('bo')
    time += 12 * hour
    await sessions.open('vi')
    await sessions.endExpired()
    expect(ended).toEqual([sessionIdOf(token)])
    expect(await stored()).toHaveLength(1)
  })
})
