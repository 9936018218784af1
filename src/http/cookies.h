/* The Cookie header by itself. */
#pragma once
#include <fleche/querydict.h>

void fl_cookies_read(fl_querydict *cookies, fl_str header);          /* adds to them; in the current arena, which is theirs */
