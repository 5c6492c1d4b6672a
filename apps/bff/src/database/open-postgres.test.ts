import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Postgres, startPostgres } from '@lockdesk/throwaway-postgres'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseFault } from './database-fault.ts'
import { openDatabase } from './open-database.ts'

const password = 'a-Password-of-tests'
let folder: string
let server: Postgres
const endings: (() => Promise<unknown>)[] = []

/** The server asks everybody but its own `postgres` for a password. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockdesk-open-postgres-'))
  chmodSync(folder, 0o755) // PostgreSQL may run as another user
  const rules = join(folder, 'hba.conf')
  writeFileSync(
    rules,
    'host all postgres 127.0.0.1/32 trust\nhost all nobody_here 127.0.0.1/32 reject\nhost all all 127.0.0.1/32 scram-sha-256\n',
  )
  server = await startPostgres({ folder: join(folder, 'data'), isDurable: false, settings: { hba_file: rules } })
  await atServer(`create role lockdesk login password '${password}'`)
  await atServer('create database closed template template0')
  await atServer('revoke all on schema public from public', 'closed')
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

async function atServer(statement: string, database = 'postgres'): Promise<void> {
  const client = new pg.Client({ connectionString: at({ database }) })
  await client.connect()
  await client.query(statement)
  await client.end()
}

function at({ user = 'postgres', database = 'postgres', port = server.port, host = '127.0.0.1', word = password }) {
  return `postgres://${user}:${word}@${host}:${port}/${database}`
}

async function emptyDatabase(name: string): Promise<string> {
  await atServer(`create database ${name} template template0`)
  return at({ database: name })
}

/** A port of somebody who takes everybody in and says nothing. */
async function silentPort(): Promise<number> {
  const silent = createServer(socket => void endings.push(async () => socket.destroy())).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  endings.push(async () => silent.close())
  const address = silent.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('a PostgreSQL that cannot be used', () => {
  it.each<[string, () => string | Promise<string>, RegExp]>([
    [
      'a wrong password',
      () => at({ user: 'lockdesk', word: `${password}-not` }),
      /the password, or the user, is wrong/,
    ],
    ['an unknown user', () => at({ user: 'who' }), /the password, or the user, is wrong/],
    ['a user who is kept out', () => at({ user: 'nobody_here' }), /may not sign in/],
    ['no such database', () => at({ database: 'nowhere' }), /there is no such database/],
    ['no right to make tables', () => at({ user: 'lockdesk', database: 'closed' }), /no right to make tables/],
    ['no right in its schema', () => at({ user: 'lockdesk' }), /no right to make tables/],
    ['nobody on the port', async () => at({ port: 1 }), /nothing listens there/],
    ['no such host', () => at({ host: 'nowhere.invalid' }), /no such host is known|cannot be looked up/],
    ['somebody who says nothing', async () => at({ port: await silentPort() }), /does not answer/],
    [
      'a password with a sign that cuts it in two',
      () => `postgres://lockdesk:1234#${password}@127.0.0.1/x`,
      /cannot be used/,
    ],
  ])(
    'is told in one sentence with the setting and without the password: %s',
    async (_, url, why) => {
      const fault: unknown = await openDatabase(await url()).catch((error: unknown) => error)
      expect(fault).toBeInstanceOf(DatabaseFault)
      const { message } = fault as DatabaseFault
      expect(message).toMatch(/^LOCKDESK_DATABASE_URL: /)
      expect(message).toMatch(why)
      expect(message).not.toContain(password)
      expect(message).not.toContain('1234')
    },
    15_000,
  )
})

describe('replicas that begin at once', () => {
  it('on an empty database make one ledger', async () => {
    const url = await emptyDatabase('race')
    const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(url)))
    endings.push(...opened.map(({ close }) => close))
    const ledgers = await Promise.all(
      opened.map(({ database }) => database.selectFrom('ledger').select('ledger_id').execute()),
    )
    expect(new Set(ledgers.flat().map(({ ledger_id }) => ledger_id)).size).toBe(1)
    expect(ledgers.flat()).toHaveLength(4)
  })

  it('leave alone what a newer version has written', async () => {
    const url = await emptyDatabase('newer')
    const first = await openDatabase(url)
    endings.push(first.close)
    await atServer(`insert into kysely_migration values ('9999-tomorrow', 'then')`, 'newer')
    const fault: unknown = await openDatabase(url).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(DatabaseFault)
    expect((fault as Error).message).toMatch(/LOCKDESK_DATABASE_URL.*newer version of Lockdesk.*9999-tomorrow/)
    expect(await first.database.selectFrom('ledger').selectAll().execute()).toHaveLength(1)
  })
})
