# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# Written by packaging/completion/completions.py from the program's --help.

_check_tencent_cwp_license() {
    local cur=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT}
    local option value words='' end=' '

    # Bash breaks words at "="; this is the whole one under the cursor, and the one before it.
    local word=${line##*[[:space:]]}
    line=${line%"$word"}
    line=${line%"${line##*[![:space:]]}"}
    option=${line##*[[:space:]]} value=$word
    if [[ $word == --*=* ]]; then
        option=${word%%=*} value=${word#*=}
    fi
    [[ $cur == = ]] && cur=

    COMPREPLY=()
    case $option in
    -w | --warning | -c | --critical)
        words='expired= near_expiry= available= used= not_expired= total= pro_available= pro_total= ultimate_available= ultimate_total= lite_available= lite_total= ai_available= ai_total= app_available= destroyed_orders= time=' end=''
        ;;
    --require-switch)
        words='auto_upgrade auto_upgrade_before auto_purchase auto_purchase_renew order_renew auto_bind_rasp auto_open_rasp auto_downgrade'
        [[ $value == *=* ]] && words='warning critical' value=${value#*=}
        ;;
    --empty-state | --api-error-state)
        words='ok warning critical unknown'
        ;;
    --credentials-file | --ca-file | --input)
        compopt -o default +o nospace
        return 0
        ;;
    --profile | -p | --port | --region | --proxy | -t | --timeout | --retries | --account)
        return 0
        ;;
    -H | --hostname)
        words='cwp.intl.tencentcloudapi.com'
        ;;
    --ca-path)
        compopt -o dirnames +o nospace
        return 0
        ;;
    --output-format)
        words='text json prometheus'
        ;;
    *)
        [[ $word == -* ]] || return 0
        words='--warning --critical --require-switch --trust-auto-renew --empty-state --api-error-state --credentials-file --profile --role --hostname --port --region --proxy --no-proxy --ca-file --ca-path --use-ipv4 --use-ipv6 --timeout --retries --input --account --output-format --no-perfdata --detail --verbose --exit-ok --help --version'
        value=$word
        ;;
    esac

    # Only what follows the last break is replaced.
    local IFS=$' \n' found
    for found in $(compgen -W "$words" -- "$value"); do
        found=${word%"$value"}$found$end
        COMPREPLY+=("${found#"${word%"$cur"}"}")
    done
}

# The blanks after words are put by the function.
complete -o nospace -F _check_tencent_cwp_license check_tencent_cwp_license
