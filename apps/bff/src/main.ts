import { join } from 'node:path'
import pino from 'pino'
import { demoPeople } from './access/demo-people.ts'
import { findNobody } from './access/find-nobody.ts'
import { compose } from './compose.ts'
import {
  type Arguments,
  ConfigFault,
  modeOf,
  readArguments,
  readConfig,
  readDatabaseUrl,
  readSecret,
} from './config/index.ts'
import { DatabaseFault } from './database/database-fault.ts'
import { CannotListen } from './http/serve.ts'
import { CommandFault, parseCommand } from './operator/command.ts'
import { runCommand } from './operator/run-command.ts'

/** The page's place is the same from the source and from the bundle. */
const pageFolder = join(import.meta.dirname, '..', '..', 'web', 'dist')

/** What somebody who starts Lockdesk can mend: a sentence is enough, a stack would hide it. */
const mendable = [ConfigFault, DatabaseFault, CannotListen, CommandFault]

const longestFirstLookMs = 10_000

try {
  const { own, rest } = readArguments(process.argv.slice(2))
  if (rest.length > 0) await operate(rest, own)
  else await serve(own)
} catch (error) {
  console.error(mendable.some(kind => error instanceof kind) ? (error as Error).message : error)
  process.exit(1)
}

async function operate(words: readonly string[], own: Arguments): Promise<void> {
  const command = parseCommand(words)
  const { mode } = modeOf(process.env)
  const databaseUrl = readDatabaseUrl(process.env, own)
  const secret = readSecret(process.env)
  // npm runs its scripts in the project's folder, and tells where it was called.
  const folder = process.env['INIT_CWD'] ?? process.cwd()
  const { lines, isWell } = await runCommand(command, { mode, databaseUrl, secret, folder, now: Date.now })
  for (const line of lines) console[isWell ? 'log' : 'error'](line)
  process.exitCode = isWell ? 0 : 1
}

async function serve(own: Arguments): Promise<void> {
  const { mode, sentence } = modeOf(process.env)
  console.log(sentence)
  const config = readConfig(process.env, own, await findNobody(process.env, own))
  const log = pino({ level: mode === 'demo' ? 'warn' : 'info', base: null })
  const lockdesk = await compose(config, { log, pageFolder })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      lockdesk.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ err: error }, 'Lockdesk could not be closed in order')
          process.exit(1)
        },
      )
    })
  // The demo opens with a board, not with an empty page: its cloud is a moment away. A real one is never waited for.
  if (mode === 'demo') await lockdesk.firstLook(longestFirstLookMs)
  try {
    await lockdesk.listen(config.port, config.host)
  } catch (error) {
    await lockdesk.close()
    throw error
  }
  console.log(mode === 'demo' ? demoGreeting(config.publicUrl, own.demoCloud) : `Open ${config.publicUrl}`)
}

function demoGreeting(url: string, cloud: string | undefined): string {
  const people = demoPeople.map(({ name, role }) => `${name} (${role})`).join(', ')
  const control = `${cloud ?? 'http://127.0.0.1:4181'}/_emulator/faults`
  const post = (fault: object) =>
    `curl -X POST ${control} -H 'content-type: application/json' -d '${JSON.stringify(fault)}'`
  return `
  Open ${url}
  Sign in with one of three buttons, no password: ${people}.

  The cloud is emulated, colleagues included. To see what Lockdesk does when it is
    slow:        ${post({ kind: 'latency', ms: 3000 })}
    gone:        ${post({ kind: 'error', status: 503 })}
    well again:  curl -X DELETE ${control}
`
}
