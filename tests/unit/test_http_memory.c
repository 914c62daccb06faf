/* SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
 * SPDX-License-Identifier: MIT
 *
 * That it is wiped is seen from outside, by tests/e2e/test_secrets_in_memory.py: here it could
 * only be read after it was given back.
 */
#include "unit.h"

#include <stdint.h>

#include "http_memory.h"

static void test_too_much(void **state)
{
    (void)state;
    assert_null(http_memory_get(SIZE_MAX));
    assert_null(http_memory_get(SIZE_MAX - 1));
    assert_null(http_memory_get_zeroed(SIZE_MAX, 2));
    assert_null(http_memory_get_zeroed(SIZE_MAX / 2 + 1, 2)); /* wraps to 0 */
    assert_null(http_memory_get_zeroed(1, SIZE_MAX));

    char *kept = http_memory_copy("kept");
    assert_null(http_memory_resize(kept, SIZE_MAX));
    assert_string_equal(kept, "kept");
    http_memory_drop(kept);
}

static void test_nothing(void **state)
{
    (void)state;
    http_memory_drop(NULL);
    http_memory_drop(http_memory_get(0));
    http_memory_drop(http_memory_get_zeroed(0, SIZE_MAX));
    http_memory_drop(http_memory_get_zeroed(SIZE_MAX, 0));
    http_memory_drop(http_memory_resize(NULL, 0));
    http_memory_drop(http_memory_copy(""));
}

static void test_sizes(void **state)
{
    static const size_t SIZES[] = { 1, 7, 8, 16, 17, 4096, 1, 300000, 0, 5 };
    unsigned char *memory = NULL;
    size_t before = 0;

    (void)state;
    for (size_t i = 0; i < ROWS(SIZES); i++) {
        memory = http_memory_resize(memory, SIZES[i]);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < before && k < SIZES[i]; k++)
            assert_int_equal(memory[k], (unsigned char)(k * 7));
        for (size_t k = 0; k < SIZES[i]; k++)
            memory[k] = (unsigned char)(k * 7);
        before = SIZES[i];
    }
    http_memory_drop(memory);
}

static void test_zeroed(void **state)
{
    (void)state;
    for (int round = 0; round < 3; round++) { /* what was given back comes again */
        unsigned char *memory = http_memory_get_zeroed(100, 7);
        for (size_t i = 0; i < 700; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xff, 700);
        http_memory_drop(memory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_zeroed),
    };

    return cmocka_run_group_tests_name("http_memory", tests, NULL, NULL);
}
