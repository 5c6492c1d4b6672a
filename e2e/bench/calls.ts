import { countedLoads } from '../chaos/load.ts'
import type { Dimension } from './dimension.ts'

/** G7: what looking costs the cloud, by the cloud's own counter. */
export const dimension: Dimension = {
  limitIs: 'one replica, one viewer',
  peerIs: 'a console tab for each of 2,000 people',
  rounds: 1,
  rows: {
    'list calls a sweep, 2 replicas': { unit: '', mostOfLimit: 1 },
    'list calls a sweep, 3 replicas': { unit: '', mostOfLimit: 1 },
    'list calls a sweep, 2,000 viewers': { unit: '', mostOfLimit: 1, leastOfPeer: 1_000 },
  },
  sides: {},
  async together() {
    const [one, two, three, many] = (await countedLoads(2_000, 10)).map(({ perSweep }) => perSweep)
    const limit = one ?? Number.NaN
    const rows = (...values: (number | undefined)[]) => ({
      'list calls a sweep, 2 replicas': values[0] ?? Number.NaN,
      'list calls a sweep, 3 replicas': values[1] ?? Number.NaN,
      'list calls a sweep, 2,000 viewers': values[2] ?? Number.NaN,
    })
    return {
      ours: rows(two, three, many),
      limit: rows(limit, limit, limit),
      peer: { 'list calls a sweep, 2,000 viewers': 2_000 * limit },
    }
  },
}
