/* The codecs: what is encoded comes back, and what a decoder accepts is what its encoder writes. */
#include <fleche/base.h>
#include <stdlib.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static fl_buf scratch(void) { return fl_buf_in(fl_arena_here(), FL_NO_LIMIT); }

static void check_base64(fl_str input, fl_base64_form form)
{
    fl_buf text = scratch(), back = scratch(), decoded = scratch(), again = scratch();

    fl_base64_encode(input, form, &text);
    require(fl_base64_decode(fl_buf_str(&text), form, &back) == 0);
    require(fl_str_equal(fl_buf_str(&back), input));
    if (fl_base64_decode(input, form, &decoded) != 0) {
        require(decoded.size == 0);
        return;
    }
    fl_base64_encode(fl_buf_str(&decoded), form, &again);
    require(fl_str_equal(fl_buf_str(&again), input));
}

static void check_hex(fl_str input)
{
    fl_buf text = scratch(), back = scratch(), decoded = scratch(), again = scratch();

    fl_hex_encode(input, &text);
    require(fl_hex_decode(fl_buf_str(&text), &back) == 0);
    require(fl_str_equal(fl_buf_str(&back), input));
    if (fl_hex_decode(input, &decoded) == 0) {
        fl_hex_encode(fl_buf_str(&decoded), &again);
        require(fl_str_equal_ascii(fl_buf_str(&again), input));
    }
}

static fl_str without_zeros(fl_str digits)
{
    while (digits.size > 1 && digits.data[0] == '0')
        digits = fl_str_slice(digits, 1, SIZE_MAX);
    return digits;
}

static void check_numbers(fl_str input)
{
    fl_buf text = scratch(), digits = scratch();
    unsigned long long number, number_back;
    long long value, back;

    if (fl_base62_decode(input, &value) == 0) {
        fl_base62_encode(value, &text);
        require(fl_base62_decode(fl_buf_str(&text), &back) == 0 && back == value);
        bool negative = input.data[0] == '-';
        fl_str shortest = fl_str_slice(fl_buf_str(&text), value < 0, SIZE_MAX);
        require(fl_str_equal(shortest, without_zeros(fl_str_slice(input, negative, SIZE_MAX))));
    }
    if (fl_base36_decode(input, &number) == 0) {
        fl_base36_encode(number, &digits);
        require(fl_base36_decode(fl_buf_str(&digits), &number_back) == 0 && number_back == number);
        require(fl_str_equal_ascii(fl_buf_str(&digits), without_zeros(input)));
    }
}

static void check_percent(fl_str input)
{
    fl_buf text = scratch(), back = scratch(), decoded = scratch();

    fl_percent_encode(input, "/", &text);
    fl_percent_decode(fl_buf_str(&text), &back);
    require(fl_str_equal(fl_buf_str(&back), input));
    fl_percent_decode(input, &decoded);
    require(decoded.size <= input.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;
    fl_str input = { (const char *)data, size };

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    check_base64(input, FL_BASE64);
    check_base64(input, FL_BASE64URL);
    check_base64(input, FL_BASE64URL_PADDED);
    check_hex(input);
    check_numbers(input);
    check_percent(input);
    fl_arena_reset(arena);
    return 0;
}
