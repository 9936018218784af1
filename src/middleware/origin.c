/* Schemes and hosts of URLs. */
#include "middleware/origin.h"

fl_origin fl_origin_of(fl_str url)
{
    size_t at, end = 0;

    if (!fl_str_find(url, fl_lit("://"), &at))
        return (fl_origin){ 0 };
    fl_str rest = fl_str_slice(url, at + 3, SIZE_MAX);
    while (end < rest.size && rest.data[end] != '/' && rest.data[end] != '?' && rest.data[end] != '#')
        end++;
    return (fl_origin){ fl_str_slice(url, 0, at), fl_str_slice(rest, 0, end) };
}

fl_str fl_origin_path(fl_str url)
{
    fl_origin origin = fl_origin_of(url);
    fl_str rest = origin.host.data == NULL ? url : fl_str_slice(url, origin.scheme.size + 3 + origin.host.size, SIZE_MAX);
    size_t end = 0;

    while (end < rest.size && rest.data[end] != '?' && rest.data[end] != '#')
        end++;
    return fl_str_slice(rest, 0, end);
}
