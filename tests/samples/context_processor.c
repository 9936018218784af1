/* Names that every template knows. */
#include <fleche/fleche.h>

static void site_settings(FL_UNUSED fl_request *req, fl_json *context)
{
    fl_json_put(context, "site_name", "Acme");
    fl_json_put(context, "support_email", "help@acme.com");
}

fl_configure development;

void development(fl_settings *s) { fl_use_context_processors(s, site_settings); }
