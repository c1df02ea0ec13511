import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  type PositioningShorthand,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
import { Fragment, useRef } from 'react';
import { useIntl } from 'react-intl';
import { useMainLandmark } from '../main-landmark.ts';
import type { RecordAction } from './record-table.tsx';

/** Which row's menu is open, and beside what: its button, its row, or the pointer on it. */
export interface RecordMenuPlace {
  readonly key: string;
  readonly target: HTMLElement | { readonly x: number; readonly y: number; readonly from: HTMLElement };
}

interface RowMenuButtonProps {
  readonly name: string;
  readonly open: boolean;
  readonly onOpen: (target: HTMLElement) => void;
}

/** The button at the end of a row that opens its menu. */
export function RowMenuButton({ name, open, onOpen }: RowMenuButtonProps) {
  const intl = useIntl();
  return (
    <Button
      appearance="subtle"
      icon={<MoreHorizontalRegular />}
      aria-haspopup="menu"
      aria-expanded={open}
      title={intl.formatMessage({ id: 'column.actions' })}
      aria-label={intl.formatMessage({ id: 'table.actions-named' }, { name })}
      onClick={(event) => onOpen(event.currentTarget)}
    />
  );
}

interface RecordMenuProps {
  readonly place: RecordMenuPlace | null;
  readonly actions: readonly RecordAction[];
  readonly onClose: () => void;
}

/** What can be done with a row, or with all chosen ones. The focus goes back to where the menu was opened. */
export function RecordMenu({ place, actions, onClose }: RecordMenuProps) {
  const intl = useIntl();
  const mountNode = useMainLandmark();
  const opener = useRef<HTMLElement | null>(null);
  if (place === null) return null;
  const { target } = place;
  const from = target instanceof HTMLElement ? target : target.from;
  opener.current = from;
  const positioning: PositioningShorthand =
    target instanceof HTMLElement
      ? { target, position: 'below', align: target.tagName === 'BUTTON' ? 'end' : 'start' }
      : {
          target: { getBoundingClientRect: () => new DOMRect(target.x, target.y, 0, 0), contextElement: target.from },
          position: 'below',
          align: 'start',
        };
  const close = (): void => {
    onClose();
    // Unless the action took the focus elsewhere, as a dialog does.
    requestAnimationFrame(() => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && opener.current?.isConnected === true) opener.current.focus({ preventScroll: true });
    });
  };
  const keyWords = { Enter: 'table.key.enter', Delete: 'table.key.delete' } as const;
  return (
    <Menu open positioning={positioning} mountNode={mountNode} onOpenChange={(_, data) => !data.open && close()}>
      <MenuPopover>
        <MenuList>
          {actions.map((action) => (
            <Fragment key={action.name}>
              {action.apart === true && <MenuDivider />}
              <MenuItem
                icon={action.icon}
                disabled={action.disabled === true}
                {...(action.shortcut === undefined
                  ? {}
                  : { secondaryContent: intl.formatMessage({ id: keyWords[action.shortcut] }) })}
                onClick={action.act}
              >
                {action.label}
              </MenuItem>
            </Fragment>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
