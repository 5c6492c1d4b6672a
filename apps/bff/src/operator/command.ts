import { Role } from '@lockdesk/contract'
import { parseArgs } from 'node:util'
import { z } from 'zod'

/** What an operator can ask for, as it also travels to the process that owns the store. */
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
  z.object({ kind: z.literal('verify') }),
])
export type Command = z.infer<typeof Command>

export const usage = `Usage:
  person add EMAIL --name NAME --role viewer|editor|admin   adds a person and prints a one-time password
  person list                                               lists the people
  verify                                                    walks the whole ledger and says whether it fits together`

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
export function parseCommand(args: readonly string[]): Command {
  const { positionals, values } = split(args)
  const [noun, verb, email, ...rest] = positionals
  if (noun === 'verify' && verb === undefined) return { kind: 'verify' }
  if (noun === 'person' && verb === 'list' && email === undefined) return { kind: 'person-list' }
  if (noun !== 'person' || verb !== 'add' || email === undefined || rest.length > 0) throw new CommandFault(usage)
  const { name, role } = values
  if (name === undefined || role === undefined)
    throw new CommandFault(`${name === undefined ? '--name' : '--role'} is missing.\n${usage}`)
  const parsed = Command.safeParse({ kind: 'person-add', email, name, role })
  if (!parsed.success)
    throw new CommandFault(`${parsed.error.issues.map(issue => issue.message).join('; ')}.\n${usage}`)
  return parsed.data
}

function split(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { name: { type: 'string' }, role: { type: 'string' } },
    })
  } catch (error) {
    throw new CommandFault(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}
