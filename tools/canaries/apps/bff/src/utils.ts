// must fail: rooms-have-names
export const anything = 1
