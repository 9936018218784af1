/* Everything an application sees.
 *
 *     #include <fleche/fleche.h>
 *
 *     static fl_response *hello(fl_request *req) { return fl_json_response(Json("hello", fl_query(req, "name"))); }
 *     FL_URLS(urls, Path("", hello));
 *     FL_PROJECT(site, Urls(urls));
 *
 * <fleche/test.h> and <fleche/bench.h> are for tests only. Installed as system headers (or -isystem) they let gcc report a mistake at the
 * line of the application, without the macros above it. */
#pragma once
#include "base.h"
#include "child.h"
#include "conditional.h"
#include "crypto.h"
#include "fiber.h"
#include "format.h"
#include "html.h"
#include "log.h"
#include "loop.h"
#include "offload.h"
#include "regex.h"
#include "signing.h"
#include "sync.h"
#include "text.h"
#include "upload.h"
#include "websocket.h"
#include "app.h"
#include "short.h"
