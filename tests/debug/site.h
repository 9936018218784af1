/* A site whose views go wrong, for the tests of what developers see of that. */
#pragma once
#include <fleche/app.h>
#include <fleche/debug.h>
#include <fleche/test.h>
#include "../helpers.h"

extern const fl_project faulty_site, empty_site;
extern const fl_error_class REFUSED_IN_DEBUG;

void set_up_site(const fl_project *project, const char *settings);     /* taken down at the end of the test */
fl_request *request_to(const char *method, const char *target);        /* of a browser on localhost */
const char *body_of(const fl_response *response);
const char *page_at(const char *target);             /* what a browser gets for GET */
