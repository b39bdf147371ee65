// Roles: the built-in ones, and those that people make of scopes.

import type { RecordStore } from '@sluice/engine';
import {
  ADMIN_ROLE,
  BUILT_IN_ROLES,
  type RoleChange,
  type RoleRequest,
  type RoleView,
  type Scope,
  SluiceError,
} from '@sluice/protocol';
import { type Actor, mustHave } from './granting.ts';

const ROLES = 'role';

interface StoredRole {
  readonly description: string;
  readonly scopes: readonly Scope[];
}

const builtIn = (name: string) => BUILT_IN_ROLES.find((role) => role.name === name);

export class Roles {
  readonly #records: RecordStore;
  /** How many people have a role. */
  readonly #users: (role: string) => number;
  readonly #changed: () => void;
  readonly #own = new Map<string, StoredRole>();
  readonly #scopes = new Map<string, ReadonlySet<Scope>>();

  constructor(records: RecordStore, users: (role: string) => number, changed: () => void) {
    this.#records = records;
    this.#users = users;
    this.#changed = changed;
  }

  async start(): Promise<void> {
    for (const { key, value } of await this.#records.list<StoredRole>(ROLES)) this.#own.set(key, value);
  }

  has(name: string): boolean {
    return builtIn(name) !== undefined || this.#own.has(name);
  }

  /** What people of a role may; a role that is gone allows nothing but one's own account. */
  scopesOf(name: string): ReadonlySet<Scope> {
    let scopes = this.#scopes.get(name);
    if (!scopes) {
      scopes = new Set<Scope>(['account:own', ...((builtIn(name) ?? this.#own.get(name))?.scopes ?? [])]);
      this.#scopes.set(name, scopes);
    }
    return scopes;
  }

  /** @throws SluiceError `role.unknown`, `auth.beyond_own` when it has more than the one who gives it */
  mayGive(actor: Actor, name: string): void {
    if (!this.has(name)) throw new SluiceError('role.unknown', { name });
    mustHave(actor, this.scopesOf(name));
  }

  list(): RoleView[] {
    const own = [...this.#own].map(([name, role]) => this.#view(name, role, false));
    return [
      ...BUILT_IN_ROLES.map((role) => this.#view(role.name, role, true)),
      ...own.sort((a, b) => (a.name < b.name ? -1 : 1)),
    ];
  }

  /** @throws SluiceError `role.unknown` */
  view(name: string): RoleView {
    const found = this.list().find((role) => role.name === name);
    if (!found) throw new SluiceError('role.unknown', { name });
    return found;
  }

  /** @throws SluiceError `role.taken`, `auth.beyond_own` */
  async create(actor: Actor, { name, description = '', scopes }: RoleRequest): Promise<RoleView> {
    if (this.has(name)) throw new SluiceError('role.taken', { name });
    mustHave(actor, scopes);
    await this.#put(name, { description, scopes: [...new Set(scopes)] }, null);
    return this.view(name);
  }

  /** @throws SluiceError `role.unknown`, `role.built_in`, `auth.beyond_own` */
  async change(actor: Actor, name: string, { description, scopes }: RoleChange): Promise<RoleView> {
    const before = this.#mustOwn(name);
    mustHave(actor, [...before.scopes, ...(scopes ?? [])]);
    const role = {
      description: description ?? before.description,
      scopes: scopes ? [...new Set(scopes)] : before.scopes,
    };
    await this.#put(name, role, before);
    return this.view(name);
  }

  /** @throws SluiceError `role.unknown`, `role.built_in`, `role.in_use`, `auth.beyond_own` */
  async remove(actor: Actor, name: string): Promise<void> {
    const before = this.#mustOwn(name);
    mustHave(actor, before.scopes);
    const users = this.#users(name);
    if (users > 0) throw new SluiceError('role.in_use', { name, users });
    await this.#put(name, null, before);
  }

  #mustOwn(name: string): StoredRole {
    if (builtIn(name)) throw new SluiceError('role.built_in', { name });
    const role = this.#own.get(name);
    if (!role) throw new SluiceError('role.unknown', { name });
    return role;
  }

  async #put(name: string, role: StoredRole | null, expected: StoredRole | null): Promise<void> {
    await this.#records.write([{ collection: ROLES, key: name, value: role, expected }]);
    if (role) this.#own.set(name, role);
    else this.#own.delete(name);
    this.#scopes.clear();
    this.#changed();
  }

  #view(name: string, { description, scopes }: StoredRole, isBuiltIn: boolean): RoleView {
    return { name, description, scopes: [...scopes], builtIn: isBuiltIn, users: this.#users(name) };
  }
}

export const isAdmin = (role: string): boolean => role === ADMIN_ROLE;
