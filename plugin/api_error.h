/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * What the error codes of Tencent Cloud API 3.0 mean for this check.
 */
#ifndef API_ERROR_H
#define API_ERROR_H

struct failure;

/* Sets why from the code and the API's own message. A code that the table lacks is looked up by
 * the part before its dot, since subcodes are added freely. A '#' in the table's sentence stays
 * for whoever knows the key: api_error_name_key. why must not hold a failure yet. */
void api_error_explain(struct failure *why, const char *code, const char *message);

/* Puts the shortened id of the key in place of the '#' of the sentence. */
void api_error_name_key(struct failure *why, const char *shown_id);

#endif
