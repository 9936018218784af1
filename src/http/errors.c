/* What hostile or broken clients cause, and what a view does that HTTP has no way for. Each has a name of its own in the log. */
#include <fleche/http.h>

#define CLASS(Name, Parent, status_, message_) FL_ERROR_CLASS(Name, Parent, .status = status_, .message = message_)

CLASS(FL_BAD_HEADER, FL_VALUE_ERROR, 500, NULL);
CLASS(FL_DISALLOWED_HOST, FL_SUSPICIOUS_OPERATION, 400, "The request names a host that is not served here.");
CLASS(FL_DISALLOWED_REDIRECT, FL_SUSPICIOUS_OPERATION, 400, "The redirect leads to a place that is not allowed.");
CLASS(FL_REQUEST_DATA_TOO_BIG, FL_SUSPICIOUS_OPERATION, 400, "The request's body is too big.");
CLASS(FL_TOO_MANY_FIELDS, FL_SUSPICIOUS_OPERATION, 400, "The request has too many fields.");
CLASS(FL_TOO_MANY_FILES, FL_SUSPICIOUS_OPERATION, 400, "The request has too many files.");
CLASS(FL_SUSPICIOUS_MULTIPART, FL_SUSPICIOUS_OPERATION, 400, "The form is not one that a browser sends.");
CLASS(FL_MULTIPART_ERROR, FL_BAD_REQUEST, 400, "The form cannot be read.");
CLASS(FL_UNREADABLE_BODY, FL_BAD_REQUEST, 400, "The request's body could not be read.");
CLASS(FL_BODY_CONSUMED, FL_PROGRAMMING_ERROR, 500, NULL);
CLASS(FL_REQUEST_ABORTED, FL_BAD_REQUEST, 400, "The client has gone.");
