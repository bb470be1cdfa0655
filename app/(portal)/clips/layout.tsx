import type { ReactNode } from 'react';
import { ClipOpening } from './_components/clip-opening-client.tsx';
import { ClipPagesAhead } from './_components/clip-pages-ahead-client.tsx';

export default function ClipsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <ClipPagesAhead />
      <ClipOpening />
    </>
  );
}
