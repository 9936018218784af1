/* The signals of the framework: all here, whoever sends them, so that a receiver needs nothing but this module. */
#include <fleche/signals.h>

FL_SIGNAL(class_prepared);
FL_SIGNAL(pre_init);
FL_SIGNAL(post_init);
FL_SIGNAL(pre_save);
FL_SIGNAL(post_save);
FL_SIGNAL(pre_delete);
FL_SIGNAL(post_delete);
FL_SIGNAL(m2m_changed);
FL_SIGNAL(pre_migrate);
FL_SIGNAL(post_migrate);

FL_SIGNAL(request_started);
FL_SIGNAL(request_finished);
FL_SIGNAL(got_request_exception);

FL_SIGNAL(user_logged_in);
FL_SIGNAL(user_logged_out);
FL_SIGNAL(user_login_failed);

FL_SIGNAL(setting_changed);
FL_SIGNAL(template_rendered);
FL_SIGNAL(connection_created);
FL_SIGNAL(task_enqueued);
FL_SIGNAL(task_started);
FL_SIGNAL(task_finished);
