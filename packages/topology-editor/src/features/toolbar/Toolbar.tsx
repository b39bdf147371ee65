// The acts on the canvas that have no place of their own.

import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsSplit2,
  IconCode,
  IconHelp,
  IconLassoPolygon,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconMap2,
  IconMinus,
  IconPlus,
  IconSitemap,
  IconSpacingHorizontal,
} from '@sluice/icons';
import type { ReactNode } from 'react';
import { useEditor, useNow } from '../../view/context.ts';

interface ToolProps {
  readonly label: string;
  readonly onClick?: () => void;
  readonly disabled?: boolean;
  readonly active?: boolean;
  readonly children: ReactNode;
}

function Tool({ label, onClick, disabled, active, children }: ToolProps) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon
        size={30}
        radius="md"
        variant={active ? 'light' : 'subtle'}
        color={active ? undefined : 'gray'}
        aria-label={label}
        aria-pressed={active}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

export interface ToolbarProps {
  readonly text: boolean;
  readonly onText: () => void;
  readonly onHelp: () => void;
}

const size = 17;

export function Toolbar({ text, onText, onHelp }: ToolbarProps) {
  const { session, readOnly } = useEditor();
  const canUndo = useNow('canUndo');
  const canRedo = useNow('canRedo');
  const several = useNow('selected').length > 1;
  const align = (kind: string) => () => session.get('alignElements').trigger(session.get('selection').get(), kind);
  const spread = (axis: 'horizontal' | 'vertical') => () =>
    session.get('distributeElements').trigger(session.get('selection').get(), axis);
  return (
    <div className="sl-toolbar" role="toolbar" aria-label="Canvas">
      {readOnly ? null : (
        <>
          <Tool label="Undo" disabled={!canUndo} onClick={() => session.get('commandStack').undo()}>
            <IconArrowBackUp size={size} />
          </Tool>
          <Tool label="Redo" disabled={!canRedo} onClick={() => session.get('commandStack').redo()}>
            <IconArrowForwardUp size={size} />
          </Tool>
          <span className="sl-divider" />
          <Tool label="Lasso (L)" onClick={() => session.get('lassoTool').toggle()}>
            <IconLassoPolygon size={size} />
          </Tool>
          <Tool label="Make room (S)" onClick={() => session.get('spaceTool').toggle()}>
            <IconSpacingHorizontal size={size} />
          </Tool>
          <Tool label="Connect (C)" onClick={() => session.get('globalConnect').toggle()}>
            <IconArrowsSplit2 size={size} />
          </Tool>
          <Menu withinPortal position="bottom-start" disabled={!several}>
            <Menu.Target>
              <ActionIcon
                size={30}
                radius="md"
                variant="subtle"
                color="gray"
                aria-label="Align"
                title="Align the selected steps"
                disabled={!several}
              >
                <IconLayoutAlignCenter size={size} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconLayoutAlignLeft size={16} />} onClick={align('left')}>
                Left edges
              </Menu.Item>
              <Menu.Item leftSection={<IconLayoutAlignCenter size={16} />} onClick={align('center')}>
                Centres, in a column
              </Menu.Item>
              <Menu.Item leftSection={<IconLayoutAlignTop size={16} />} onClick={align('top')}>
                Upper edges
              </Menu.Item>
              <Menu.Item leftSection={<IconLayoutAlignMiddle size={16} />} onClick={align('middle')}>
                Middles, in a row
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<IconLayoutDistributeVertical size={16} />} onClick={spread('horizontal')}>
                Equal gaps in a row
              </Menu.Item>
              <Menu.Item leftSection={<IconLayoutDistributeHorizontal size={16} />} onClick={spread('vertical')}>
                Equal gaps in a column
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Tool label="Lay everything out (D)" onClick={() => void session.arrange()}>
            <IconSitemap size={size} />
          </Tool>
          <span className="sl-divider" />
        </>
      )}
      <Tool label="Overview map (M)" onClick={() => session.get('minimap').toggle()}>
        <IconMap2 size={size} />
      </Tool>
      <Tool label="Text beside the picture (T)" active={text} onClick={onText}>
        <IconCode size={size} />
      </Tool>
      <Tool label="Keys (?)" onClick={onHelp}>
        <IconHelp size={size} />
      </Tool>
    </div>
  );
}

export function Zoom() {
  const { session } = useEditor();
  const zoom = useNow('zoom');
  const by = (factor: number) => () => session.get('canvas').zoom(Math.max(0.15, Math.min(3, zoom * factor)), 'auto');
  return (
    <div className="sl-toolbar sl-toolbar-zoom" role="toolbar" aria-label="Zoom">
      <Tool label="Zoom out" onClick={by(1 / 1.2)}>
        <IconMinus size={15} />
      </Tool>
      <button type="button" className="sl-zoom" title="Zoom to fit (F)" onClick={() => session.fit()}>
        {Math.round(zoom * 100)} %
      </button>
      <Tool label="Zoom in" onClick={by(1.2)}>
        <IconPlus size={15} />
      </Tool>
    </div>
  );
}
