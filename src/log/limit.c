/* Rate limits: a place that logs has so many records a second; the rest is counted, and said with the next one that passes.
 * Several threads may run through one place, so the counters are atomic; a record more or less at the turn of a second
 * is fine. */
#include "log/log.h"

bool fl_log_passes_(fl_log_site *site, int64_t second, unsigned *ret_held_back)
{
    int64_t seen = __atomic_load_n(&site->second, __ATOMIC_RELAXED);

    *ret_held_back = 0;
    if (site->burst == 0)
        return true;
    if (seen != second && __atomic_compare_exchange_n(&site->second, &seen, second, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        __atomic_store_n(&site->sent, 0, __ATOMIC_RELAXED);
    if (__atomic_fetch_add(&site->sent, 1, __ATOMIC_RELAXED) < site->burst) {
        *ret_held_back = __atomic_exchange_n(&site->dropped, 0, __ATOMIC_RELAXED);
        return true;
    }
    __atomic_fetch_add(&site->dropped, 1, __ATOMIC_RELAXED);
    return false;
}
