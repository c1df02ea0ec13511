import { Field, Input, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Role } from '../../../preload/contract/views.ts';
import { roleHints, roleLabels } from '../../text/people-labels.ts';

const roles: readonly Role[] = ['administrator', 'contributor', 'viewer'];

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  label: { display: 'flex', flexDirection: 'column' },
  hint: { color: tokens.colorNeutralForeground2 },
});

interface RoleFieldsProps {
  readonly displayName: string;
  readonly role: Role;
  readonly onDisplayName: (name: string) => void;
  readonly onRole: (role: Role) => void;
}

/** What somebody is called and may do, as when they are added and when they are changed. */
export function RoleFields({ displayName, role, onDisplayName, onRole }: RoleFieldsProps) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <div className={styles.stack}>
      <Field required label={intl.formatMessage({ id: 'people.name' })}>
        <Input value={displayName} maxLength={100} onChange={(_, data) => onDisplayName(data.value)} />
      </Field>
      <Field label={intl.formatMessage({ id: 'people.role' })}>
        <RadioGroup value={role} onChange={(_, data) => onRole(data.value as Role)}>
          {roles.map((one) => (
            <Radio
              key={one}
              value={one}
              label={
                <span className={styles.label}>
                  <FormattedMessage id={roleLabels[one]} />
                  <Text size={200} className={styles.hint}>
                    <FormattedMessage id={roleHints[one]} />
                  </Text>
                </span>
              }
            />
          ))}
        </RadioGroup>
      </Field>
    </div>
  );
}
