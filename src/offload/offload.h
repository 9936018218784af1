/* Inside: work on the thread pool for the floors above, with codes. */
#pragma once
#include <fleche/offload.h>
#include "loop/loop.h"

/* fl_pool_run runs run(data) on a thread while the fiber waits; run must not raise. A cancelled fiber waits all the same, since the work
 * uses its memory. 0, or -ECANCELED, -ETIMEDOUT or -ENOMEM: then it did not run at all. */
FL_MUST_CHECK int fl_pool_run(void (*run)(void *data), void *data);
