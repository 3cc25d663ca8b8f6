# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What bash offers after latchkeyctl. Works with and without the package bash-completion.

_latchkeyctl_options() {
    local options=(--help)
    case $1 in
    '') options+=(--version) ;;
    sign-in) options+=(--server --user --kind --client-id --client-secret-stdin --code --trust --password-stdin --short-lived --memory-only) ;;
    token | header) options+=(--min-valid --or-best) ;;
    exec) options+=(--min-valid --or-best --) ;;
    list | show | ledger | kinds | settings | doctor | log) options+=(--json) ;;
    programs) options+=(--json --revoke --session --block --unblock) ;;
    sign-out) options+=(--forget) ;;
    gateway) options+=(--listen --allow --json --verbose) ;;
    esac
    [[ -z $1 ]] || options+=(--deadline)
    printf '%s\n' "${options[@]}"
}

_latchkeyctl_takes_value() {
    case $1 in
    --server | --user | --kind | --client-id | --code | --trust | --deadline | --min-valid | --listen | --allow | --revoke | --session | --block | --unblock) return 0 ;;
    esac
    return 1
}

_latchkeyctl_names() {
    local name
    latchkeyctl list --deadline 1 </dev/null 2>/dev/null | while read -r name _; do
        printf '%s\n' "$name"
    done
}

# From the table, without its head and without what is told below it.
_latchkeyctl_kinds() {
    local id
    latchkeyctl kinds --deadline 1 </dev/null 2>/dev/null | while read -r id _; do
        [[ -z $id || $id == ID || $id == Problem ]] || printf '%s\n' "$id"
    done
}

# _latchkeyctl_arguments COMMAND COUNT: what stands after so many words of the line, options left out.
_latchkeyctl_arguments() {
    case $2.$1 in
    0.)
        printf '%s\n' sign-in list show token header exec code trust refresh sign-out watch ledger programs kinds doctor \
            report log gateway rename policy settings
        ;;
    1.list | 1.ledger | 1.programs | 1.kinds | 1.settings | 1.report) ;;
    1.log) printf '%s\n' off info debug ;;
    1.*) _latchkeyctl_names ;;
    2.policy) printf '%s\n' allow ask never ;;
    esac
}

# The command after exec's dashes, which are word $1 of the line.
_latchkeyctl_command() {
    local at=$(($1 + 1))
    if declare -F _comp_command_offset >/dev/null; then
        _comp_command_offset "$at"
    elif declare -F _command_offset >/dev/null; then
        _command_offset "$at"
    elif ((COMP_CWORD == at)); then
        mapfile -t COMPREPLY < <(compgen -c -- "${COMP_WORDS[COMP_CWORD]}")
    else
        compopt -o default
    fi
}

# _latchkeyctl_offer CURRENT LAST: those lines of the input that begin with CURRENT. Not with compgen -W, which
# would run what stands in a name. LAST is CURRENT from its last : or @ on, which is all that bash replaces.
_latchkeyctl_offer() {
    local word quoted before=${1%"$2"}
    while read -r word; do
        printf -v quoted %q "$word"
        if [[ $word == "$1"* || $quoted == "$1"* ]]; then
            COMPREPLY+=("${quoted#"$before"}")
        fi
    done
}

# Sets the caller's command, previous and count from the words before the cursor.
_latchkeyctl_read() {
    local word
    for word in "$@"; do
        if _latchkeyctl_takes_value "$previous"; then
            previous=
            continue
        fi
        previous=$word
        [[ $word != -* ]] || continue
        [[ -n $command ]] || command=$word
        ((++count))
    done
}

_latchkeyctl() {
    local at words word command='' previous='' count=0
    COMPREPLY=()
    for ((at = 2; at < COMP_CWORD; ++at)); do
        if [[ ${COMP_WORDS[1]} == exec && ${COMP_WORDS[at]} == -- ]]; then
            _latchkeyctl_command "$at"
            return
        fi
    done
    # Not COMP_WORDS, which end at : and @ too.
    read -ra words <<<"${COMP_LINE:0:COMP_POINT}x" # so that the last one is there even if it is empty
    word=${words[-1]%x}
    _latchkeyctl_read "${words[@]:1:${#words[@]}-2}"
    if [[ $previous == --kind ]]; then
        _latchkeyctl_offer "$word" "$2" < <(_latchkeyctl_kinds)
    elif [[ $previous == --session ]]; then
        _latchkeyctl_offer "$word" "$2" < <(_latchkeyctl_names)
    elif [[ $previous == --revoke || $previous == --block || $previous == --unblock ]]; then
        compopt -o default
    elif _latchkeyctl_takes_value "$previous"; then
        return
    elif [[ $word == -* ]]; then
        _latchkeyctl_offer "$word" "$2" < <(_latchkeyctl_options "$command")
    else
        _latchkeyctl_offer "$word" "$2" < <(_latchkeyctl_arguments "$command" "$count")
    fi
}

complete -F _latchkeyctl latchkeyctl
