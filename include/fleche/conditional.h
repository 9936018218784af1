/* Conditional requests, ranges, and what the client takes: decisions about a response that is otherwise ready.
 *
 *     fl_response *response = fl_conditional(req, fl_etag_of(body), modified);     // 304 or 412, or NULL: answer in full
 *     if (response != NULL)
 *         return response;
 *
 * The rules are RFC 9110's, sections 13 and 14, as Django applies them; ranges, which Django leaves out, are answered with 206 and 416. */
#pragma once
#include "http.h"

/* -- entity tags and dates ------------------------------------------------------------------------------------------------------ */
const char *fl_etag_of(fl_str body);                       /* "\"5d41402a…\"": Django's, of the MD5 */
const char *fl_quote_etag(const char *tag);                /* in quotes, unless it is an entity tag already */
/* fl_parse_etags gives the tags of If-Match and the like: "*" alone for that; those in the wrong form are left out. */
const fl_list *fl_parse_etags(const char *header);
const char *fl_http_date(fl_datetime when);                /* "Tue, 14 Nov 2023 22:13:20 GMT" */
bool fl_parse_http_date(const char *text, fl_datetime *ret);           /* all three forms of RFC 9110 */

/* -- decisions ------------------------------------------------------------------------------------------------------------------- */
/* fl_conditional answers If-Match, If-Unmodified-Since, If-None-Match, If-Modified-Since: a 412 or 304 response, or NULL to answer
 * in full. etag may be NULL, modified none. */
fl_response *fl_conditional(const fl_request *request, const char *etag, fl_datetime modified);
/* fl_conditional_of does the same with the ETag and Last-Modified of a response: itself, or what stands in its place, with those of
 * its headers that a 304 keeps. Only for answers of 2xx; a 304 only for GET and HEAD, anything else gets a 412. */
fl_response *fl_conditional_of(const fl_request *request, fl_response *response);

/* fl_apply_range cuts a whole GET answer (200; a file, or a body in memory) to the one range that was asked for: 206 with
 * Content-Range, 416 if it lies outside; several ranges, or an If-Range that does not hold, get the whole. Says Accept-Ranges. */
fl_response *fl_apply_range(const fl_request *request, fl_response *response);

/* -- negotiation ------------------------------------------------------------------------------------------------------------------ */
double fl_accepts_encoding(const fl_request *request, const char *coding);        /* the quality, 0 to 1: "gzip", "br", "identity" */
