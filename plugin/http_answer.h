/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * What libcurl hands over of an answer, while it comes.
 */
#ifndef HTTP_ANSWER_H
#define HTTP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

struct http_reply;

struct http_answer {
    struct http_reply *reply; /* where body and Date go, set by the caller */
    size_t header_bytes;
    bool head_complete; /* the empty line after the headers has come */
};

/* easy is a CURL *, which keeps pointing to out. False: libcurl refused. */
bool http_answer_take(struct http_answer *out, void *easy);

#endif
