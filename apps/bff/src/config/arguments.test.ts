import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

test('Lockdesk’s own options are taken out, and every other word stays', () => {
  const words = [
    'person',
    '--data-folder',
    '/data',
    'add',
    'a@b.c',
    '--name',
    'Lin Wei',
    '--demo-cloud=http://127.0.0.1:1',
  ]
  expect(readArguments(words)).toEqual({
    own: { dataFolder: '/data', demoCloud: 'http://127.0.0.1:1' },
    rest: ['person', 'add', 'a@b.c', '--name', 'Lin Wei'],
  })
})

test('an option of ours without a value is a fault', () => {
  expect(() => readArguments(['--data-folder'])).toThrow('--data-folder needs a value')
})

test('what stands behind -- is left alone', () => {
  expect(readArguments(['verify', '--', '--data-folder', 'x']).rest).toEqual(['verify', '--', '--data-folder', 'x'])
})
