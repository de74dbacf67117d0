"""The web server's door."""

from django.core.wsgi import get_wsgi_application

from rinnalla.journal.checks import refuse_demonstration_clock
from rinnalla.notifications.checks import refuse_bad_channels

application = get_wsgi_application()
refuse_demonstration_clock()
refuse_bad_channels()
