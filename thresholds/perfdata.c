/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "thresholds.h"

#include <stdio.h>
#include <string.h>

static const char *shortest(const struct range *range)
{
    const char *text = range->text;

    if (!text)
        return "";
    if (strncmp(text, "0:", 2) == 0 && text[2] != '\0')
        return text + 2;
    if (text[0] == ':')
        return text + 1;
    return text;
}

void perfdata_format(char *out, size_t size, const struct perfdata *item)
{
    snprintf(out, size, "%s=%.*f%s;%s;%s;0", item->label, item->decimals, item->value, item->unit,
             shortest(item->warning), shortest(item->critical));
}
