import { randomBytes } from 'node:crypto'
import type { Binding, Person, Role } from '@lockdesk/contract'
import type { Database } from '../database/schema.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** `demo` people exist for the emulated cloud alone, `local` ones for the real one; neither is known to the other mode. */
export type Origin = 'demo' | 'local'

export interface Account {
  person: Person
  email: string
  passwordHash: string
}

export interface NewPerson {
  email: string
  name: string
  role: Role
  passwordHash: string
  mustChangePassword: boolean
}

export interface ListedPerson extends Person {
  email: string | null
  roles: Binding[]
  mustChangePassword: boolean
}

/** Somebody with this e-mail address is there already. */
export class EmailTaken extends Error {
  constructor() {
    super('Somebody with this e-mail address has an account already.')
    this.name = 'EmailTaken'
  }
}

/** Somebody can sign in already, so nobody becomes the first. */
export class SomebodyIsThere extends Error {
  constructor() {
    super('Somebody has an account already.')
    this.name = 'SomebodyIsThere'
  }
}

/** As addresses are stored and compared. */
export function plainEmail(email: string): string {
  return email.trim().toLowerCase()
}

export async function findAccount(database: Database, email: string): Promise<Account | null> {
  const row = await database
    .selectFrom('people')
    .innerJoin('passwords', 'passwords.person_id', 'people.id')
    .select(['people.id', 'people.name', 'people.email', 'passwords.hash'])
    .where('people.email', '=', plainEmail(email))
    .where('people.origin', '=', 'local')
    .executeTakeFirst()
  if (!row?.email) return null
  return { person: { id: row.id, name: row.name }, email: row.email, passwordHash: row.hash }
}

/** How many can sign in with a password. */
export async function countAccounts(database: Database): Promise<number> {
  const { n } = await database
    .selectFrom('people')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('origin', '=', 'local')
    .executeTakeFirstOrThrow()
  return Number(n)
}

/**
 * Adds a person with one role in everything. The ledger tells of it by id alone, in the same transaction: that somebody was given a right is never
 * missing there, and never told of somebody who is not.
 * @param onlyFirst adds nobody where somebody can sign in already
 * @throws EmailTaken, SomebodyIsThere
 */
export async function addPerson(
  { ledger }: { ledger: Pick<Ledger, 'recordSetting'> },
  { email, name, role, passwordHash, mustChangePassword }: NewPerson,
  actorId: string | null,
  { onlyFirst = false } = {},
): Promise<Person> {
  const address = plainEmail(email)
  const person = { id: `p${randomBytes(9).toString('hex')}`, name }
  await ledger.recordSetting(`person ${person.id} was added as ${role} of */*`, actorId, async (tx, at) => {
    if (onlyFirst && (await countAccounts(tx)) > 0) throw new SomebodyIsThere()
    const other = await tx.selectFrom('people').select('id').where('email', '=', address).executeTakeFirst()
    if (other) throw new EmailTaken()
    await tx
      .insertInto('people')
      .values({ ...person, email: address, origin: 'local', created_at: at })
      .execute()
    await tx
      .insertInto('passwords')
      .values({ person_id: person.id, hash: passwordHash, must_change: mustChangePassword ? 1 : 0, changed_at: at })
      .execute()
    await tx.insertInto('bindings').values({ person_id: person.id, workspace: '*', namespace: '*', role }).execute()
  })
  return person
}

export async function listPeople(database: Database, origin: Origin): Promise<ListedPerson[]> {
  const rows = await database
    .selectFrom('people')
    .leftJoin('passwords', 'passwords.person_id', 'people.id')
    .leftJoin('bindings', 'bindings.person_id', 'people.id')
    .select(['people.id', 'people.name', 'people.email', 'passwords.must_change'])
    .select(['bindings.workspace', 'bindings.namespace', 'bindings.role'])
    .where('people.origin', '=', origin)
    .orderBy('people.created_at')
    .orderBy('people.id')
    .execute()
  const people = new Map<string, ListedPerson>()
  for (const { id, name, email, must_change, workspace, namespace, role } of rows) {
    const person = people.get(id) ?? { id, name, email, roles: [], mustChangePassword: must_change === 1 }
    people.set(id, person)
    if (workspace !== null && namespace !== null && role !== null) person.roles.push({ workspace, namespace, role })
  }
  return [...people.values()]
}
