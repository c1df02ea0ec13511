import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { FormattedMessage } from 'react-intl';
import { useMainLandmark } from '../../components/main-landmark.ts';
import { navigate } from '../../stores/draft-store.ts';

/** *Add connection*, with the types there are. */
export function AddConnectionMenu({ primary }: { readonly primary: boolean }) {
  const mountNode = useMainLandmark();
  return (
    <Menu mountNode={mountNode}>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance={primary ? 'primary' : 'secondary'} icon={<AddRegular />}>
          <FormattedMessage id="connections.add" />
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => navigate({ name: 'new-connection', kind: 'constant-contact' })}>
            <FormattedMessage id="connection.kind.constant-contact" />
          </MenuItem>
          <MenuItem onClick={() => navigate({ name: 'new-connection', kind: 'practice' })}>
            <FormattedMessage id="connection.kind.practice" />
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
