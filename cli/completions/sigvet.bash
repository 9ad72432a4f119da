# shellcheck shell=bash
# Completions for bash: source this file, or install it as `sigvet` where bash-completion looks.

_sigvet() {
  local rest=${COMP_LINE:0:COMP_POINT} words=() breaks=${COMP_WORDBREAKS//[^=:]/}
  local word kept='' before candidate i
  # Bash splits words at = and : too: those without a blank between them are one.
  for ((i = 0; i <= COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    ((i < COMP_CWORD)) || word=${rest#"${rest%%[![:space:]]*}"} # up to the cursor
    if ((i)) && [[ $rest == [![:space:]]* ]]; then words[-1]+=$word; else words+=("$word"); fi
    rest=${rest#*"$word"}
  done
  words[-1]=${words[-1]#[\"\']}
  word=${words[-1]}
  # Bash replaces only what stands behind the last of them.
  [[ -z $breaks || $word != *["$breaks"]* ]] || kept=${word%"${word##*["$breaks"]}"}
  COMPREPLY=()
  while IFS= read -r candidate; do
    if [[ $candidate == :@(files|folders)\ * ]]; then
      before=${candidate#* }
      compopt -o filenames 2>/dev/null
      [[ $candidate == :files* ]] && i=-f || i=-d
      while IFS= read -r candidate; do
        candidate=$before$candidate
        COMPREPLY+=("${candidate#"$kept"}")
      done < <(compgen "$i" -- "${word#"$before"}")
    else
      candidate=${candidate%%$'\t'*}
      [[ $candidate != *[/=:] ]] || compopt -o nospace 2>/dev/null
      COMPREPLY+=("${candidate#"$kept"}")
    fi
  done < <("${words[0]/#\~/$HOME}" complete -- "${words[@]:1}" 2>/dev/null)
}

complete -F _sigvet sigvet
