import { type Command, type CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import {
  type GivenSettings,
  SETTING_NAMES,
  SETTINGS,
  type Setting,
  type SettingName,
} from '../settings/setting-table.ts'
import { defaultOf, flagOf, fromText, variableOf } from '../settings/setting-words.ts'

/** The flags of a server: its settings, and the file with more of them. */
export interface ServeFlags extends GivenSettings {
  readonly config?: string
  readonly color?: string
}

/** The flag of a setting. */
class SettingOption extends Option<string> {
  readonly setting: Setting

  constructor(name: SettingName) {
    const setting: Setting = SETTINGS[name]
    super('takes' in setting ? `${flagOf(name)} <${setting.takes}>` : flagOf(name), helpOf(name, setting))
    this.setting = setting
    if (setting.kind === 'list') this.argParser((text, before: readonly string[] = []) => [...before, text])
    else this.argParser((text) => fromText(setting, text))
  }
}

/** The flag of a setting, for any command that has it. */
export const settingOption = (name: SettingName): Option<string> => new SettingOption(name)

/** The flags of all settings, in the order of the help. */
export const settingOptions = (): readonly Option<string>[] => SETTING_NAMES.map(settingOption)

/** Gives a command the options of a server. */
export function serveOptions(base: Command): CommandUnknownOpts {
  const command: CommandUnknownOpts = base
    .allowUnknownOption()
    .allowExcessArguments()
    .addOption(
      new Option(
        '--config <file>',
        'a JSON file of settings with the names of these options, such as maxRows for --max-rows',
      ).env('SOM_CONFIG'),
    )
  for (const option of settingOptions()) command.addOption(option)
  return command
}

function helpOf(name: SettingName, setting: Setting): string {
  const once = setting.kind === 'list' ? '; once for each' : ''
  const also = setting.kind === 'text' && setting.also !== undefined ? [setting.also] : []
  const usual = defaultOf(setting)
  const where = [variableOf(name), ...also, ...(usual === '' ? [] : [`default: ${usual}`])]
  return `${setting.is}${once} (${where.join(', ')})`
}
