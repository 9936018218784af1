/* Names and paths: what a request for a file, and an upload, cost before the disk is asked. */
#include <fleche/bench.h>
#include <fleche/files.h>

FL_BENCH(safe_join)
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_safe_join("/srv/media", "photos/2026/11/../12/portrait.jpeg"));
        }
}

FL_BENCH(guess_type)
{
    for (size_t i = 0; i < n; i++)
        fl_bench_use(fl_guess_type(fl_lit("photos/2026/portrait.jpeg"), NULL));
}

FL_BENCH(upload_name)
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_upload_name(fl_lit("C:\\Users\\me\\My r\xc3\xa9sum\xc3\xa9.pdf")));
        }
}

FL_BENCH(content_disposition)
{
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_bench_use(fl_content_disposition(true, fl_lit("na\xc3\xafve.txt")));
        }
}
