import { expect, it } from 'vitest'
import { initialsOf } from './initials.ts'

it.each([
  ['Lin Wei', 'LW', false],
  ['Ada', 'AD', false],
  ['张梅', '梅', true],
  ['svc-flink-ci', 'SC', false],
  ['𠮷', '𠮷', true],
  ['', '?', false],
  ['Émile du Lac', 'ÉL', false],
])('%s is signed %s', (name, text, isCjk) => {
  expect(initialsOf(name)).toEqual({ text, isCjk })
})
