"""The web server's door."""

from django.core.wsgi import get_wsgi_application

from rinnalla.journal.checks import refuse_demonstration_clock

application = get_wsgi_application()
refuse_demonstration_clock()
