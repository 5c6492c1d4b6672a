import { describe, expect, it } from 'vitest'
import { CommandFault, parseCommand } from './command.ts'

describe('an operator’s command', () => {
  it('is read from the words of the command line', () => {
    expect(parseCommand(['person', 'add', 'lin@example.com', '--name', 'Lin Wei', '--role', 'editor'])).toEqual({
      kind: 'person-add',
      email: 'lin@example.com',
      name: 'Lin Wei',
      role: 'editor',
    })
    expect(parseCommand(['person', 'list'])).toEqual({ kind: 'person-list' })
    expect(parseCommand(['verify'])).toEqual({ kind: 'verify' })
    expect(parseCommand(['verify', '--witness', 'w'])).toEqual({ kind: 'verify', witnessFile: 'w' })
    expect(parseCommand(['verify', 'x.jsonl', '--witness=w'])).toEqual({
      kind: 'verify-file',
      file: 'x.jsonl',
      witnessFile: 'w',
    })
    const to = 'postgres://lockdesk@db.example/lockdesk'
    expect(parseCommand(['copy', '--to', to])).toEqual({ kind: 'copy', to })
    expect(parseCommand(['copy', '--from', 'sqlite:a', '--to', 'sqlite:b'])).toEqual({
      kind: 'copy',
      from: 'sqlite:a',
      to: 'sqlite:b',
    })
  })

  it.each([
    [['person', 'add', 'lin@example.com', '--name', 'Lin'], '--role is missing'],
    [['person', 'add', 'lin@example.com', '--role', 'editor'], '--name is missing'],
    [['person', 'add', 'lin', '--name', 'Lin', '--role', 'editor'], 'e-mail address is none'],
    [['person', 'add', 'lin@example.com', '--name', ' ', '--role', 'editor'], 'the name is empty'],
    [['person', 'add', 'lin@example.com', '--name', 'Lin', '--role', 'owner'], 'viewer, editor or admin'],
    [['person', 'add', '--name', 'Lin', '--role', 'editor'], 'Usage'],
    [['person', 'add', 'a@b.example', 'c@d.example', '--name', 'Lin', '--role', 'editor'], 'Usage'],
    [['person', 'remove', 'lin@example.com'], 'Usage'],
    [['person', 'list', '--nmae', 'x'], '--nmae'],
    [['verify', 'more', 'again'], 'Usage'],
    [['verify', '--name', 'x'], '--name is no option of verify'],
    [['copy'], '--to is missing'],
    [['copy', '--to', 'mysql://x'], '--to must be sqlite:PATH or postgres://'],
    [['copy', '--from', 'sqlite::memory:', '--to', 'sqlite:b'], '--from must be'],
    [['copy', 'a', '--to', 'sqlite:b'], 'Usage'],
    [[], 'Usage'],
  ])('%j is refused in words', (args, words) => {
    expect(() => parseCommand(args)).toThrow(CommandFault)
    expect(() => parseCommand(args)).toThrow(words)
  })
})
