# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# What fish offers after latchkeyctl.

set -l commands sign-in list show token header exec code trust refresh sign-out watch ledger programs kinds doctor report log gateway rename policy settings
set -l named sign-in show token header exec code trust refresh sign-out watch doctor gateway rename policy

function __latchkeyctl_names
    latchkeyctl list --deadline 1 </dev/null 2>/dev/null | string replace -r '\s.*' ''
end

# From the table, without its head and without what is told below it.
function __latchkeyctl_kinds
    latchkeyctl kinds --deadline 1 </dev/null 2>/dev/null | string match -r '^[a-z0-9][a-z0-9-]*'
end

# The words before the cursor that are neither options nor what belongs to one.
function __latchkeyctl_arguments
    set -l previous
    for word in (commandline -opc)[2..]
        if contains -- "$previous" --server --user --kind --client-id --code --trust --deadline --min-valid --listen --allow --revoke --session --block --unblock
            set previous
            continue
        end
        set previous $word
        string match -q -- '-*' $word; or echo $word
    end
end

# __latchkeyctl_wants COUNT COMMAND...: so many words stand there, and the first is one of the commands.
function __latchkeyctl_wants
    __latchkeyctl_is_command; and return 1
    set -l arguments (__latchkeyctl_arguments)
    test (count $arguments) -eq $argv[1]; or return
    test $argv[1] -eq 0; or contains -- $arguments[1] $argv[2..]
end

# __latchkeyctl_takes COMMAND...: the options of one of these.
function __latchkeyctl_takes
    __latchkeyctl_is_command; and return 1
    set -l arguments (__latchkeyctl_arguments)
    contains -- "$arguments[1]" $argv
end

# After exec's dashes another command stands.
function __latchkeyctl_is_command
    set -l words (commandline -opc)
    test "$words[2]" = exec; and contains -- -- $words
end

function __latchkeyctl_command
    set -l words (commandline -opc)
    set -l dashes (contains -i -- -- $words)
    complete -C (string join ' ' -- (string escape -- $words[(math $dashes + 1)..]) (commandline -ct))
end

complete -c latchkeyctl -f
complete -c latchkeyctl -n __latchkeyctl_is_command -a '(__latchkeyctl_command)'
complete -c latchkeyctl -n 'not __latchkeyctl_is_command' -s h -l help -d 'Print help'
complete -c latchkeyctl -n '__latchkeyctl_wants 0' -l version -d 'Print the version'
complete -c latchkeyctl -n '__latchkeyctl_wants 0' -a "$commands"
complete -c latchkeyctl -n "__latchkeyctl_wants 1 $named" -a '(__latchkeyctl_names)'
complete -c latchkeyctl -n '__latchkeyctl_wants 2 policy' -a 'allow ask never'
complete -c latchkeyctl -n '__latchkeyctl_wants 1 log' -a 'off info debug'
complete -c latchkeyctl -n "__latchkeyctl_takes $commands" -x -l deadline -d 'Give up after so many seconds'

complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -x -l server -d "The appliance's address"
complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -x -l user -d 'The user name there'
complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -x -l kind -a '(__latchkeyctl_kinds)' -d 'The kind of appliance'
complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -x -l client-id -d "The client's id"
complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -l client-secret-stdin -d "Read the client's secret"
complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -x -l code -d "The second factor's code"
complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -x -l trust -d 'Trust the certificate with this fingerprint'
complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -l password-stdin -d 'Read the password from stdin'
complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -l short-lived -d 'Ask for a short-lived session'
complete -c latchkeyctl -n '__latchkeyctl_takes sign-in' -l memory-only -d 'Keep the tokens in memory only'

complete -c latchkeyctl -n '__latchkeyctl_takes token header exec' -x -l min-valid -d 'How long it must be good for'
complete -c latchkeyctl -n '__latchkeyctl_takes token header exec' -l or-best -d 'Else the best token there is'
complete -c latchkeyctl -n '__latchkeyctl_wants 2 exec' -a -- -d 'The command follows'
complete -c latchkeyctl -n '__latchkeyctl_takes list show ledger programs kinds settings doctor log gateway' -l json -d 'Print JSON'
complete -c latchkeyctl -n '__latchkeyctl_takes sign-out' -l forget -d 'Forget the account as well'
complete -c latchkeyctl -n '__latchkeyctl_takes programs' -r -F -l revoke -d 'End what was allowed to this program'
complete -c latchkeyctl -n '__latchkeyctl_takes programs' -x -l session -a '(__latchkeyctl_names)' -d 'Revoke for this session only'
complete -c latchkeyctl -n '__latchkeyctl_takes programs' -r -F -l block -d 'Give it nothing, and ask nobody'
complete -c latchkeyctl -n '__latchkeyctl_takes programs' -r -F -l unblock -d 'Ask again, as the policy says'
complete -c latchkeyctl -n '__latchkeyctl_takes gateway' -x -l listen -d 'The address to listen at'
complete -c latchkeyctl -n '__latchkeyctl_takes gateway' -x -l allow -d 'What may be asked'
complete -c latchkeyctl -n '__latchkeyctl_takes gateway' -l verbose -d 'Print a line for each request'
