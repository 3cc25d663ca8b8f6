# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

"""Django OAuth Toolkit as a site of its own, for a WSGI server. As a program, it makes the site's
database; with the id of a client and a secret, it gives that client that secret."""

import json
import os
import sys

import django
from django.conf import settings

WANTED = json.loads(os.environ["OAUTH_SITE"])

settings.configure(
    SECRET_KEY="only-for-tests",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": WANTED["database"]}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    OAUTH2_PROVIDER={
        "ACCESS_TOKEN_EXPIRE_SECONDS": WANTED["accessLife"],
        "ROTATE_REFRESH_TOKEN": True,
        "SCOPES": {"introspection": "ask about tokens"},
    },
)
django.setup()

# These need the settings.
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import path
from oauth2_provider.models import Application
from oauth2_provider.views import IntrospectTokenView, RevokeTokenView, TokenView

urlpatterns = [
    path("staff/oauth/token", TokenView.as_view()),
    path("staff/oauth/revoke", RevokeTokenView.as_view()),
    path("staff/oauth/introspect", IntrospectTokenView.as_view()),
]
application = get_wsgi_application()


def make():
    call_command("migrate", verbosity=0)
    User.objects.create_user(WANTED["user"], password=WANTED["password"])
    for client, secret in WANTED["clients"].items():
        Application.objects.create(
            client_id=client, client_secret=secret, authorization_grant_type="password",
            client_type="confidential" if secret else "public")


def change_secret(client, secret):
    known = Application.objects.get(client_id=client)
    known.client_secret = secret
    known.save()


if __name__ == "__main__":
    if sys.argv[1:]:
        change_secret(*sys.argv[1:])
    else:
        make()
