import { Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SettingsView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ChoiceField } from '../../components/reading/choice-field.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { effectiveLocale } from '../../text/messages.ts';
import { formatSample, regionsOf } from '../../text/regions.ts';
import { LanguageSwitch } from './language-switch.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  choice: { maxWidth: '360px' },
  quiet: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
});

/** Language, colours, and how numbers and dates are written, in the whole window and wherever else Segue says something. */
export function AppearanceSection({ anchor }: { readonly anchor: string }) {
  const intl = useIntl();
  const styles = useStyles();
  const { themeChoice, formatChoice, language, formatLocale } = useMirror((mirror) => mirror.settings);
  const change = useAction(async (wish: { themeChoice?: SettingsView['themeChoice']; formatChoice?: string }) => {
    await call('settings.change', wish);
  });
  const regions = regionsOf(language);
  const isKnown = formatChoice === 'system' || regions.some(({ region }) => region === formatChoice);
  return (
    <Section title={<FormattedMessage id="settings.appearance" />} anchor={anchor}>
      <div className={styles.stack}>
        <LanguageSwitch />
        <Field label={intl.formatMessage({ id: 'settings.theme' })}>
          <RadioGroup
            layout="horizontal"
            value={themeChoice}
            onChange={(_, data) => void change.run({ themeChoice: data.value as SettingsView['themeChoice'] })}
          >
            <Radio value="system" label={<FormattedMessage id="settings.theme.system" />} />
            <Radio value="light" label={<FormattedMessage id="settings.theme.light" />} />
            <Radio value="dark" label={<FormattedMessage id="settings.theme.dark" />} />
          </RadioGroup>
        </Field>
        <div className={styles.choice} data-testid="format-choice">
          <ChoiceField
            label={intl.formatMessage({ id: 'settings.format' })}
            value={isKnown ? formatChoice : 'system'}
            options={[
              { value: 'system', text: intl.formatMessage({ id: 'settings.format.system' }) },
              ...regions.map(({ region, name }) => ({ value: region, text: name })),
            ]}
            onChange={(value) => void change.run({ formatChoice: value })}
          />
          <Text size={200} className={styles.quiet} data-testid="format-sample">
            {formatSample(effectiveLocale(language, formatLocale))}
          </Text>
        </div>
        <ErrorNotice error={change.error} />
      </div>
    </Section>
  );
}
