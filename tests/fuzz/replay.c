/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * Feeds files to a fuzz target without libFuzzer. A broken promise aborts.
 */
#include <stdlib.h>

#include "fuzz.h"

int main(int argc, char **argv)
{
    enum { MOST = 1024 * 1024 };
    uint8_t *data = malloc(MOST);

    HOLD(data && argc > 1);
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        HOLD(file);
        size_t size = fread(data, 1, MOST, file);
        fclose(file);
        /* Its own allocation, so that a sanitizer sees a read beyond the end. */
        uint8_t *exact = malloc(size + (size == 0));
        HOLD(exact);
        for (size_t k = 0; k < size; k++)
            exact[k] = data[k];
        LLVMFuzzerTestOneInput(exact, size);
        free(exact);
    }
    free(data);
    printf("%d inputs\n", argc - 1);
    return 0;
}
