import { parseArgs } from 'node:util'
import { ConfigFault } from './config-fault.ts'

/** What stands on the command line beside an operator's command. */
export interface Arguments {
  /** Origin of the emulated cloud. */
  demoCloud?: string
  /** Where the data lies where no other place is configured. */
  dataFolder?: string
}

/**
 * Takes Lockdesk's own options out of the command line; every other word is left in `rest`, in its order.
 * @param words those after the program's name
 * @throws ConfigFault an option of ours has no value
 */
export function readArguments(words: readonly string[]): { own: Arguments; rest: string[] } {
  const { tokens } = parseArgs({
    args: [...words],
    options: { 'demo-cloud': { type: 'string' }, 'data-folder': { type: 'string' } },
    strict: false,
    tokens: true,
  })
  const own: Arguments = {}
  const taken = new Set<number>()
  for (const token of tokens) {
    if (token.kind === 'option-terminator') break
    if (token.kind !== 'option' || (token.name !== 'demo-cloud' && token.name !== 'data-folder')) continue
    if (!token.value)
      throw new ConfigFault([{ setting: token.rawName, message: 'needs a value.', example: `${token.rawName} VALUE` }])
    own[token.name === 'demo-cloud' ? 'demoCloud' : 'dataFolder'] = token.value
    taken.add(token.index)
    if (!token.inlineValue) taken.add(token.index + 1)
  }
  return { own, rest: words.filter((_, index) => !taken.has(index)) }
}
