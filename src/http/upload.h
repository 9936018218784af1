/* Forms with files: what one takes while it is read. */
#pragma once
#include "http/request.h"

/* fl_upload_read reads the request's body as multipart/form-data into request->parts: form and files. Waits; raises, and then the
 * form is empty. */
void fl_upload_read(fl_request *request);
