import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SettingsView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';

/** Languages are named in themselves, so that one finds one's own. */
const ownNames: Readonly<Record<Exclude<SettingsView['languageChoice'], 'system'>, string>> = {
  en: 'English',
  fr: 'Français',
};

export function LanguageSwitch() {
  const intl = useIntl();
  const choice = useMirror((mirror) => mirror.settings.languageChoice);
  const change = useAction(async (languageChoice: SettingsView['languageChoice']) => {
    await call('settings.change', { languageChoice });
  });
  return (
    <Field label={intl.formatMessage({ id: 'settings.language' })}>
      <RadioGroup
        layout="horizontal"
        value={choice}
        onChange={(_, data) => void change.run(data.value as SettingsView['languageChoice'])}
      >
        <Radio value="system" label={<FormattedMessage id="settings.language.system" />} />
        <Radio value="en" label={{ children: ownNames.en, lang: 'en' }} />
        <Radio value="fr" label={{ children: ownNames.fr, lang: 'fr' }} />
      </RadioGroup>
      <ErrorNotice error={change.error} />
    </Field>
  );
}
