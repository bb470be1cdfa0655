import { STATUS_CODES } from 'node:http';
import { expect } from '@playwright/test';
import type { Answer } from './api.ts';
import type { Body } from './contract-shapes.ts';

interface Expected {
  status: number;
  code: string;
  /** The `path` of a fault that `errors` must name. */
  path?: string;
}

const MEMBERS = ['type', 'title', 'status', 'detail', 'instance', 'code', 'request_id', 'errors'];

/** Fails unless the answer is a whole problem document (RFC 9457, contract §6) that says exactly this. */
export function expectProblem(answer: Answer, { status, code, path }: Expected): Body {
  const { json, headers, text } = answer;
  expect(answer.status, text.slice(0, 500)).toBe(status);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('cache-control')).toMatch(/no-store/);
  expect(Object.keys(json).filter((name) => !MEMBERS.includes(name))).toEqual([]);
  expect(json.status).toBe(status);
  expect(json.title).toBe(STATUS_CODES[status]);
  expect(json.code).toBe(code);
  expect(json.type).toMatch(/^(urn:|https?:|about:blank)/);
  expect(json.instance).toMatch(/^\/api\/v2\//);
  expect(json.request_id).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  expect(json.request_id).toBe(headers.get('x-request-id'));
  expect(json.detail).toMatch(/^[A-Z"].*[.…]$/s);
  // A fault is told in words, never in the terms of what broke behind it.
  expect(text).not.toMatch(/prisma|zod|postgres|SELECT |ENOENT|\/tmp\/|at \w+ \(/i);
  const faults = json.errors ?? [];
  for (const fault of faults) {
    expect(Object.keys(fault).sort()).toEqual(['message', 'path']);
    expect(fault.message.length).toBeGreaterThan(3);
  }
  if (path !== undefined) expect(faults.map((fault) => fault.path)).toContain(path);
  return json;
}
