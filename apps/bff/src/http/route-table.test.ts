import { describe, expect, it } from 'vitest'
import { createRouteTable } from './route-table.ts'

const table = createRouteTable([
  { method: 'ALL', path: '/*' },
  { method: 'GET', path: '/api/board' },
  { method: 'GET', path: '/api/drafts/:workspace/:namespace/:draftId' },
  { method: 'POST', path: '/api/drafts/:workspace/:namespace/:draftId/lock' },
  { method: 'GET', path: '/*' },
])

describe('the table of what is mounted', () => {
  it('knows a path with its pattern and methods', () => {
    expect(table('/api/drafts/w/支付/d')).toEqual({
      pattern: '/api/drafts/{workspace}/{namespace}/{draftId}',
      methods: ['GET', 'HEAD'],
    })
    expect(table('/api/drafts/w/n/d/lock')?.methods).toEqual(['POST'])
  })

  it.each(['/api', '/api/', '/api/boards', '/api/board/', '/api/drafts/w/n/', '/api/drafts/w/n/d/lock/x', '/'])(
    'does not know %s',
    path => {
      expect(table(path)).toBeNull()
    },
  )
})
