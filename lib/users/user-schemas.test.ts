import { describe, expect, it } from 'vitest';
import { createUserSchema } from './user-schemas.ts';

const base = { email: 'a@example.org', name: 'A', role: 'scout', team_access: ['MTL'], password: 'twelve chars' };
const faultsOf = (over: Record<string, unknown>) =>
  createUserSchema.safeParse({ ...base, ...over }).error?.issues.map((issue) => issue.path.join('.')) ?? [];

describe('a new account', () => {
  it('has ALL teams or some, never none', () => {
    expect(createUserSchema.parse({ ...base, team_access: ['mtl', 'all'] }).team_access).toEqual(['ALL']);
    expect(createUserSchema.parse({ ...base, team_access: ['chi', 'MTL', 'CHI'] }).team_access).toEqual(['CHI', 'MTL']);
    expect(faultsOf({ team_access: [] })).toEqual(['team_access']);
    expect(faultsOf({ team_access: ['M1'] })).toEqual(['team_access.0']);
  });

  it('has a player id if it is a player, and only then', () => {
    expect(faultsOf({ role: 'player' })).toEqual(['player_id']);
    expect(faultsOf({ role: 'player', player_id: '9000001' })).toEqual([]);
    expect(faultsOf({ role: 'coach', player_id: '9000001' })).toEqual(['player_id']);
  });

  it('refuses unknown roles, short passwords and broken addresses, one fault each', () => {
    expect(faultsOf({ role: 'owner', password: 'short', email: 'nobody' })).toEqual(['email', 'role', 'password']);
    expect(faultsOf({ name: 'A\u202eB' })).toEqual(['name']);
  });
});
