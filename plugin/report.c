/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "report.h"

typedef void print_report(FILE *stream, const struct outcome *outcome);

static print_report *const FORMATS[OUTPUT_FORMATS] = {
    [OUTPUT_TEXT] = report_text,
    [OUTPUT_JSON] = report_json,
    [OUTPUT_PROMETHEUS] = report_prometheus,
};

const char *const OUTPUT_FORMAT_NAMES[OUTPUT_FORMATS] = {
    [OUTPUT_TEXT] = "text",
    [OUTPUT_JSON] = "json",
    [OUTPUT_PROMETHEUS] = "prometheus",
};

void report(FILE *stream, const struct outcome *outcome)
{
    FORMATS[outcome->look->format](stream, outcome);
}
