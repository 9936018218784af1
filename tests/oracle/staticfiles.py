#!/usr/bin/python3
"""Prints the hashed names and the style sheets that Django's ManifestStaticFilesStorage makes of a small tree: the vectors of
tests/staticfiles/static_collect_test.c. Two things are as in 6.1: url("…") always has double quotes, and a URL that is only a fragment
(left out here) stays as it is."""
import sys

sys.path.pop(0)                             # the other oracles here have names of Python's modules
import json
import os
import tempfile

FILES = {
    'css/a.css': 'body{background:url(../img/x.png)}\n@import "sub/b.css";\n@import \'c.css\';\n'
                 'h1{background:URL("../img/x.png")}\n',
    'css/sub/b.css': '@font-face{src:url("../../fonts/f.eot?#iefix") format("x"), url(\'../../fonts/f.svg#name\')}\n'
                     'p{background:url(data:image/gif;base64,AAAA)}a{background:url(//cdn.example/x.png)}'
                     'b{background:url(https://e.x/y.png)}d{background:url("/media/z.png")}e{background:url("/static/img/x.png")}\n',
    'css/c.css': '/* nothing */\nq{background:url("../img/y%20z.png")}\n',
    'css/q.css': 'q{background:url(../img/x.png?v=1)}r{background:url(../fonts/f.eot?a=1#x)}s{background:url(dir/)}\n',
    'img/x.png': 'PNG', 'img/y z.png': 'y z', 'fonts/f.eot': 'eot', 'fonts/f.svg': '<svg/>',
    'plain.txt': 'hello\n', 'noext': 'no', 'a.tar.gz': 'gz',
}


def main():
    from django.conf import settings
    source, root = tempfile.mkdtemp(), tempfile.mkdtemp()
    for name, content in FILES.items():
        path = os.path.join(source, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as file:
            file.write(content)
    settings.configure(STATIC_URL='/static/', STATIC_ROOT=root, STATICFILES_DIRS=[source],
                       INSTALLED_APPS=['django.contrib.staticfiles'],
                       STATICFILES_STORAGE='django.contrib.staticfiles.storage.ManifestStaticFilesStorage')
    import django
    django.setup()
    from django.contrib.staticfiles.storage import HashedFilesMixin
    from django.core.management import call_command
    HashedFilesMixin.default_template = 'url("%s")'
    HashedFilesMixin.patterns = (("*.css", (r"""(url\(['"]{0,1}\s*(.*?)["']{0,1}\))""",
                                            (r"""(@import\s*["']\s*(.*?)["'])""", '@import url("%s")'))),)
    call_command('collectstatic', interactive=False, verbosity=0)
    with open(os.path.join(root, 'staticfiles.json')) as file:
        paths = json.load(file)['paths']
    for name in sorted(paths):
        print(name, paths[name])
        if name.endswith('.css'):
            with open(os.path.join(root, paths[name])) as file:
                print(repr(file.read()))


main()
