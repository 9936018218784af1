/* What a request may carry, as the settings say. */
#include "web/web.h"

static size_t limit(fl_int number) { return number < 0 ? FL_NO_LIMIT : (size_t)number; }

void fl_site_limits(fl_site *site, const fl_settings *settings)
{
    site->limits = fl_request_limits_default;
    site->limits.body = limit(settings->data_upload_max_memory_size);
    site->limits.fields = limit(settings->data_upload_max_number_fields);
    site->limits.files = limit(settings->data_upload_max_number_files);
    site->limits.in_memory = limit(settings->file_upload_max_memory_size);
    site->limits.temporary_directory = settings->file_upload_temp_dir;
}
