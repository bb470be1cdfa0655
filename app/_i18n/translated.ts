/** The same keys as the English messages `M`, with any text: a missing or extra key fails the type check. */
export type Translated<M> = { readonly [Key in keyof M]: M[Key] extends string ? string : Translated<M[Key]> };
