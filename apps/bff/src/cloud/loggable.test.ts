import { EnvelopeFailure } from '@lockdesk/flink-client'
import { expect, it } from 'vitest'
import { loggable } from './loggable.ts'

it('tells the log which call failed and how, in none of the cloud’s words', () => {
  const facts = { operation: 'ListDeploymentDrafts', status: 200, errorCode: '990301', requestId: 'r-1' } as const
  const error = new EnvelopeFailure({ ...facts, upstreamMessage: "password = 'secret'" }, 500)
  expect(loggable(error)).toEqual({
    fault: { name: 'EnvelopeFailure', title: 'The cloud refused the call (990301).', ...facts },
  })
})
