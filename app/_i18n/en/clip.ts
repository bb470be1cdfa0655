export const clip = {} as const;
