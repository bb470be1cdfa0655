'use client';

import './api-reference.css';
import { useEffect, useRef, useState } from 'react';

/** Swagger UI over `/api/v2/openapi.json`. It is large, so it is loaded by this page alone, once it is there. */
export function ApiReference({ loading, failed }: { loading: string; failed: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');

  useEffect(() => {
    let left = false;
    import('swagger-ui-dist/swagger-ui-es-bundle.js')
      .then(({ default: SwaggerUI }) => {
        if (left || !place.current) return;
        SwaggerUI({ domNode: place.current, url: '/api/v2/openapi.json', tryItOutEnabled: false, validatorUrl: null });
        setState('shown');
      })
      .catch(() => setState('failed'));
    return () => {
      left = true;
    };
  }, []);

  return (
    <>
      {state === 'shown' ? null : <p role="status">{state === 'failed' ? failed : loading}</p>}
      <div ref={place} />
    </>
  );
}
