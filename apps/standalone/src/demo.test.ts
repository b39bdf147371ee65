import { feedOrders, orderFiles, startWorld, type World } from '@sluice/example-new-order';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestPlatform, testPlatform, until } from './testing/platform.ts';

const QUICK = { downAfter: 30, downMs: 2_500, slowEvery: 20, slowMs: 50 };

describe('the demo', () => {
  let p: TestPlatform;
  let world: World;
  let fed: Awaited<ReturnType<typeof feedOrders>>;
  const options = () => ({
    url: p.url,
    adminToken: p.adminToken,
    tokenShown: '',
    stateDirectory: p.directory,
    print: () => {},
    temper: QUICK,
  });

  beforeAll(async () => {
    p = await testPlatform();
    world = await startWorld(options());
    fed = await feedOrders(p.client);
    await until(
      'all orders are through',
      async () => {
        const { queued, leased, delayed, limited } = await p.client.ledger('new-order');
        return queued + leased + delayed + limited === 0;
      },
      60_000,
    );
  }, 90_000);
  afterAll(async () => {
    await world.close();
    await p.close();
  });

  test('R42: every order file ends as its kind says: finished, or in trash with a reason a shop clerk understands', async () => {
    expect(orderFiles().length).toBeGreaterThanOrEqual(200);
    for (const { file, processId } of fed.processes.values()) {
      const process = await p.client.processes.get(processId);
      if (file.fate !== 'trash') {
        expect([file.file, process.status]).toEqual([file.file, 'completed']);
        continue;
      }
      expect([file.file, process.status]).toEqual([file.file, 'failed']);
      const { items } = await p.client.trash.list({ processId });
      expect(items[0]!.reason).toContain(file.reason!);
    }
  });

  test('R42: the gateway sends orders to e-mail and stock, returns to stock only', async () => {
    const files = orderFiles();
    expect(world.mailbox.received()).toBe(files.filter((file) => file.mails).length);
    const booked = files.filter((file) => file.fate === 'finished').length;
    expect(world.stock.shelves.bookings).toBe(booked);
    expect(world.mailbox.last().at(-1)).toMatch(/Your order \d+ \(SO-\d+\)/);
  });

  test('R16: the ERP is called by SOAP, a fault of the business fails the message', async () => {
    const { items } = await p.client.trash.list({ topology: 'new-order', node: 'erp' });
    expect(items.length).toBeGreaterThan(0);
    expect(items[0]!.reason).toContain('is blocked. Ask accounting');
    expect(world.erp.salesOrders.size).toBe(orderFiles().filter((file) => file.fate === 'finished').length);
  });

  test('R43: while the ERP was down nothing was lost: what it turned away was repeated', () => {
    expect(world.erp.turnedAway()).toBeGreaterThan(0);
  });

  test('an order sent twice is one process', () => {
    const duplicates = orderFiles().filter((file) => file.fate === 'duplicate');
    expect(duplicates.length).toBeGreaterThan(0);
    expect(fed.repeated).toBe(duplicates.length);
  });

  test('B2: the ledger of the demo balances', async () => {
    const ledger = await p.client.ledger('new-order');
    expect(ledger).toMatchObject({ balanced: true, queued: 0, leased: 0 });
    expect(ledger.accepted).toBe(fed.accepted);
    expect(ledger.nodes.every((node) => node.balanced)).toBe(true);
  });

  test('a mended order goes through after replay', async () => {
    const { items } = await p.client.trash.list({ topology: 'new-order', node: 'transform', limit: 500 });
    const broken = items.find((item) => item.reason?.includes('no customer'))!;
    const { body } = await p.client.trash.get(broken.id);
    const order = JSON.parse(String(body)) as Record<string, unknown>;
    order.BuyerCustomerParty = {
      Party: { PartyName: { Name: 'Hansen ApS' }, Contact: { ElectronicMail: 'a@hansen.example.com' } },
    };
    await p.client.trash.replay(broken.id, { body: order });
    await until('it is complete', async () => (await p.client.processes.get(broken.processId)).status === 'completed');
  });

  test('starting the demo again changes nothing and doubles nothing', async () => {
    await world.close();
    world = await startWorld(options());
    const before = await p.client.ledger('new-order');
    const again = await feedOrders(p.client);
    expect(again.accepted).toBe(0);
    expect(await p.client.ledger('new-order')).toMatchObject({ accepted: before.accepted });
    expect((await p.client.topologies.list()).items.filter((version) => version.name === 'new-order')).toHaveLength(1);
  });
});
