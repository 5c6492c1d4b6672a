/** The region that an endpoint of the cloud names; that of a proxy names none, and then only the discovery of namespaces needs it. */
export function regionIn(endpoint: string): string | undefined {
  return /^https:\/\/ververica(?:-vpc)?\.([\w-]+)\.aliyuncs\.com$/i
    .exec(endpoint.trim().replace(/\/$/, ''))?.[1]
    ?.toLowerCase()
}

export const neededToDiscover =
  'is missing: the cloud lists the namespaces of a region (namespaces *), and the endpoint does not tell which.'
