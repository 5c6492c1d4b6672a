import { ProblemError } from './problem.ts'

/** What a namespace without a role, one that nobody knows and a draft that is not there have in common for who asks. */
export function nothingThere(): ProblemError {
  return new ProblemError('not-found', {
    detail: 'Lockdesk knows no such draft, or you have no role in its namespace. Check the address, or ask an admin.',
  })
}
