import { parseArgs } from 'node:util'
import { Role } from '@lockdesk/contract'
import { z } from 'zod'

/** What an operator can ask of the process that owns the store, as it also travels to it. */
export const Command = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person-add'),
    email: z.email({ error: 'the e-mail address is none' }).max(254, { error: 'the e-mail address is too long' }),
    name: z
      .string()
      .trim()
      .min(1, { error: 'the name is empty' })
      .max(100, { error: 'the name is longer than 100 characters' }),
    role: z.enum(Role.options, { error: 'the role must be viewer, editor or admin' }),
  }),
  z.object({ kind: z.literal('person-list') }),
  /** `witness`: lines of checkpoints that the operator kept. */
  z.object({ kind: z.literal('verify'), witness: z.string().optional() }),
  /** A copy of the store as it is at one moment, into a new file. */
  z.object({ kind: z.literal('backup'), path: z.string().min(1) }),
])
export type Command = z.infer<typeof Command>

/** What stands on the command line: some of it is done without the store that is configured. */
export type Words =
  | Exclude<Command, { kind: 'verify' | 'backup' }>
  | { kind: 'verify'; witnessFile?: string }
  | { kind: 'verify-file'; file: string; witnessFile?: string }
  | { kind: 'copy'; from?: string; to: string }

export const usage = `Usage:
  person add EMAIL --name NAME --role viewer|editor|admin   adds a person and prints a one-time password
  person list                                               lists the people
  verify [--witness FILE]                                   walks the whole ledger and says whether it fits together,
                                                            and with the checkpoints that were kept in FILE
  verify FILE.jsonl [--witness FILE]                        the same of an exported file
  copy [--from sqlite:PATH] --to postgres://…               copies a ledger into an empty PostgreSQL, and verifies it
  copy [--from sqlite:PATH] --to sqlite:PATH                a backup, while Lockdesk runs`

/** The words on the command line are no command: a sentence that says what is wrong. */
export class CommandFault extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'CommandFault'
  }
}

/**
 * @param args the words after the program's name, without the options that are not the command's own
 * @throws CommandFault
 */
export function parseCommand(args: readonly string[]): Words {
  const { positionals, values } = split(args)
  const [noun, ...rest] = positionals
  const options = Object.keys(values)
  const unfit = options.find(option => !(optionsOf[noun ?? ''] ?? []).includes(option))
  if (unfit !== undefined && noun !== undefined && Object.hasOwn(optionsOf, noun))
    throw new CommandFault(`--${unfit} is no option of ${noun}.\n${usage}`)
  if (noun === 'verify') return parseVerify(rest, values)
  if (noun === 'copy') return parseCopy(rest, values)
  if (noun === 'person') return parsePerson(rest, values)
  throw new CommandFault(usage)
}

const optionsOf: Record<string, readonly string[]> = {
  person: ['name', 'role'],
  verify: ['witness'],
  copy: ['from', 'to'],
}

type Values = ReturnType<typeof split>['values']

function parseVerify([file, ...rest]: string[], { witness }: Values): Words {
  if (rest.length > 0) throw new CommandFault(usage)
  const beside = witness === undefined ? {} : { witnessFile: witness }
  return file === undefined ? { kind: 'verify', ...beside } : { kind: 'verify-file', file, ...beside }
}

function parseCopy(rest: string[], { from, to }: Values): Words {
  if (rest.length > 0) throw new CommandFault(usage)
  if (to === undefined) throw new CommandFault(`--to is missing.\n${usage}`)
  for (const url of [from, to])
    if (url !== undefined && !/^(sqlite:(?!:memory:$).+|postgres(ql)?:\/\/.+)$/s.test(url))
      throw new CommandFault(`--${url === to ? 'to' : 'from'} must be sqlite:PATH or postgres://….\n${usage}`)
  return { kind: 'copy', to, ...(from !== undefined && { from }) }
}

function parsePerson([verb, email, ...rest]: string[], { name, role }: Values): Words {
  if (verb === 'list' && email === undefined) return { kind: 'person-list' }
  if (verb !== 'add' || email === undefined || rest.length > 0) throw new CommandFault(usage)
  if (name === undefined || role === undefined)
    throw new CommandFault(`${name === undefined ? '--name' : '--role'} is missing.\n${usage}`)
  const parsed = Command.options[0].safeParse({ kind: 'person-add', email, name, role })
  if (parsed.success) return parsed.data
  throw new CommandFault(`${parsed.error.issues.map(issue => issue.message).join('; ')}.\n${usage}`)
}

function split(args: readonly string[]) {
  const type = 'string' as const
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { name: { type }, role: { type }, witness: { type }, from: { type }, to: { type } },
    })
  } catch (error) {
    throw new CommandFault(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}
