import { describe, expect, test } from 'vitest'
import { countReport, lineOf, sum } from './count-tests.mjs'

const vitest = (facts: object) =>
  JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    success: true,
    ...facts,
  })
const playwright = (stats: object, errors: { message: string }[] = []) =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors })

describe('a run of vitest', () => {
  test('counts what passed, failed and was left out', () => {
    const report = vitest({ numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 })
    expect(countReport('vitest', report, 1)).toMatchObject({ passed: 5, failed: 2, skipped: 2 })
  })

  test('counts a file that did not load as a failure', () => {
    const broken = { name: 'broken.test.ts', status: 'failed', assertionResults: [] }
    const tally = countReport('vitest', vitest({ numPassedTests: 5, testResults: [broken] }), 1)
    expect(tally).toMatchObject({ passed: 5, failed: 1 })
    expect(tally.complaints).toEqual(['vitest: broken.test.ts failed outside its tests'])
  })

  test('counts a failed test once, not once more for its file', () => {
    const file = { name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }
    const report = vitest({ numPassedTests: 1, numFailedTests: 1, testResults: [file] })
    expect(countReport('vitest', report, 1)).toMatchObject({ passed: 1, failed: 1 })
  })

  test('is red when the runner is, though its report says success', () => {
    expect(countReport('vitest', vitest({ numPassedTests: 5 }), 1)).toMatchObject({ passed: 5, failed: 1 })
  })
})

describe('a run of Playwright', () => {
  test('counts what passed only when repeated as failed', () => {
    const report = playwright({ expected: 3, flaky: 1, unexpected: 1, skipped: 2 })
    expect(countReport('playwright', report, 1)).toMatchObject({ passed: 3, failed: 2, skipped: 2 })
  })

  test('counts an error outside the tests', () => {
    const tally = countReport('playwright', playwright({ expected: 3 }, [{ message: 'no browser' }]), 1)
    expect(tally).toMatchObject({ passed: 3, failed: 1, complaints: ['playwright: no browser'] })
  })
})

describe('a run that tells nothing', () => {
  test.each([
    ['left no report', ''],
    ['left half a report', '{"numPassedTests": 5'],
    ['found no test', vitest({})],
  ])('is a failure where it %s', (_, report) => {
    expect(countReport('vitest', report, 0)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('the last line', () => {
  test('sums every part', () => {
    const total = sum([
      countReport('vitest', vitest({ numPassedTests: 5 }), 0),
      countReport('playwright', playwright({ expected: 3 }), 0),
    ])
    expect(lineOf(total)).toBe('8 passed, 0 failed')
  })

  test('names what was left out only where something was', () => {
    expect(lineOf({ passed: 1, failed: 0, skipped: 2, complaints: [] })).toBe('1 passed, 0 failed, 2 skipped')
  })
})
