/* What the samples share. Models are not built yet: articles are plain structs here, in the smallest form that the views need. */
#pragma once
#include <fleche/fleche.h>

typedef struct Article { fl_int id; const char *title, *status, *cover_image; } Article;
extern const struct fl_model { const char *name; } Article_model;

extern const fl_middleware timing;
extern const fl_app blog_app;
extern const fl_urls blog_urls, article_urls, site_urls;
extern const fl_project mysite;
fl_configure development, production;
fl_view pay;
