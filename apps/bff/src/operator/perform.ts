import type { Me } from '@lockdesk/contract'
import { sql } from 'kysely'
import { type Passwords, oneTimePassword } from '../access/passwords.ts'
import { EmailTaken, addPerson, listPeople } from '../access/people.ts'
import { BackupFault } from '../database/backup-fault.ts'
import type { Database } from '../database/schema.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { parseWitness, WitnessFault } from '../ledger/checkpoint.ts'
import type { Command } from './command.ts'
import { tellCheck } from './tell-check.ts'

export interface OperatorRooms {
  mode: Me['mode']
  database: Database
  ledger: Ledger
  passwords: Passwords
  now: () => number
  /** Where the store is a file: copies it into a new one. */
  backupTo?(path: string): Promise<void>
}

/** What to print, and whether all is well. */
export interface Performed {
  lines: string[]
  isWell: boolean
}

/** Does it with the rooms of a process. `store` comes from the process itself, and not by the wire. */
export type Perform = (command: Command | { kind: 'store' }) => Promise<Performed>

/** Does what an operator asked for, in the process that owns the store. */
export async function perform(rooms: OperatorRooms, command: Parameters<Perform>[0]): Promise<Performed> {
  switch (command.kind) {
    case 'store':
      return tellStore(rooms)
    case 'person-add':
      return add(rooms, command)
    case 'person-list':
      return list(rooms)
    case 'verify':
      return verify(rooms, command.witness)
    case 'backup':
      return backUp(rooms, command.path)
  }
}

/** The one line is the path of the file, as the database itself has it. */
async function tellStore({ database }: OperatorRooms): Promise<Performed> {
  const { rows } = await sql<{ name: string; file: string }>`pragma database_list`.execute(database)
  return { lines: rows.filter(({ name }) => name === 'main').map(({ file }) => file), isWell: true }
}

async function add(
  rooms: OperatorRooms,
  { email, name, role }: Extract<Command, { kind: 'person-add' }>,
): Promise<Performed> {
  if (rooms.mode === 'demo')
    return {
      lines: [
        'This is the demo, which has its own three people. Set LOCKDESK_WORKSPACE, or LOCKDESK_CONFIG, as for live mode: then the person is added there.',
      ],
      isWell: false,
    }
  const password = oneTimePassword()
  const passwordHash = await rooms.passwords.hash(password)
  try {
    await addPerson(rooms, { email, name, role, passwordHash, mustChangePassword: true }, null)
  } catch (error) {
    if (!(error instanceof EmailTaken)) throw error
    return { lines: [error.message], isWell: false }
  }
  return {
    lines: [
      `${name} can sign in as ${email}, ${role} in every namespace.`,
      `One-time password: ${password}`,
      'It is shown this once, and must be changed at the first sign-in.',
    ],
    isWell: true,
  }
}

async function list({ database }: OperatorRooms): Promise<Performed> {
  const people = await listPeople(database, 'local')
  if (people.length === 0) return { lines: ['Nobody has an account yet.'], isWell: true }
  const lines = people.map(({ email, name, roles, mustChangePassword }) => {
    const rights = roles.map(({ role, workspace, namespace }) => `${role} of ${workspace}/${namespace}`).join(', ')
    return `${email}  ${name}  ${rights || 'no role'}${mustChangePassword ? '  (one-time password not changed yet)' : ''}`
  })
  return { lines, isWell: true }
}

async function verify({ ledger }: OperatorRooms, witness: string | undefined): Promise<Performed> {
  try {
    return tellCheck(
      await ledger.verify(witness === undefined ? undefined : parseWitness(witness)),
      witness !== undefined,
    )
  } catch (error) {
    if (!(error instanceof WitnessFault)) throw error
    return { lines: [`${error.message}.`], isWell: false }
  }
}

/** The one line is where it was copied to. */
async function backUp({ backupTo }: OperatorRooms, path: string): Promise<Performed> {
  if (!backupTo) return { lines: ['The store is not a file: back it up as PostgreSQL is.'], isWell: false }
  try {
    await backupTo(path)
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error
    return { lines: [error.message], isWell: false }
  }
  return { lines: [path], isWell: true }
}
