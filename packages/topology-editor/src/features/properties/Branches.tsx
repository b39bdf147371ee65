// Where a step leads, in the order in which it is asked.

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowUp } from '@sluice/icons';
import type { Connection, Node, TopologyModel } from '@sluice/topology';
import { conditionText, titleOf } from '../../model/detail.ts';
import { useEditor } from '../../view/context.ts';

export function Branches({ node, model }: { readonly node: Node; readonly model: TopologyModel }) {
  const { session, readOnly } = useEditor();
  const leaving = model.connections.flatMap((connection, index) =>
    connection.from === node.id ? [{ connection, index }] : [],
  );
  if (leaving.length === 0) return null;
  const router = node.kind === 'router';
  const plain = leaving.filter(({ connection }) => connection.on === undefined).map(({ connection }) => connection);
  const earlier = (connection: Connection): void => {
    const at = plain.indexOf(connection);
    const after = [...plain];
    after.splice(at - 1, 2, connection, plain[at - 1]!);
    void session.edit([{ change: 'routes.reordered', node: node.id, before: plain, after }]);
  };
  return (
    <section className="sl-section">
      <h3 className="sl-section-title">{router ? 'Branches, in this order' : 'Leads to'}</h3>
      <div className="sl-list" style={{ padding: 0 }}>
        {leaving.map(({ connection, index }) => {
          const to = model.nodes.find(({ id }) => id === connection.to);
          return (
            <div key={index} style={{ display: 'flex', alignItems: 'center' }}>
              <button
                type="button"
                className="sl-item"
                style={{ flex: 1, cursor: 'pointer' }}
                onClick={() => session.jump({ connection: index })}
              >
                <span className="sl-two">
                  <span>{to ? titleOf(to) : connection.to}</span>
                  <span>{conditionText(connection, router) ?? 'always'}</span>
                </span>
              </button>
              {router && plain.indexOf(connection) > 0 && !readOnly ? (
                <Tooltip label="Ask it earlier">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="sm"
                    aria-label={`Ask ${connection.to} earlier`}
                    onClick={() => earlier(connection)}
                  >
                    <IconArrowUp size={14} />
                  </ActionIcon>
                </Tooltip>
              ) : null}
            </div>
          );
        })}
      </div>
    </section>
  );
}
