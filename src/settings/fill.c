/* Filling settings: the defaults of the table, and what the fl_use_… macros put into them. */
#include <fleche/unicode.h>
#include "settings/settings.h"

static const fl_list *list_of(const char *const *texts)
{
    fl_list *list = fl_list_new();

    for (; texts != NULL && *texts != NULL; texts++)
        fl_list_push(list, *texts);
    return list;
}

static void begin(const setting *row, fl_settings *s)
{
    void *at = (char *)s + row->offset;

    switch (row->kind) {
    case SETTING_TEXT: *(const char **)at = row->text; break;
    case SETTING_BOOL: *(bool *)at = row->number != 0; break;
    case SETTING_INT: *(int *)at = (int)row->number; break;
    case SETTING_BIG: *(fl_int *)at = row->number; break;
    case SETTING_LIST: *(const fl_list **)at = list_of(row->list); break;
    case SETTING_SECONDS:
    case SETTING_DURATION: *(fl_duration *)at = FL_SECONDS(row->number); break;
    default: break;                                  /* nothing is in them yet */
    }
}

void fl_settings_begin(fl_settings *s)
{
    memset(s, 0, sizeof *s);
    for (size_t i = 0; i < fl_setting_count; i++)
        begin(&fl_setting_rows[i], s);
    s->base_dir = fl_text("%s", fl_base_dir());
    fl_use_cache(s, "default", .backend = "locmem");
}

/* -- what is put under an alias ---------------------------------------------------------------------------------------------- */

/* A copy of `count` items with room for one more: what was handed out before stays as it is. */
static void *with_room(const void *items, size_t count, size_t item)
{
    char *copy = fl_alloc_array_(item, count + 1);

    if (count > 0)
        memcpy(copy, items, count * item);
    return copy;
}

void fl_use_database_(fl_settings *s, const char *alias, const fl_database *database)
{
    fl_database_setting *items = with_room(s->databases, s->database_count, sizeof *items);
    size_t at = 0;

    while (at < s->database_count && strcmp(items[at].alias, alias) != 0)
        at++;
    items[at] = (fl_database_setting){ alias, *database };
    s->databases = items;
    s->database_count += at == s->database_count;
}

void fl_use_cache_(fl_settings *s, const char *alias, const fl_cache_backend *cache)
{
    fl_cache_setting *items = with_room(s->caches, s->cache_count, sizeof *items);
    size_t at = 0;

    while (at < s->cache_count && strcmp(items[at].alias, alias) != 0)
        at++;
    items[at] = (fl_cache_setting){ alias, *cache };
    s->caches = items;
    s->cache_count += at == s->cache_count;
}

const fl_database *fl_settings_database(const fl_settings *s, const char *alias)
{
    for (size_t i = 0; i < s->database_count; i++)
        if (strcmp(s->databases[i].alias, alias) == 0)
            return &s->databases[i].database;
    return NULL;
}

const fl_cache_backend *fl_settings_cache(const fl_settings *s, const char *alias)
{
    for (size_t i = 0; i < s->cache_count; i++)
        if (strcmp(s->caches[i].alias, alias) == 0)
            return &s->caches[i].cache;
    return NULL;
}

void fl_use_email_(fl_settings *s, const fl_email_server *server)
{
    s->email_backend = server->backend;
    s->email_host = server->host[0] == '\0' ? s->email_host : server->host;
    s->email_port = server->port == 0 ? s->email_port : server->port;
    s->email_host_user = server->user;
    s->email_host_password = server->password;
    s->email_file_path = server->file_path[0] == '\0' ? NULL : server->file_path;
    s->email_use_tls = server->use_tls;
    s->email_use_ssl = server->use_ssl;
}

/* -- lists ------------------------------------------------------------------------------------------------------------------- */

/* "a, b ,c" as it stood between the parentheses of a macro. */
static const fl_list *names_of(const char *names)
{
    fl_list *list = fl_list_new();

    for (fl_str name, rest = fl_str_of(names); fl_str_cut(&rest, ',', &name);)
        fl_list_push(list, fl_str_trim(name));
    return list;
}

/* A copy of the pointers, NULL at the end; all pointers of a program have one size and form. */
static void *pointers(const void *list)
{
    const void *const *items = list;
    size_t count = 0;

    while (items[count] != NULL)
        count++;
    return fl_arena_copy(fl_arena_here(), items, (count + 1) * sizeof *items);
}

void fl_use_middleware_(fl_settings *s, const fl_middleware *const *list, const char *names)
{
    s->middleware = pointers(list);
    s->middleware_names = names_of(names);
}

void fl_use_context_(fl_settings *s, fl_context_processor *const *list, const char *names)
{
    s->context_processors = pointers(list);
    s->context_processor_names = names_of(names);
}

void fl_use_auth_backends_(fl_settings *s, const fl_auth_backend *const *list, const char *names)
{
    s->auth_backends = pointers(list);
    s->auth_backend_names = names_of(names);
}

const fl_csp_directive *fl_csp_copy_(const fl_csp_directive *table)
{
    size_t count = 0;

    while (table[count].name != NULL)
        count++;
    return fl_arena_copy(fl_arena_here(), table, (count + 1) * sizeof *table);
}

void fl_use_logging_(fl_settings *s, const fl_log_config *config)
{
    s->logging = fl_arena_copy(fl_arena_here(), config, sizeof *config);
}

/* -- the application's own --------------------------------------------------------------------------------------------------- */

static bool is_upper(const char *name)
{
    for (const char *c = name; *c != '\0'; c++)
        if (!(*c >= 'A' && *c <= 'Z') && *c != '_' && (c == name || *c < '0' || *c > '9'))
            return false;
    return name[0] != '\0' && name[0] != '_';
}

void fl_settings_put_(fl_settings *s, const char *name, fl_value value)
{
    fl_dict *own = fl_dict_new();
    fl_value key, item;

    if (!is_upper(name))
        fl_raise(FL_IMPROPERLY_CONFIGURED, "the setting %s is not named in UPPER_CASE", name);
    if (fl_setting_named(fl_str_of(name)) != NULL)
        fl_raise(FL_IMPROPERLY_CONFIGURED, "%s is a member of the settings: set it as one", name);
    for (size_t cursor = 0; s->own != NULL && fl_dict_next(s->own, &cursor, &key, &item);)
        fl_dict_put(own, key.text, item);
    fl_dict_put(own, fl_str_of(name), fl_value_copy(fl_arena_here(), value));
    s->own = own;
}
