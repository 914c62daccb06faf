/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * A saved answer of the API, to be judged without key and network.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>

struct failure;

/* Reads all of the file, or of standard input when path is "-", into data, which has room for
 * size bytes. False also when there is more. */
bool input_read(char *data, size_t size, size_t *length, const char *path, struct failure *why);

#endif
