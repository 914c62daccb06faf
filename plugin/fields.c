/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "fields.h"

#include <string.h>

#define FIELD_ROW(id, kind, name, api_name, bad, presence, warning, critical, words, help)         \
    { kind, name, api_name, bad, presence, warning, critical, words, help },
const struct field_info FIELD_INFO[] = { FIELDS(FIELD_ROW) };
#undef FIELD_ROW

bool field_is_metric(enum field field)
{
    return FIELD_INFO[field].kind == FIELD_COUNT || FIELD_INFO[field].kind == FIELD_SECONDS;
}

enum field field_find(const char *name, size_t length)
{
    enum field f = 0;

    while (f < FIELD_END && (strlen(FIELD_INFO[f].name) != length
                               || strncmp(FIELD_INFO[f].name, name, length) != 0))
        f++;
    return f;
}
