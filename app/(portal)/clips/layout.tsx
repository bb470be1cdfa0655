import type { ReactNode } from 'react';
import { ClipPagesAhead } from './_components/clip-pages-ahead-client.tsx';

export default function ClipsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <ClipPagesAhead />
    </>
  );
}
