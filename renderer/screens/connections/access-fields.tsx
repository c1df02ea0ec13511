import { Field, Input, makeStyles, Radio, RadioGroup } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import type { SharedWith } from '../../../preload/contract/views.ts';

const useStyles = makeStyles({ stack: { display: 'flex', flexDirection: 'column', gap: '16px' } });

interface AccessFieldsProps {
  readonly displayName: string;
  readonly sharedWith: SharedWith;
  readonly onDisplayName: (name: string) => void;
  readonly onSharedWith: (sharedWith: SharedWith) => void;
}

/** What a connection is called and who may use it, as when it is added and when it is edited. */
export function AccessFields({ displayName, sharedWith, onDisplayName, onSharedWith }: AccessFieldsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const empty = displayName.trim() === '';
  return (
    <div className={styles.stack}>
      <Field
        required
        label={intl.formatMessage({ id: 'connection.display-name' })}
        hint={intl.formatMessage({ id: 'connection.display-name.hint' })}
        {...(empty
          ? {
              validationState: 'error',
              validationMessage: intl.formatMessage({ id: 'connection.display-name.missing' }),
            }
          : {})}
      >
        <Input value={displayName} maxLength={100} onChange={(_, data) => onDisplayName(data.value)} />
      </Field>
      <Field label={intl.formatMessage({ id: 'connection.shared-with' })}>
        <RadioGroup value={sharedWith} onChange={(_, data) => onSharedWith(data.value as SharedWith)}>
          <Radio value="administrators" label={intl.formatMessage({ id: 'connection.shared-with.administrators' })} />
          <Radio value="contributors" label={intl.formatMessage({ id: 'connection.shared-with.contributors' })} />
        </RadioGroup>
      </Field>
    </div>
  );
}
