'use client';

import './globals.css';

/** The layout itself failed, so there are no messages to read from: this page speaks for itself, in both languages. */
export default function GlobalErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en-CA" data-theme="system">
      <body>
        <title>HeartBeat Media</title>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-3 px-6 text-center">
          <h1 className="text-lg font-semibold">Something went wrong</h1>
          <p className="text-muted">The portal could not start. Try again in a moment.</p>
          <p lang="fr-CA" className="text-muted">
            Le portail n’a pas pu démarrer. Réessayez dans un moment.
          </p>
          <button
            type="button"
            onClick={() => retry()}
            className="mt-2 h-10 rounded-md bg-accent px-4 font-medium text-on-accent hover:bg-accent-hover"
          >
            Try again · Réessayer
          </button>
        </main>
      </body>
    </html>
  );
}
