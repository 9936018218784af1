/* A function view that lists and creates, with the methods it takes in the URL table. */
#include "blog.h"

static fl_list *titles;                              /* where a table of articles will be */

static fl_response *article_list(fl_request *req)
{
    if (titles == NULL)
        titles = fl_list_new();
    if (fl_is_post(req) && fl_post(req, "title") != NULL) {
        Article article = { .title = fl_post(req, "title"), .status = "published" };
        fl_list_push(titles, article.title);
        fl_send(post_save, &article, .sender = &Article_model);
        return fl_redirect(req, "article-list");
    }
    return fl_render(req, "articles/list.html", "articles", titles);
}

FL_URLS(article_urls, Path("", article_list, .name = "article-list", .decorators = { FL_METHODS("GET", "POST") }));
