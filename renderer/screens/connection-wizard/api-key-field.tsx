import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { OpenRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import { call } from '../../bridge/client.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  steps: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '6px' },
  addresses: { display: 'flex', flexDirection: 'column', gap: '6px' },
  hint: { color: tokens.colorNeutralForeground2 },
  start: { alignSelf: 'flex-start' },
});

interface ApiKeyFieldProps {
  readonly apiKey: string;
  readonly disabled: boolean;
  readonly onApiKey: (apiKey: string) => void;
}

/** The key of the person's own application at Constant Contact, and how to get one (constant-contact-v3.md 2.2). */
export function ApiKeyField({ apiKey, disabled, onApiKey }: ApiKeyFieldProps) {
  const intl = useIntl();
  const styles = useStyles();
  const addresses = useMirror((mirror) => mirror.redirectAddresses);
  const openPortal = useAction(async () => {
    await call('app.openPage', { page: 'constant-contact-portal' });
  });
  return (
    <div className={styles.stack}>
      <Text className={styles.hint}>
        <FormattedMessage id="api-key.why" />
      </Text>
      <ol className={styles.steps}>
        <li>
          <FormattedMessage id="api-key.step.portal" />
        </li>
        <li>
          <FormattedMessage id="api-key.step.type" />
        </li>
        <li>
          <FormattedMessage id="api-key.step.addresses" />
        </li>
        <li>
          <FormattedMessage id="api-key.step.paste" />
        </li>
      </ol>
      <Button className={styles.start} icon={<OpenRegular />} onClick={() => void openPortal.run()}>
        <FormattedMessage id="api-key.open-portal" />
      </Button>
      <ErrorNotice error={openPortal.error} />
      <div className={styles.addresses}>
        {addresses.map((address, index) => (
          <CopyField
            key={address}
            label={intl.formatMessage({ id: 'api-key.redirect-address' }, { number: index + 1 })}
            value={address}
          />
        ))}
      </div>
      <Field required label={intl.formatMessage({ id: 'api-key.label' })}>
        <Input
          value={apiKey}
          maxLength={100}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, data) => onApiKey(data.value)}
        />
      </Field>
    </div>
  );
}
