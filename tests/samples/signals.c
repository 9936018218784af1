/* Receivers of post_save and pre_delete. */
#include "blog.h"

FL_RECEIVER(post_save, Article, tell_subscribers);
FL_RECEIVER(pre_delete, Article, delete_cover);

static void tell_subscribers(Article *article, const fl_event *event)
{
    if (event->created || !fl_text_is(article->status, "published"))
        return;
    fl_warn("New article: %s", article->title);
}

static void delete_cover(Article *article, const fl_event *event)
{
    (void)event;
    if (article->cover_image != NULL)
        fl_warn("deleted %s", article->cover_image);
}
