// must fail: no-mocks
import { vi } from 'vitest'

vi.mock('./read-board.ts')
