# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# Written by packaging/completion/completions.py from the program's --help.

complete -c check_tencent_cwp_license -f
complete -c check_tencent_cwp_license -s w -l warning -d 'WARNING when the metric is outside the range' -x -a "expired=\t'expired, deleted records not counted' near_expiry=\t'expire within 15 days' available=\t'available, all editions' used=\t'in use' not_expired=\t'not expired' total=\t'all, isolated and expired ones included' pro_available=\t'available, Pro, postpaid included' pro_total=\t'all of Pro, valid orders' ultimate_available=\t'available, Ultimate' ultimate_total=\t'all of Ultimate, valid orders' lite_available=\t'available, Lightweight' lite_total=\t'all of Lightweight, valid orders' ai_available=\t'available, AI Protection' ai_total=\t'all of AI Protection' app_available=\t'available, application protection and Ultimate' destroyed_orders=\t'terminated orders, not licenses' time=\t'seconds that the request took, retries included'"
complete -c check_tencent_cwp_license -s c -l critical -d 'CRITICAL when the metric is outside the range' -x -a "expired=\t'expired, deleted records not counted' near_expiry=\t'expire within 15 days' available=\t'available, all editions' used=\t'in use' not_expired=\t'not expired' total=\t'all, isolated and expired ones included' pro_available=\t'available, Pro, postpaid included' pro_total=\t'all of Pro, valid orders' ultimate_available=\t'available, Ultimate' ultimate_total=\t'all of Ultimate, valid orders' lite_available=\t'available, Lightweight' lite_total=\t'all of Lightweight, valid orders' ai_available=\t'available, AI Protection' ai_total=\t'all of AI Protection' app_available=\t'available, application protection and Ultimate' destroyed_orders=\t'terminated orders, not licenses' time=\t'seconds that the request took, retries included'"
complete -c check_tencent_cwp_license -l require-switch -d 'a problem when this switch of the account is not on' -x -a "auto_upgrade\t'automatic upgrade' auto_upgrade_before\t'automatic upgrade was on at some time' auto_purchase\t'auto-purchase when licenses run out' auto_purchase_renew\t'auto-purchased orders renew themselves' order_renew\t'auto-renewal of orders' auto_bind_rasp\t'new machines get RASP bound' auto_open_rasp\t'new machines get RASP switched on' auto_downgrade\t'auto-downgrade'"
complete -c check_tencent_cwp_license -l require-switch -x -n 'commandline -ct | string match -rq "_.*="' -a 'auto_upgrade=warning auto_upgrade=critical auto_upgrade_before=warning auto_upgrade_before=critical auto_purchase=warning auto_purchase=critical auto_purchase_renew=warning auto_purchase_renew=critical order_renew=warning order_renew=critical auto_bind_rasp=warning auto_bind_rasp=critical auto_open_rasp=warning auto_open_rasp=critical auto_downgrade=warning auto_downgrade=critical'
complete -c check_tencent_cwp_license -l trust-auto-renew -d 'near_expiry is no problem while auto_purchase_renew and order_renew are both on'
complete -c check_tencent_cwp_license -l empty-state -d 'state of an account without any licenses: ok, warning, critical or unknown (default)' -x -a 'ok warning critical unknown'
complete -c check_tencent_cwp_license -l api-error-state -d 'state when network or service fail: ok, warning, critical or unknown (default)' -x -a 'ok warning critical unknown'
complete -c check_tencent_cwp_license -l credentials-file -d 'file with the API key, INI or JSON of tccli' -r -F
complete -c check_tencent_cwp_license -l profile -d 'profile in the file (default: default)' -x
complete -c check_tencent_cwp_license -l role -d 'after all files, use the key of the CVM instance role'
complete -c check_tencent_cwp_license -s H -l hostname -d 'host of the API (default: cwp.intl.tencentcloudapi.com)' -x -a 'cwp.intl.tencentcloudapi.com'
complete -c check_tencent_cwp_license -s p -l port -d 'port of the API (default: 443)' -x
complete -c check_tencent_cwp_license -l region -d 'send X-TC-Region' -x
complete -c check_tencent_cwp_license -l proxy -d 'proxy, such as http://HOST:PORT' -x
complete -c check_tencent_cwp_license -l no-proxy -d 'no proxy, whatever the environment says'
complete -c check_tencent_cwp_license -l ca-file -d 'trust only the certificate authorities of this PEM file' -r -F
complete -c check_tencent_cwp_license -l ca-path -d 'trust only those of this hashed directory' -x -a '(__fish_complete_directories)'
complete -c check_tencent_cwp_license -s 4 -l use-ipv4 -d 'use IPv4 only'
complete -c check_tencent_cwp_license -s 6 -l use-ipv6 -d 'use IPv6 only'
complete -c check_tencent_cwp_license -s t -l timeout -d 'hard limit over everything, 1 to 300 (default: 10)' -x
complete -c check_tencent_cwp_license -l retries -d 'further tries after faults that may pass, 0 to 3 (default: 1)' -x
complete -c check_tencent_cwp_license -l input -d 'judge a saved answer of the API (- for standard input)' -r -F
complete -c check_tencent_cwp_license -l account -d 'name shown in the output, at most 32 characters' -x
complete -c check_tencent_cwp_license -l output-format -d 'text (default), json or prometheus' -x -a 'text json prometheus'
complete -c check_tencent_cwp_license -l no-perfdata -d 'text without performance data'
complete -c check_tencent_cwp_license -l detail -d 'text with a line for every field'
complete -c check_tencent_cwp_license -s v -l verbose -d '-v where the key came from, host and timings'
complete -c check_tencent_cwp_license -l exit-ok -d 'always exit 0, the text stays the same'
complete -c check_tencent_cwp_license -s h -l help -d 'print this and exit 3'
complete -c check_tencent_cwp_license -s V -l version -d 'print the version and exit 3'
