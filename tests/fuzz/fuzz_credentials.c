/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include <sodium.h>
#include <string.h>

#include "credentials.h"
#include "failure.h"
#include "fuzz.h"
#include "key_file.h"

/* Bytes of a key file, INI or JSON. A key that is found is fit for a header; a failure is told. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct key_file file = { .path = "file", .length = size };
    struct credentials key = { 0 };
    struct failure why = { 0 };

    HOLD(sodium_init() >= 0 && (file.text = sodium_malloc(size + 1)));
    HOLD(credentials_allocate(&key, &why));
    memcpy(file.text, data, size);
    file.text[size] = '\0';
    enum lookup result = key_file_find(&key, &file, "default", 1700000000, &why);
    HOLD((result == LOOKUP_FAILED) == (why.kind != FAILURE_NONE));
    hold_clean(why.text, sizeof why.text);
    if (result == LOOKUP_FOUND) {
        HOLD(key.secret->id[0] != '\0' && strlen(key.secret->id) <= SECRET_MAX);
        HOLD(key.secret->key[0] != '\0' && strlen(key.secret->key) <= SECRET_MAX);
        HOLD(!strpbrk(key.secret->id, " \r\n\t") && !strpbrk(key.secret->token, " \r\n\t"));
    }
    credentials_clear(&key);
    key_file_clear(&file);
    return 0;
}
