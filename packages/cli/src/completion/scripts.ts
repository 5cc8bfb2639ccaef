import type { CompletedCommand, CompletedOption } from './words.ts'

/**
 * A script for each shell. It knows every word, so that Tab starts no program, and leaves files to the shell, which
 * most arguments and values are.
 */
export const SCRIPTS: Readonly<Record<'bash' | 'zsh' | 'fish', (commands: readonly CompletedCommand[]) => string>> = {
  bash,
  zsh,
  fish,
}

const ALWAYS = ['help', '--help', '--version']

function bash(commands: readonly CompletedCommand[]): string {
  const each = commands.map(({ name, first, options }) => {
    const dashed = options.flatMap(({ long, short }) => [long, ...(short ? [short] : [])])
    const valued = options.filter(({ takesValue }) => takesValue).flatMap(({ long, short }) => [long, short ?? ''])
    return `    ${name}) first='${first.join(' ')}' options='${dashed.join(' ')}' valued=' ${valued.filter(Boolean).join(' ')} ' ;;\n`
  })
  const names = commands.map(({ name }) => name)
  return `# Completion of som for bash.
_som() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} words= first= options= valued=
  case \${COMP_WORDS[1]} in
${each.join('')}  esac
  if [ "$COMP_CWORD" = 1 ]; then words='${[...names, ...ALWAYS].join(' ')}'
  elif [[ $valued == *" $before "* ]]; then words=
  elif [[ $word == -* ]]; then words=$options
  elif [ "$COMP_CWORD" = 2 ]; then words=$first
    [ "\${COMP_WORDS[1]}" != help ] || words='${names.join(' ')}'
  fi
  COMPREPLY=()
  [ -z "$words" ] || COMPREPLY=($(compgen -W "$words" -- "$word"))
}
# Where no word fits, files do.
complete -o bashdefault -o default -F _som som
`
}

function zsh(commands: readonly CompletedCommand[]): string {
  const described = ([word, text]: readonly [string, string]): string =>
    quoted(`${word.replaceAll(':', '\\:')}:${plain(text)}`)
  const each = commands.map(({ name, first, options }) => {
    const words = options.map(({ long, description }) => described([long, description]))
    const valued = options.filter(({ takesValue }) => takesValue).flatMap(({ long, short }) => [long, short ?? ''])
    return `    ${name}) first=(${first.join(' ')}) options=(${words.join(' ')}) valued=(${valued.filter(Boolean).join(' ')}) ;;\n`
  })
  return `#compdef som
# Completion of som for zsh.
_som() {
  local -a commands first options valued
  commands=(${commands.map(({ name, description }) => described([name, description])).join(' ')})
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case $words[2] in
    help) first=(\${commands%%:*}) ;;
${each.join('')}  esac
  if (( \${valued[(Ie)$words[CURRENT-1]]} )); then _files
  elif [[ $words[CURRENT] == -* ]]; then _describe option options
  elif (( CURRENT == 3 && $#first )); then compadd -a first
  else _files
  fi
}
if [ "$funcstack[1]" = _som ]; then _som "$@"; else compdef _som som; fi
`
}

function fish(commands: readonly CompletedCommand[]): string {
  const alone = commands.map(
    ({ name, description }) =>
      `complete -c som -n __fish_use_subcommand -f -a ${name} -d ${quoted(plain(description))}\n`,
  )
  const each = commands.map(({ name, first, options }) => {
    const after = `complete -c som -n '__fish_seen_subcommand_from ${name}'`
    const words =
      first.length === 0
        ? ''
        : `complete -c som -n '__fish_seen_subcommand_from ${name}; and test (count (commandline -opc)) -eq 2' -f -a '${first.join(' ')}'\n`
    const lines = options.map(
      ({ long, short, description, takesValue }: CompletedOption) =>
        `${after} -l ${long.slice(2)}${short ? ` -s ${short.slice(1)}` : ''}${takesValue ? ' -r' : ''} -d ${quoted(plain(description))}\n`,
    )
    return words + lines.join('')
  })
  return `# Completion of som for fish.\n${alone.join('')}${each.join('')}`
}

/** A description in one short line. */
const plain = (text: string): string => {
  const [first] = text.replace(/\s+/g, ' ').split(/[;(]/)
  const short = first.trim()
  return short.length > 60 ? `${short.slice(0, 59)}…` : short
}

/** Every of these shells takes a quote within quotes like this. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
