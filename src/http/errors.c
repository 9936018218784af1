/* What hostile or broken clients cause. Each class is its own name in the log. */
#include <fleche/error.h>
#include <fleche/http.h>

FL_ERROR_CLASS(FL_BAD_HEADER, FL_ERROR_BASE, .status = 500, .message = "The answer has a header that cannot be sent.");
FL_ERROR_CLASS(FL_DISALLOWED_HOST, FL_SUSPICIOUS_OPERATION, .status = 400,
               .message = "The request names a host that is not served here.");
FL_ERROR_CLASS(FL_DISALLOWED_REDIRECT, FL_SUSPICIOUS_OPERATION, .status = 400,
               .message = "The redirect leads to a place that is not allowed.");
FL_ERROR_CLASS(FL_REQUEST_DATA_TOO_BIG, FL_SUSPICIOUS_OPERATION, .status = 400, .message = "The request's body is too big.");
FL_ERROR_CLASS(FL_TOO_MANY_FIELDS, FL_SUSPICIOUS_OPERATION, .status = 400, .message = "The request has too many fields.");
FL_ERROR_CLASS(FL_TOO_MANY_FILES, FL_SUSPICIOUS_OPERATION, .status = 400, .message = "The request has too many files.");
FL_ERROR_CLASS(FL_SUSPICIOUS_MULTIPART, FL_SUSPICIOUS_OPERATION, .status = 400,
               .message = "The form is not one that a browser sends.");
FL_ERROR_CLASS(FL_MULTIPART_ERROR, FL_BAD_REQUEST, .status = 400, .message = "The form cannot be read.");
FL_ERROR_CLASS(FL_UNREADABLE_BODY, FL_BAD_REQUEST, .status = 400, .message = "The request's body could not be read.");
FL_ERROR_CLASS(FL_BODY_CONSUMED, FL_PROGRAMMING_ERROR, .status = 500, .message = "The request's body has been read already.");
FL_ERROR_CLASS(FL_REQUEST_ABORTED, FL_BAD_REQUEST, .status = 400, .message = "The client has gone.");
