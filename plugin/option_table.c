/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "option_table.h"

#include "option_values.h"
#include "options.h"

/* What an option does: each checks its argument by a reader of option_values.h. */

static bool apply_warning(struct options *o, const struct given *g, struct failure *why)
{
    return value_threshold(&o->limits, LEVEL_WARNING, g, why);
}

static bool apply_critical(struct options *o, const struct given *g, struct failure *why)
{
    return value_threshold(&o->limits, LEVEL_CRITICAL, g, why);
}

static bool apply_require_switch(struct options *o, const struct given *g, struct failure *why)
{
    return value_switch(&o->limits, g, why);
}

static bool apply_trust_auto_renew(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    return o->limits.trust_auto_renew = true;
}

static bool apply_empty_state(struct options *o, const struct given *g, struct failure *why)
{
    return value_state(&o->limits.empty_state, g, why);
}

static bool apply_api_error_state(struct options *o, const struct given *g, struct failure *why)
{
    return value_state(&o->api_error_state, g, why);
}

static bool apply_credentials_file(struct options *o, const struct given *g, struct failure *why)
{
    return value_path(&o->credentials.file, g, why);
}

static bool apply_profile(struct options *o, const struct given *g, struct failure *why)
{
    return value_profile(&o->credentials.profile, g, why);
}

static bool apply_role(struct options *o, const struct given *g, struct failure *why)
{
    o->credentials.role = true;
    o->credentials.role_name = NULL;
    return !g->argument || value_role(&o->credentials.role_name, g, why);
}

static bool apply_hostname(struct options *o, const struct given *g, struct failure *why)
{
    return value_hostname(&o->target.host, g, why);
}

static bool apply_port(struct options *o, const struct given *g, struct failure *why)
{
    return value_integer(&o->target.port, 1, 65535, g, why);
}

static bool apply_region(struct options *o, const struct given *g, struct failure *why)
{
    return value_region(&o->target.region, g, why);
}

static bool apply_proxy(struct options *o, const struct given *g, struct failure *why)
{
    o->target.network.no_proxy = false;
    return value_proxy(&o->target.network.proxy, g, why);
}

static bool apply_no_proxy(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    return o->target.network.no_proxy = true;
}

static bool apply_ca_file(struct options *o, const struct given *g, struct failure *why)
{
    return value_file(&o->target.network.ca_file, g, why);
}

static bool apply_ca_path(struct options *o, const struct given *g, struct failure *why)
{
    return value_directory(&o->target.network.ca_path, g, why);
}

static bool apply_v4(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    o->target.network.family = ADDRESS_V4;
    return true;
}

static bool apply_v6(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    o->target.network.family = ADDRESS_V6;
    return true;
}

static bool apply_timeout(struct options *o, const struct given *g, struct failure *why)
{
    return value_integer(&o->timeout_s, 1, 300, g, why);
}

static bool apply_retries(struct options *o, const struct given *g, struct failure *why)
{
    return value_integer(&o->retries, 0, 3, g, why);
}

static bool apply_input(struct options *o, const struct given *g, struct failure *why)
{
    return value_path(&o->input, g, why);
}

static bool apply_account(struct options *o, const struct given *g, struct failure *why)
{
    return value_account(&o->look.account, g, why);
}

static bool apply_output_format(struct options *o, const struct given *g, struct failure *why)
{
    return value_format(&o->look.format, g, why);
}

static bool apply_no_perfdata(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    return o->look.no_perfdata = true;
}

static bool apply_detail(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    return o->look.detail = true;
}

static bool apply_verbose(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    if (o->look.verbosity < 3)
        o->look.verbosity++;
    return true;
}

static bool apply_exit_ok(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    return o->exit_ok = true;
}

static bool apply_help(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    return o->help = true;
}

static bool apply_version(struct options *o, const struct given *g, struct failure *why)
{
    (void)g, (void)why;
    return o->version = true;
}

const struct option_row OPTION_TABLE[] = {
    { 'w', "warning", ARGUMENT_REQUIRED, "METRIC=RANGE", apply_warning,
      "WARNING when the metric is outside the range; repeatable" },
    { 'c', "critical", ARGUMENT_REQUIRED, "METRIC=RANGE", apply_critical,
      "CRITICAL when the metric is outside the range; repeatable" },
    { 0, "require-switch", ARGUMENT_REQUIRED, "NAME[=STATE]", apply_require_switch,
      "a problem when this switch of the account is not on; STATE is warning\n"
      "(default) or critical; repeatable" },
    { 0, "trust-auto-renew", ARGUMENT_NONE, "", apply_trust_auto_renew,
      "near_expiry is no problem while auto_purchase_renew and order_renew\n"
      "are both on; it is still said" },
    { 0, "empty-state", ARGUMENT_REQUIRED, "STATE", apply_empty_state,
      "state of an account without any licenses: ok, warning, critical or\n"
      "unknown (default)" },
    { 0, "api-error-state", ARGUMENT_REQUIRED, "STATE", apply_api_error_state,
      "state when network or service fail: ok, warning, critical or unknown\n"
      "(default); mistakes of key, permission, clock or options stay UNKNOWN" },
    { 0, "credentials-file", ARGUMENT_REQUIRED, "FILE", apply_credentials_file,
      "file with the API key, INI or JSON of tccli; without it: environment,\n"
      "~/.tencentcloud/credentials, /etc/tencentcloud/credentials, ~/.tccli" },
    { 0, "profile", ARGUMENT_REQUIRED, "NAME", apply_profile,
      "profile in the file (default: default); skips the environment" },
    { 0, "role", ARGUMENT_OPTIONAL, "[=NAME]", apply_role,
      "after all files, use the key of the CVM instance role" },
    { 'H', "hostname", ARGUMENT_REQUIRED, "NAME", apply_hostname,
      "host of the API (default: " CWP_HOST ")" },
    { 'p', "port", ARGUMENT_REQUIRED, "N", apply_port, "port of the API (default: 443)" },
    { 0, "region", ARGUMENT_REQUIRED, "NAME", apply_region,
      "send X-TC-Region; this API does not need it" },
    { 0, "proxy", ARGUMENT_REQUIRED, "URL", apply_proxy,
      "proxy, such as http://HOST:PORT; without it: https_proxy and no_proxy\n"
      "of the environment" },
    { 0, "no-proxy", ARGUMENT_NONE, "", apply_no_proxy, "no proxy, whatever the environment says" },
    { 0, "ca-file", ARGUMENT_REQUIRED, "FILE", apply_ca_file,
      "trust only the certificate authorities of this PEM file" },
    { 0, "ca-path", ARGUMENT_REQUIRED, "DIR", apply_ca_path,
      "trust only those of this hashed directory" },
    { '4', "use-ipv4", ARGUMENT_NONE, "", apply_v4, "use IPv4 only" },
    { '6', "use-ipv6", ARGUMENT_NONE, "", apply_v6, "use IPv6 only" },
    { 't', "timeout", ARGUMENT_REQUIRED, "SECONDS", apply_timeout,
      "hard limit over everything, 1 to 300 (default: 10)" },
    { 0, "retries", ARGUMENT_REQUIRED, "N", apply_retries,
      "further tries after faults that may pass, 0 to 3 (default: 1)" },
    { 0, "input", ARGUMENT_REQUIRED, "FILE", apply_input,
      "judge a saved answer of the API (- for standard input); needs no key\n"
      "and no network" },
    { 0, "account", ARGUMENT_REQUIRED, "NAME", apply_account,
      "name shown in the output, at most 32 characters" },
    { 0, "output-format", ARGUMENT_REQUIRED, "FORMAT", apply_output_format,
      "text (default), json or prometheus" },
    { 0, "no-perfdata", ARGUMENT_NONE, "", apply_no_perfdata, "text without performance data" },
    { 0, "detail", ARGUMENT_NONE, "", apply_detail, "text with a line for every field" },
    { 'v', "verbose", ARGUMENT_NONE, "", apply_verbose,
      "-v where the key came from, host and timings; -vv the request\n"
      "without its secrets; -vvv the raw answer" },
    { 0, "exit-ok", ARGUMENT_NONE, "", apply_exit_ok, "always exit 0, the text stays the same" },
    { 'h', "help", ARGUMENT_NONE, "", apply_help, "print this and exit 3" },
    { 'V', "version", ARGUMENT_NONE, "", apply_version, "print the version and exit 3" },
};

const size_t OPTION_COUNT = sizeof OPTION_TABLE / sizeof *OPTION_TABLE;
