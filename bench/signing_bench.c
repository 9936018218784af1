/* Signatures: what a session in a cookie or a signed link costs each request. */
#include <fleche/bench.h>
#include <fleche/signing.h>

static const fl_signer signer = { .key = FL_LIT("a key of the usual fifty characters, as projects have it"), .salt = "bench" };

FL_BENCH(sign_a_text, .unit = "signature")
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_sign(&signer, fl_lit("user=7")).data);
        }
}

FL_BENCH(unsign_a_text, .unit = "signature")
{
    fl_str text = fl_sign_timed(&signer, fl_lit("user=7"));

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_unsign_timed(&signer, text, FL_DAYS(1)).data);
        }
}

FL_BENCH(sign_loads, .unit = "object")
{
    fl_str text = fl_sign_dumps(&signer, fl_box(fl_dict_of("user", 7, "back", "/articles/2026/", "cart", fl_list_of(1, 2, 3))),
                                0);

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_sign_loads(&signer, text, FL_DAYS(1)));
        }
}
