'use client';

import 'swagger-ui-dist/swagger-ui.css';
import './api-reference.css';
import { useEffect, useRef, useState } from 'react';

const DARK = 'dark-mode';

/** Swagger UI's own switch for its dark colours, set from what the page shows. */
const followTheme = (): void => {
  const dark = getComputedStyle(document.documentElement).colorScheme.includes('dark');
  document.documentElement.classList.toggle(DARK, dark);
};

/** Swagger UI over `/api/v2/openapi.json`. It is large, so it is loaded by this page alone, once it is there. */
export function ApiReference({ loading, failed }: { loading: string; failed: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');

  useEffect(() => {
    let left = false;
    followTheme();
    import('swagger-ui-dist/swagger-ui-es-bundle.js')
      .then(({ default: SwaggerUI }) => {
        if (left || !place.current) return;
        SwaggerUI({ domNode: place.current, url: '/api/v2/openapi.json', tryItOutEnabled: false, validatorUrl: null });
        setState('shown');
      })
      .catch(() => setState('failed'));
    return () => {
      left = true;
      document.documentElement.classList.remove(DARK);
    };
  }, []);

  return (
    <>
      {state === 'shown' ? null : <p role="status">{state === 'failed' ? failed : loading}</p>}
      <div ref={place} />
    </>
  );
}
