/* The site that tests serve: /pid/, /slow/ (300 ms), /null/ and /fault/ (a crash), /spin/ (holds the loop), /grow/ (memory that stays),
 * /client/ (address and scheme, as the view sees them), /body/ (reads it, says its size), /stream/ (without end), /talk/ (a
 * WebSocket that says nothing). */
#pragma once
#include <fleche/app.h>
#include <fleche/web.h>

extern const fl_project served_site;
