// What Pipedrive answers: the fields that processes usually need. All others are there as well.

export interface Deal {
  readonly id: number;
  readonly title: string;
  readonly value: number | null;
  readonly currency: string | null;
  readonly status: 'open' | 'won' | 'lost' | 'deleted';
  readonly owner_id: number;
  readonly person_id: number | null;
  readonly org_id: number | null;
  readonly pipeline_id: number;
  readonly stage_id: number;
}

export interface ContactDetail {
  readonly value: string;
  readonly primary: boolean;
  readonly label: string;
}

export interface Person {
  readonly id: number;
  readonly name: string;
  readonly emails: readonly ContactDetail[];
  readonly phones: readonly ContactDetail[];
  readonly org_id: number | null;
}

export interface Organization {
  readonly id: number;
  readonly name: string;
  readonly address: { readonly value: string } | null;
}

export interface Activity {
  readonly id: number;
  readonly subject: string;
  readonly type: string;
  readonly done: boolean;
  readonly due_date: string | null;
}
