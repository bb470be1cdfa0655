export const masters = {} as const;
