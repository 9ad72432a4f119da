# Completions for fish: install this file in a folder of $fish_complete_path.

function __sigvet_complete
    set -l words (commandline -opc) (commandline -ct | string unescape)
    for line in ($words[1] complete -- $words[2..] 2>/dev/null)
        set -l before (string match -rg '^:(?:files|folders) (.*)' -- $line)
        if test $status -ne 0
            echo $line
        else
            set -l path (string sub -s (math (string length -- "$before") + 1) -- $words[-1])
            if string match -q ':files*' -- $line
                printf "$before%s\n" (__fish_complete_path $path)
            else
                printf "$before%s\n" (__fish_complete_directories $path)
            end
        end
    end
end

complete -c sigvet -f -k -a '(__sigvet_complete)'
