import { readFile } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { createPasswords } from '../access/passwords.ts'
import { findSecret } from '../config/index.ts'
import { WitnessFault, parseWitness } from '../ledger/checkpoint.ts'
import { openLedger } from '../ledger/open-ledger.ts'
import { createSigner } from '../ledger/signer.ts'
import { verifyChain } from '../ledger/verify-chain.ts'
import { verifyExport } from '../ledger/verify-export.ts'
import { askRunning } from './ask-running.ts'
import { type Command, CommandFault, type Words } from './command.ts'
import { storeFileOf } from './control-file.ts'
import { copyLedger } from './copy-ledger.ts'
import { type OperatorRooms, type Performed, perform } from './perform.ts'
import { tellExportCheck } from './tell-check.ts'

export interface OperatorFacts extends Pick<OperatorRooms, 'mode' | 'now'> {
  databaseUrl: string
  /** The secret that is configured; where none is, the one beside the store counts. */
  secret?: string | null
  /** From where files on the command line are named; the process's own folder where it is absent. */
  folder?: string
}

/**
 * Does what an operator asked for, whether Lockdesk runs or not.
 * @throws CommandFault a file that is named cannot be read
 * @throws DatabaseFault also where a process has the file that could not be asked
 */
export async function runCommand(words: Words, facts: OperatorFacts): Promise<Performed> {
  const at = (path: string) => resolve(facts.folder ?? '.', path)
  if (words.kind === 'copy') {
    const placed = (url: string) => url.replace(/^sqlite:(.+)$/s, (_, path: string) => `sqlite:${at(path)}`)
    const from = words.from === undefined ? facts.databaseUrl : placed(words.from)
    return copyLedger({ from, to: placed(words.to), secretOf: url => secretFor(url, facts), now: facts.now })
  }
  if (words.kind === 'verify-file') return verifyFile(at(words.file), await readWitness(words.witnessFile, at))
  if (words.kind !== 'verify') return askOrDo(words, facts)
  const witness = await readWitness(words.witnessFile, at)
  return askOrDo({ kind: 'verify', ...(witness !== undefined && { witness }) }, facts)
}

/** The running process owns the store, so it is asked; where none runs, the store is opened here. */
async function askOrDo(command: Command, facts: OperatorFacts): Promise<Performed> {
  const { mode, databaseUrl, now } = facts
  const file = storeFileOf(databaseUrl)
  const answer = file === null ? null : await askRunning(file, command)
  if (answer) return answer
  const secret = () => secretFor(databaseUrl, facts)
  // Whoever only checks signs nothing: it might not be as it was written.
  const opened = await openLedger({
    url: databaseUrl,
    wall: now,
    secret: command.kind === 'verify' ? () => null : secret,
  })
  const { database, backupTo, store } = opened
  try {
    const given = command.kind === 'verify' ? secret() : null
    const key = given === null ? {} : { key: createSigner(given) }
    const ledger =
      command.kind === 'verify'
        ? { ...opened.ledger, verify: (witness = []) => verifyChain(database, { ...key, witness }) }
        : opened.ledger
    const done = await perform(
      { mode, database, ledger, passwords: createPasswords(), now: store.now, ...(backupTo && { backupTo }) },
      command,
    )
    if (command.kind !== 'verify' || given !== null) return done
    return { ...done, lines: [...done.lines.slice(0, -1), unknownSecret, ...done.lines.slice(-1)] }
  } finally {
    await opened.close()
  }
}

const unknownSecret =
  'LOCKDESK_SECRET is not known here, so signatures were checked by the keys that the ledger itself keeps: set it to have them checked by yours.'

/** Kept beside a file; beside a server it must be configured. */
function secretFor(url: string, { secret = null }: OperatorFacts): string | null {
  const file = storeFileOf(url)
  return findSecret(secret, file === null ? null : dirname(file))
}

async function readWitness(file: string | undefined, at: (path: string) => string): Promise<string | undefined> {
  return file === undefined
    ? undefined
    : readFile(at(file), 'utf8').catch((error: unknown) => cannotRead(at(file), error))
}

async function verifyFile(file: string, witness: string | undefined): Promise<Performed> {
  try {
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity })
    const known = witness === undefined ? [] : parseWitness(witness)
    const check = await verifyExport(lines, known).catch((error: unknown) => cannotRead(file, error))
    return tellExportCheck(check, witness !== undefined)
  } catch (error) {
    if (!(error instanceof WitnessFault)) throw error
    return { lines: [`${error.message}.`], isWell: false }
  }
}

function cannotRead(file: string, error: unknown): never {
  throw new CommandFault(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`)
}
