/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 *   range  = [ "@" ] ( start ":" [ end ] / ":" end / end )
 *   start  = "~" / number
 *   end    = number
 *   number = [ "-" ] 1*DIGIT [ "." 1*DIGIT ]      at most 15 significant digits
 */
#include "thresholds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* With 15 digits text, double and text again are the same number. */
enum { SIGNIFICANT_DIGITS = 15 };

/* Not isdigit: that one may know other digits than these in some locale. */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

struct scan {
    const char *at;
    const char *why;
};

/* Zeros before the first other digit carry no precision, on either side of the point. */
static int skip_digits(struct scan *s, int significant)
{
    for (; is_digit(*s->at); s->at++) {
        if (significant > 0 || *s->at != '0')
            significant++;
    }
    return significant;
}

static const char *explain_missing_number(char c)
{
    if (c == '+')
        return "a number takes no plus sign";
    if (c == '.')
        return "a number needs a digit before the point, such as 0.5";
    if (c == ' ' || c == '\t')
        return "a range has no blanks in it";
    if (c == '~')
        return "a tilde stands only for the start, with a colon behind it";
    return "a number such as 10 or 2.5 is missing";
}

static bool scan_number(struct scan *s, double *out)
{
    const char *begin = s->at;

    if (*s->at == '-')
        s->at++;
    if (!is_digit(*s->at)) {
        s->why = explain_missing_number(*s->at);
        return false;
    }
    int significant = skip_digits(s, 0);
    if (*s->at == '.') {
        s->at++;
        if (!is_digit(*s->at)) {
            s->why = "a number needs a digit after the point, such as 5.0";
            return false;
        }
        significant = skip_digits(s, significant);
    }
    if (significant > SIGNIFICANT_DIGITS) {
        s->why = "a number has at most 15 significant digits";
        return false;
    }
    *out = strtod(begin, NULL) + 0.0; /* exact in the C locale, never left; + 0.0 turns -0 into 0 */
    return true;
}

static bool scan_start(struct scan *s, double *out)
{
    if (*s->at == '~') {
        *out = -INFINITY;
        s->at++;
        if (*s->at != ':')
            s->why = explain_missing_number('~');
        return *s->at == ':';
    }
    *out = 0; /* an empty start is 0 */
    return *s->at == ':' || scan_number(s, out);
}

static const char *explain_rest(char c)
{
    if (c == '%' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return "numbers take no units, exponents or letters";
    if (c == ',')
        return "use a point, not a comma, and no thousands separators";
    if (c == ' ' || c == '\t')
        return "a range has no blanks in it";
    if (c == '~')
        return "a tilde stands only for the start, with a colon behind it";
    return "something follows after the range";
}

/* What stands after the optional '@'. */
static bool scan_interval(struct scan *s, struct range *r)
{
    if (!scan_start(s, &r->start))
        return false;
    if (*s->at != ':') { /* only one number: that is the end */
        r->end = r->start;
        r->start = 0;
        return true;
    }
    bool start_given = s->at != r->text && s->at[-1] != '@';
    s->at++;
    r->end = INFINITY;
    if (*s->at == '\0' && start_given)
        return true;
    return scan_number(s, &r->end);
}

bool range_parse(struct range *out, const char *text, const char **why)
{
    struct scan s = { text, NULL };
    struct range r = { 0, 0, false, text };

    if (strlen(text) > RANGE_TEXT_MAX) {
        *why = "a range has at most 40 characters";
        return false;
    }
    if (*s.at == '@') {
        r.alert_inside = true;
        s.at++;
    }
    if (scan_interval(&s, &r)) {
        if (*s.at != '\0')
            s.why = explain_rest(*s.at);
        else if (r.start > r.end)
            s.why = "the start is greater than the end, for negative numbers write both, such as "
                    "-20:-10";
    }
    if (s.why) {
        *why = s.why;
        return false;
    }
    *out = r;
    return true;
}

struct range range_none(void)
{
    return (struct range){ -INFINITY, INFINITY, false, NULL };
}

bool range_alerts(const struct range *range, double value)
{
    bool inside = value >= range->start && value <= range->end;
    return inside == range->alert_inside;
}

bool range_can_alert(const struct range *range)
{
    return range->alert_inside || !isinf(range->start) || !isinf(range->end);
}

/* The answers change at the ends of the ranges only, so the ends and a value between each two of
 * them stand for all. 1e16 is beyond what a range or a count can say. */
bool range_hides(const struct range *loud, const struct range *quiet)
{
    const double ends[] = { 0, 1e16, loud->start, loud->end, quiet->start, quiet->end };
    const size_t count = sizeof ends / sizeof *ends;
    bool alerts = false;

    for (size_t i = 0; i < count * count; i++) {
        double value = (ends[i / count] + ends[i % count]) / 2;
        if (!(value >= 0 && value <= 1e16) || !range_alerts(quiet, value))
            continue;
        if (!range_alerts(loud, value))
            return false;
        alerts = true;
    }
    return alerts;
}

bool range_is_bare(const struct range *range)
{
    return range->text && !strpbrk(range->text, "@:");
}
