import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { CustomFieldView } from '../../../preload/contract/views.ts';
import { useMainLandmark } from '../../components/main-landmark.ts';
import type { useCustomFields } from '../../stores/custom-fields-store.ts';
import type { EditedField } from '../../stores/export-draft.ts';
import { type AttributeGroup, offeredFields, unusedOf } from '../../stores/matching-edits.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';

const groupLabels: Readonly<Record<AttributeGroup, MessageKey>> = {
  name: 'matching.group.name',
  contact: 'matching.group.contact',
  address: 'matching.group.address',
  dates: 'matching.group.dates',
};
const groups = Object.keys(offeredFields) as AttributeGroup[];

const useStyles = makeStyles({
  add: { alignSelf: 'flex-start' }, // Above or below its button, a small window has room for so much.
  menu: { maxHeight: 'min(360px, 40vh)', overflowY: 'auto' },
});

interface AddAttributeMenuProps {
  readonly fields: readonly EditedField[];
  /** Null while the export has no connection. */
  readonly custom: ReturnType<typeof useCustomFields> | null;
  readonly onAdd: (field: string) => void;
  readonly onAddCustom: (field: CustomFieldView) => void;
  readonly onCreate: () => void;
}

/** *Add attribute*: what Constant Contact keeps of a person and no column fills yet, the account's own fields too. */
export function AddAttributeMenu({ fields, custom, onAdd, onAddCustom, onCreate }: AddAttributeMenuProps) {
  const intl = useIntl();
  const styles = useStyles();
  const labelOf = useFieldLabel();
  const mountNode = useMainLandmark();
  const used = new Set(fields.map((row) => row.field));
  const free = (custom?.value ?? []).filter((known) => known.valueType !== null && !used.has(known.field));
  return (
    <Menu mountNode={mountNode} onOpenChange={(_, { open }) => open && custom?.error && custom.again()}>
      <MenuTrigger disableButtonEnhancement>
        <Button className={styles.add} icon={<AddRegular />}>
          <FormattedMessage id="matching.add-attribute" />
        </Button>
      </MenuTrigger>
      <MenuPopover className={styles.menu}>
        <MenuList>
          {groups
            .map((group) => ({ group, unused: unusedOf(group, fields) }))
            .filter(({ unused }) => unused.length > 0)
            .map(({ group, unused }) => (
              <MenuGroup key={group}>
                <MenuGroupHeader>{intl.formatMessage({ id: groupLabels[group] })}</MenuGroupHeader>
                {unused.map((field) => (
                  <MenuItem key={field} onClick={() => onAdd(field)}>
                    {labelOf(field)}
                  </MenuItem>
                ))}
              </MenuGroup>
            ))}
          {custom !== null && (
            <MenuGroup>
              <MenuGroupHeader>{intl.formatMessage({ id: 'matching.group.custom' })}</MenuGroupHeader>
              {custom.pending && <MenuItem disabled>{intl.formatMessage({ id: 'matching.custom.loading' })}</MenuItem>}
              {custom.error !== null && (
                <MenuItem disabled>{intl.formatMessage({ id: 'matching.custom.unknown' })}</MenuItem>
              )}
              {free.map((known) => (
                <MenuItem key={known.field} onClick={() => onAddCustom(known)}>
                  {known.label}
                </MenuItem>
              ))}
              <MenuDivider />
              <MenuItem icon={<AddRegular />} onClick={onCreate}>
                {intl.formatMessage({ id: 'field.create' })}
              </MenuItem>
            </MenuGroup>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
