import fs from 'node:fs'
import path from 'node:path'
import { runGuards } from '../check/run-guards.mjs'
import { countReport, lineOf, sum } from '../count-tests.mjs'
import { buildArgs } from '../launcher/prepare.mjs'
import { readText } from '../launcher/read-text.mjs'
import { playwright, vitest } from './runners.mjs'

/**
 * Everything: guards, build, tests beside the code, tests in a browser; each part also after another has failed. With
 * arguments vitest alone, which is given them.
 * @param {import('../launcher/prepare.mjs').House} house
 * @param {string[]} args
 */
export async function test(house, args) {
  const tallies = []
  if (args.length === 0) {
    tallies.push(await runGuards(house))
    tallies.push(await buildAll(house))
    tallies.push(await runTests('vitest', vitest, house, []))
    tallies.push(await runTests('playwright', playwright, house, []))
  } else tallies.push(await runTests('vitest', vitest, house, args))
  const total = sum(tallies)
  for (const complaint of total.complaints) house.say(complaint)
  console.log(lineOf(total))
  const mayLeaveOut = args.length > 0 // a pattern leaves out on purpose
  return total.failed > 0 || total.passed === 0 || (total.skipped > 0 && !mayLeaveOut) ? 1 : 0
}

/** @param {import('../launcher/prepare.mjs').House} house */
async function buildAll({ node, env, children }) {
  const code = await children.startLeashed(node, buildArgs, { env }).ended
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0, complaints: [] }
    : { passed: 0, failed: 1, skipped: 0, complaints: [`build: ended with ${code}`] }
}

/**
 * @param {string} name
 * @param {import('./runners.mjs').Runner} runner
 * @param {import('../launcher/prepare.mjs').House} house
 * @param {string[]} args
 */
async function runTests(name, runner, house, args) {
  fs.mkdirSync(path.dirname(runner.report), { recursive: true })
  fs.rmSync(runner.report, { force: true }) // the last run's must not speak for this one
  const code = await runner.run(house, args)
  return countReport(name, readText(runner.report), code)
}
