import { longestReason as agreed } from '@lockdesk/contract'
import { expect, it } from 'vitest'
import { longestReason } from './longest-reason.ts'

it('lets people type as long a reason as the server takes', () => expect(longestReason).toBe(agreed))
