/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <stdbool.h>
#include <string.h>

#include "json.h"

static const char STRIPPED[] = "`~$&'\"<>;";

char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    HOLD(text);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

int fuzz_words(char **argv, int most, char *text)
{
    int argc = 1;

    argv[0] = (char *)(uintptr_t)"check_tencent_cwp_license";
    while (*text != '\0' && argc < most) {
        char *end = strchr(text, '\n');
        argv[argc++] = text;
        if (!end)
            break;
        *end = '\0';
        text = end + 1;
    }
    argv[argc] = NULL;
    return argc;
}

void hold_text(const char *text, size_t size)
{
    size_t line = strcspn(text, "\n"), summary = strcspn(text, "|\n");

    HOLD(strlen(text) == size && line > 0 && text[size - 1] == '\n');
    HOLD(summary <= 140 && strcspn(text, STRIPPED) >= summary);
    for (size_t i = 0; i < size; i++) {
        HOLD(text[i] == '\n' || (text[i] >= ' ' && text[i] <= '~'));
        HOLD(text[i] != '|' || i == summary);
    }
}

void hold_text_output(const char *text, size_t size)
{
    hold_text(text, size);
    HOLD(size < 4096 && !strstr(text, "\n\n"));
}

void hold_json_output(const char *text, size_t size)
{
    const char *why = NULL;
    cJSON *tree = json_parse(text, size, NULL, NULL, &why);

    HOLD(tree && memchr(text, '\n', size) == text + size - 1);
    cJSON_Delete(tree);
}

void hold_clean(const char *text, size_t size)
{
    HOLD(memchr(text, '\0', size));
    HOLD(!strpbrk(text, STRIPPED) && !strchr(text, '|'));
    for (; *text != '\0'; text++)
        HOLD(*text >= ' ' && *text <= '~');
}
