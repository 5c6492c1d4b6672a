/**
 * What a run of tests came to, from the runner's own report. Whatever is not a passed test is told apart from it: a file that
 * did not load, an error outside the tests, a report that is missing or empty.
 * @typedef {{ passed: number, failed: number, skipped: number, complaints: string[] }} Tally
 */

/** @returns {Tally} */
const nothing = () => ({ passed: 0, failed: 0, skipped: 0, complaints: [] })

/**
 * @param {string} name of the run, for complaints
 * @param {string} report the JSON it wrote; empty where it wrote none
 * @param {number} exitCode
 * @returns {Tally}
 */
export function countReport(name, report, exitCode) {
  const parsed = parse(report)
  if (parsed === null) return failedOnce(name, `no report: the run ended early (exit code ${exitCode})`)
  const tally = 'stats' in parsed ? countPlaywright(name, parsed) : countVitest(name, parsed)
  if (tally.passed + tally.failed + tally.skipped === 0) return failedOnce(name, 'not one test was found')
  if (exitCode !== 0 && tally.failed === 0) {
    tally.failed += 1
    tally.complaints.push(`${name}: an error outside the tests (exit code ${exitCode})`)
  }
  return tally
}

/**
 * @param {string} name
 * @param {any} report
 */
function countPlaywright(name, { stats, errors = [] }) {
  const tally = nothing()
  tally.passed = stats.expected
  tally.failed = stats.unexpected + stats.flaky + errors.length
  tally.skipped = stats.skipped
  if (stats.flaky > 0) tally.complaints.push(`${name}: ${stats.flaky} passed only when repeated`)
  for (const error of errors) tally.complaints.push(`${name}: ${error.message}`)
  return tally
}

/**
 * @param {string} name
 * @param {any} report
 */
function countVitest(name, report) {
  const tally = nothing()
  tally.passed = report.numPassedTests
  tally.failed = report.numFailedTests
  tally.skipped = report.numPendingTests + report.numTodoTests
  for (const file of report.testResults) {
    const hasFailedTest = file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed')
    if (file.status !== 'failed' || hasFailedTest) continue
    tally.failed += 1
    tally.complaints.push(`${name}: ${file.name} failed outside its tests`)
  }
  return tally
}

/**
 * @param {string} name
 * @param {string} complaint
 * @returns {Tally}
 */
function failedOnce(name, complaint) {
  return { ...nothing(), failed: 1, complaints: [`${name}: ${complaint}`] }
}

/** @param {string} report */
function parse(report) {
  try {
    return JSON.parse(report)
  } catch {
    return null
  }
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  const total = nothing()
  for (const tally of tallies) {
    total.passed += tally.passed
    total.failed += tally.failed
    total.skipped += tally.skipped
    total.complaints.push(...tally.complaints)
  }
  return total
}

/**
 * The line a run ends with.
 * @param {Tally} tally
 */
export function lineOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
