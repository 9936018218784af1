/* The kitchen: one of everything that the web layer can do, on one site. */
#pragma once
#include <fleche/app.h>

fl_view home, upload, api_time;                                                    /* pages.c: for people */
fl_view plaintext, json, echo, stream, file, slow, redirect_home, socket_echo;     /* tools.c: for tools */

fl_response *page(const char *title, fl_value body);                               /* layout.c: HTML around a body */
