/* Whether memory can be read, without reading it: how boxing a stranger's pointer ends in an error and not in a crash. */
#pragma once
#include <fleche/object.h>

bool fl_tag_is_readable(const void *pointer);        /* aligned, and all of an fl_tag readable */
