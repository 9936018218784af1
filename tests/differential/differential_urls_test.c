/* The same paths lead to the same views with the same arguments, and names lead back to the same paths. */
#include "differential.h"

#define GET(target) { "GET", target }

static const asking routes[] = {
    GET("/int/0/"), GET("/int/7/"), GET("/int/007/"), GET("/int/-1/"), GET("/int/1.5/"), GET("/int//"), GET("/int/x/"), GET("/int/7"),
    GET("/int/9223372036854775807/"), GET("/int/%D9%A3/"), GET("/int/1%0A/"), GET("/int/7/x"),
    GET("/str/x/"), GET("/str/a%20b/"), GET("/str/a%2Fb/"), GET("/str//"), GET("/str/caf%C3%A9/"), GET("/str/x"), GET("/str/%F0%9F%98%80/"),
    GET("/plain/x.y/"), GET("/plain/a/b/"),
    GET("/slug/a-b_C9/"), GET("/slug/a.b/"), GET("/slug/caf%C3%A9/"), GET("/slug/-/"), GET("/slug//"),
    GET("/uuid/12345678-1234-5678-1234-567812345678/"), GET("/uuid/12345678-1234-5678-1234-56781234567a/"),
    GET("/uuid/12345678-1234-5678-1234-56781234567A/"), GET("/uuid/12345678123456781234567812345678/"),
    GET("/uuid/12345678-1234-5678-1234-56781234567/"), GET("/uuid/g2345678-1234-5678-1234-567812345678/"),
    GET("/path/a/end/"), GET("/path/a/b/c/end/"), GET("/path//end/"), GET("/path/a/end/end/"), GET("/path/end/"), GET("/path///end/"),
    GET("/pair/1-2/"), GET("/pair/1-2-3/"), GET("/pair/-2/"),
    GET("/caf%C3%A9/x/"), GET("/caf\xC3\xA9/x/"), GET("/cafe/x/"), GET("/caf%E9/x/"),
    GET("/dot.and+plus/x"), GET("/dotxand+plus/x"), GET("/dot.and%2Bplus/x"), GET("/dot.and+plus/"),
    GET("/extra/1/"), GET("/article/7/"),
    GET("/hex/0af/"), GET("/hex/0AF/"), GET("/hex/x/"), GET("/hex/0af/%0A"), GET("/part/a/1/"), GET("/part/ab/12/"), GET("/part/1/a/"),
    GET("/maybe/"), GET("/maybe/1/"), GET("/maybe/x/"), GET("/any/"), GET("/any/a/b?c"), GET("/any/a%0Ab"), GET("/any/caf%C3%A9"),
    GET("/open-end/x"), GET("/x/open-end/y/z"), GET("/open-end/"), GET("/first/"),
    GET("/blog/"), GET("/blog/2024/"), GET("/blog/2024/a-b/"), GET("/blog/x/"), GET("/news/2024/"), GET("/in/a/"), GET("/in/a/2024/"),
    GET("/in/a/2024/b/"), GET("/in//"), GET("/in/a/old/12.html"), GET("/blog/old/12.html"), GET("/blog/old/12xhtml"),
    GET("/blog"), GET("/INT/7/"),
};

FL_TEST_WITH(sites, paths_lead_to_the_same_views, .timeout = 90) { ask_both(t, routes, FL_LENGTH(routes)); }

#define REVERSE(rest) { "GET", "/reverse/?name=" rest }

static const asking names[] = {
    REVERSE("int&x=7"), REVERSE("int&x=007"), REVERSE("int&x=-7"), REVERSE("int&x="), REVERSE("int"), REVERSE("int&y=7"), REVERSE("int&x=7&y=8"),
    REVERSE("str&x=a"), REVERSE("str&x=a%20b"), REVERSE("str&x=a/b"), REVERSE("str&x=caf%C3%A9"), REVERSE("str&x=%25%3F%23%26"),
    REVERSE("str&x=~:@!$'()*,;%3D%2B"), REVERSE("str&x=%22%3C%3E%5C%5E%60%7B%7C%7D"), REVERSE("str&x=//evil"), REVERSE("str&x=%0A"),
    REVERSE("plain&x=y"), REVERSE("slug&x=a-b"), REVERSE("slug&x=a.b"),
    REVERSE("uuid&x=12345678-1234-5678-1234-567812345678"), REVERSE("uuid&x=nonsense"),
    REVERSE("path&x=a/b"), REVERSE("path&x=/a"), REVERSE("path&x="), REVERSE("pair&a=1&b=2"), REVERSE("pair&b=1&a=2"), REVERSE("cafe&x=1"),
    REVERSE("dot&x=1"), REVERSE("extra&x=1"), REVERSE("extra&x=1&y=more"), REVERSE("extra&x=1&y=less"), REVERSE("article&number=1"),
    REVERSE("hex&x=0af"), REVERSE("hex&x=0AF"), REVERSE("any&x="), REVERSE("any&x=a/b%3Fc"), REVERSE("blog:list"), REVERSE("blog:year&year=2024"),
    REVERSE("blog:detail&year=2024&name=x"), REVERSE("news:year&year=1"), REVERSE("blog:old&number=12"), REVERSE("sections:list&section=a"),
    REVERSE("sections:year&section=a&year=1"), REVERSE("sections:year&year=1"), REVERSE("articles:year&year=1"), REVERSE("year&year=1"),
    REVERSE("blog:nothing"), REVERSE("nothing:list"), REVERSE("blog:"), REVERSE(""), REVERSE("nothing"), REVERSE("blog"),
};

FL_TEST_WITH(sites, names_lead_back_to_the_same_paths, .timeout = 90) { ask_both(t, names, FL_LENGTH(names)); }
