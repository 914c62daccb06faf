/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT */
#include "http_answer.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "http.h"

enum { HEADERS_MAX = 64 * 1024 };

static size_t take_body(char *data, size_t unit, size_t count, void *context)
{
    struct http_answer *answer = context;
    struct http_reply *reply = answer->reply;
    size_t length = unit * count;

    if (length > reply->size - reply->length) {
        reply->too_large = true;
        return 0;
    }
    memcpy(reply->data + reply->length, data, length);
    reply->length += length;
    return length;
}

static size_t take_header(char *data, size_t unit, size_t count, void *context)
{
    struct http_answer *answer = context;
    size_t length = unit * count;
    char line[HTTP_TEXT];

    answer->header_bytes += length;
    /* Trailers come after the empty line, and a status line begins again after an interim one. */
    if (length >= 5 && memcmp(data, "HTTP/", 5) == 0)
        answer->head_complete = false;
    else if (length > 0 && (data[0] == '\r' || data[0] == '\n'))
        answer->head_complete = true;
    if (answer->header_bytes > HEADERS_MAX) {
        answer->reply->too_large = true;
        return 0;
    }
    snprintf(line, sizeof line, "%.*s", (int)(length < sizeof line ? length : sizeof line), data);
    if (strncasecmp(line, "Date:", 5) == 0)
        answer->reply->date = (int64_t)curl_getdate(line + 5, NULL);
    return length;
}

bool http_answer_take(struct http_answer *out, void *easy)
{
    return curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK
           && curl_easy_setopt(easy, CURLOPT_WRITEDATA, out) == CURLE_OK
           && curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK
           && curl_easy_setopt(easy, CURLOPT_HEADERDATA, out) == CURLE_OK;
}
