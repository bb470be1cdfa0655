import { createContext } from 'react';

/** Whose watching is told: the id of whoever is signed in. Nothing is told outside of it but through a link. */
export const WatcherContext = createContext<string | null>(null);
