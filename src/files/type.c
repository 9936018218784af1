/* Content types by extension: Python's own table, what is new in the registry of media types since, and what the web serves. Nothing is
 * read from the system, so that a site answers the same wherever it runs. */
#include "files/files.h"

enum { LONGEST = 11 };                               /* webmanifest */

/* In the order of the extensions, for a binary search. */
static const struct {
    char extension[LONGEST + 1];
    const char *type;
} types[] = {
    /* clang-format off */
    { "3g2", "audio/3gpp2" },
    { "3gp", "audio/3gpp" },
    { "3gpp", "audio/3gpp" },
    { "3gpp2", "audio/3gpp2" },
    { "7z", "application/x-7z-compressed" },
    { "a", "application/octet-stream" },
    { "aac", "audio/aac" },
    { "adts", "audio/aac" },
    { "ai", "application/postscript" },
    { "aif", "audio/x-aiff" },
    { "aifc", "audio/x-aiff" },
    { "aiff", "audio/x-aiff" },
    { "apk", "application/vnd.android.package-archive" },
    { "apng", "image/apng" },
    { "asc", "application/pgp-signature" },
    { "ass", "audio/aac" },
    { "atom", "application/atom+xml" },
    { "au", "audio/basic" },
    { "avi", "video/x-msvideo" },
    { "avif", "image/avif" },
    { "bat", "text/plain" },
    { "bcpio", "application/x-bcpio" },
    { "bin", "application/octet-stream" },
    { "bmp", "image/bmp" },
    { "c", "text/plain" },
    { "cdf", "application/x-netcdf" },
    { "cjs", "text/javascript" },
    { "conf", "text/plain" },
    { "cpio", "application/x-cpio" },
    { "csh", "application/x-csh" },
    { "css", "text/css" },
    { "csv", "text/csv" },
    { "cur", "image/vnd.microsoft.icon" },
    { "deb", "application/vnd.debian.binary-package" },
    { "dll", "application/octet-stream" },
    { "doc", "application/msword" },
    { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { "dot", "application/msword" },
    { "dtd", "application/xml-dtd" },
    { "dvi", "application/x-dvi" },
    { "eml", "message/rfc822" },
    { "eot", "application/vnd.ms-fontobject" },
    { "eps", "application/postscript" },
    { "epub", "application/epub+zip" },
    { "etx", "text/x-setext" },
    { "exe", "application/octet-stream" },
    { "flac", "audio/flac" },
    { "geojson", "application/geo+json" },
    { "gif", "image/gif" },
    { "glb", "model/gltf-binary" },
    { "gltf", "model/gltf+json" },
    { "gpx", "application/gpx+xml" },
    { "gtar", "application/x-gtar" },
    { "h", "text/plain" },
    { "h5", "application/x-hdf5" },
    { "hdf", "application/x-hdf" },
    { "heic", "image/heic" },
    { "heif", "image/heif" },
    { "htm", "text/html" },
    { "html", "text/html" },
    { "ico", "image/vnd.microsoft.icon" },
    { "ics", "text/calendar" },
    { "ief", "image/ief" },
    { "ini", "text/plain" },
    { "jar", "application/java-archive" },
    { "jfif", "image/jpeg" },
    { "jpe", "image/jpeg" },
    { "jpeg", "image/jpeg" },
    { "jpg", "image/jpeg" },
    { "js", "text/javascript" },
    { "json", "application/json" },
    { "json5", "application/json5" },
    { "jsonld", "application/ld+json" },
    { "jxl", "image/jxl" },
    { "kml", "application/vnd.google-earth.kml+xml" },
    { "kmz", "application/vnd.google-earth.kmz" },
    { "ksh", "text/plain" },
    { "latex", "application/x-latex" },
    { "loas", "audio/aac" },
    { "log", "text/plain" },
    { "m1v", "video/mpeg" },
    { "m3u", "application/vnd.apple.mpegurl" },
    { "m3u8", "application/vnd.apple.mpegurl" },
    { "m4a", "audio/mp4" },
    { "m4v", "video/mp4" },
    { "man", "application/x-troff-man" },
    { "map", "application/json" },
    { "markdown", "text/markdown" },
    { "md", "text/markdown" },
    { "me", "application/x-troff-me" },
    { "mht", "message/rfc822" },
    { "mhtml", "message/rfc822" },
    { "mid", "audio/midi" },
    { "midi", "audio/midi" },
    { "mif", "application/x-mif" },
    { "mjs", "text/javascript" },
    { "mkv", "video/matroska" },
    { "mov", "video/quicktime" },
    { "movie", "video/x-sgi-movie" },
    { "mp2", "audio/mpeg" },
    { "mp3", "audio/mpeg" },
    { "mp4", "video/mp4" },
    { "mpa", "video/mpeg" },
    { "mpd", "application/dash+xml" },
    { "mpe", "video/mpeg" },
    { "mpeg", "video/mpeg" },
    { "mpg", "video/mpeg" },
    { "ms", "application/x-troff-ms" },
    { "n3", "text/n3" },
    { "nc", "application/x-netcdf" },
    { "nq", "application/n-quads" },
    { "nt", "application/n-triples" },
    { "nws", "message/rfc822" },
    { "o", "application/octet-stream" },
    { "obj", "application/octet-stream" },
    { "oda", "application/oda" },
    { "odg", "application/vnd.oasis.opendocument.graphics" },
    { "odp", "application/vnd.oasis.opendocument.presentation" },
    { "ods", "application/vnd.oasis.opendocument.spreadsheet" },
    { "odt", "application/vnd.oasis.opendocument.text" },
    { "oga", "audio/ogg" },
    { "ogg", "audio/ogg" },
    { "ogv", "video/ogg" },
    { "opus", "audio/opus" },
    { "otf", "font/otf" },
    { "p12", "application/x-pkcs12" },
    { "p7c", "application/pkcs7-mime" },
    { "parquet", "application/vnd.apache.parquet" },
    { "pbm", "image/x-portable-bitmap" },
    { "pdf", "application/pdf" },
    { "pfx", "application/x-pkcs12" },
    { "pgm", "image/x-portable-graymap" },
    { "pl", "text/plain" },
    { "png", "image/png" },
    { "pnm", "image/x-portable-anymap" },
    { "pot", "application/vnd.ms-powerpoint" },
    { "ppa", "application/vnd.ms-powerpoint" },
    { "ppm", "image/x-portable-pixmap" },
    { "pps", "application/vnd.ms-powerpoint" },
    { "ppt", "application/vnd.ms-powerpoint" },
    { "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
    { "ps", "application/postscript" },
    { "psd", "image/vnd.adobe.photoshop" },
    { "pwz", "application/vnd.ms-powerpoint" },
    { "py", "text/x-python" },
    { "pyc", "application/x-python-code" },
    { "pyo", "application/x-python-code" },
    { "qt", "video/quicktime" },
    { "ra", "audio/x-pn-realaudio" },
    { "ram", "application/x-pn-realaudio" },
    { "rar", "application/vnd.rar" },
    { "ras", "image/x-cmu-raster" },
    { "rdf", "application/xml" },
    { "rgb", "image/x-rgb" },
    { "roff", "application/x-troff" },
    { "rss", "application/rss+xml" },
    { "rst", "text/x-rst" },
    { "rtf", "application/rtf" },
    { "rtx", "text/richtext" },
    { "sgm", "text/x-sgml" },
    { "sgml", "text/x-sgml" },
    { "sh", "application/x-sh" },
    { "shar", "application/x-shar" },
    { "sig", "application/pgp-signature" },
    { "snd", "audio/basic" },
    { "so", "application/octet-stream" },
    { "sql", "application/sql" },
    { "sqlite3", "application/vnd.sqlite3" },
    { "src", "application/x-wais-source" },
    { "srt", "text/plain" },
    { "stl", "model/stl" },
    { "sv4cpio", "application/x-sv4cpio" },
    { "sv4crc", "application/x-sv4crc" },
    { "svg", "image/svg+xml" },
    { "swf", "application/x-shockwave-flash" },
    { "t", "application/x-troff" },
    { "tar", "application/x-tar" },
    { "tcl", "application/x-tcl" },
    { "tex", "application/x-tex" },
    { "texi", "application/x-texinfo" },
    { "texinfo", "application/x-texinfo" },
    { "text", "text/plain" },
    { "tif", "image/tiff" },
    { "tiff", "image/tiff" },
    { "toml", "application/toml" },
    { "tr", "application/x-troff" },
    { "trig", "application/trig" },
    { "tsv", "text/tab-separated-values" },
    { "ttc", "font/collection" },
    { "ttf", "font/ttf" },
    { "txt", "text/plain" },
    { "ustar", "application/x-ustar" },
    { "vcard", "text/vcard" },
    { "vcf", "text/x-vcard" },
    { "vtt", "text/vtt" },
    { "wasm", "application/wasm" },
    { "wav", "audio/x-wav" },
    { "weba", "audio/webm" },
    { "webm", "video/webm" },
    { "webmanifest", "application/manifest+json" },
    { "webp", "image/webp" },
    { "wiz", "application/msword" },
    { "woff", "font/woff" },
    { "woff2", "font/woff2" },
    { "wsdl", "application/xml" },
    { "xbm", "image/x-xbitmap" },
    { "xhtml", "application/xhtml+xml" },
    { "xlb", "application/vnd.ms-excel" },
    { "xls", "application/vnd.ms-excel" },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { "xml", "text/xml" },
    { "xpdl", "application/xml" },
    { "xpm", "image/x-xpixmap" },
    { "xsl", "application/xml" },
    { "xwd", "image/x-xwindowdump" },
    { "yaml", "application/yaml" },
    { "yml", "application/yaml" },
    { "zip", "application/zip" },
    { "zst", "application/zstd" },
    /* clang-format on */
};

static const char *type_of(fl_str extension)
{
    size_t low = 0, high = FL_LENGTH(types);

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = fl_str_compare(extension, fl_str_of(types[middle].extension));
        if (order == 0)
            return types[middle].type;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* What compression puts behind a name, in the case it has; and short forms of two, in any, with the extension within. */
static const struct {
    fl_str extension;
    const char *encoding;
    fl_str within;
} compressed[] = {
    { FL_LIT("gz"), "gzip", FL_LIT("") },     { FL_LIT("Z"), "compress", FL_LIT("") },
    { FL_LIT("bz2"), "bzip2", FL_LIT("") },   { FL_LIT("xz"), "xz", FL_LIT("") },
    { FL_LIT("br"), "br", FL_LIT("") },       { FL_LIT("svgz"), "gzip", FL_LIT("svg") },
    { FL_LIT("tgz"), "gzip", FL_LIT("tar") }, { FL_LIT("taz"), "gzip", FL_LIT("tar") },
    { FL_LIT("tz"), "gzip", FL_LIT("tar") },  { FL_LIT("tbz2"), "bzip2", FL_LIT("tar") },
    { FL_LIT("txz"), "xz", FL_LIT("tar") },
};

static fl_str without_extension(fl_str name) { return fl_str_slice(name, 0, fl_extension_at(name)); }
static fl_str extension_of(fl_str name) { return fl_str_slice(name, fl_extension_at(name) + 1, SIZE_MAX); }

const char *fl_guess_type(fl_str name, const char **ret_encoding)
{
    fl_str extension = extension_of(name);
    const char *encoding = NULL;
    char lower[LONGEST];

    for (size_t i = 0; i < FL_LENGTH(compressed) && encoding == NULL; i++) {
        bool is_short_form = compressed[i].within.size > 0;
        if (is_short_form ? !fl_str_equal_ascii(extension, compressed[i].extension)
                          : !fl_str_equal(extension, compressed[i].extension))
            continue;
        encoding = compressed[i].encoding;
        extension = is_short_form ? compressed[i].within : extension_of(without_extension(name));
    }
    if (ret_encoding != NULL)
        *ret_encoding = encoding;
    if (extension.size == 0 || extension.size > LONGEST)
        return NULL;
    for (size_t i = 0; i < extension.size; i++)
        lower[i] = (char)(extension.data[i] >= 'A' && extension.data[i] <= 'Z' ? extension.data[i] | 0x20 : extension.data[i]);
    return type_of(fl_str_n(lower, extension.size));
}

const char *fl_sent_type(fl_str name)
{
    static const struct {
        const char *encoding, *type;
    } sent[] = {
        { "br", "application/x-brotli" }, { "bzip2", "application/x-bzip" }, { "compress", "application/x-compress" },
        { "gzip", "application/gzip" },   { "xz", "application/x-xz" },
    };
    const char *encoding, *type = fl_guess_type(name, &encoding);

    for (size_t i = 0; encoding != NULL && i < FL_LENGTH(sent); i++)
        if (fl_text_is(encoding, sent[i].encoding))
            return sent[i].type;
    return type != NULL ? type : "application/octet-stream";
}
