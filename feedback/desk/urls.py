"""The doors of this room."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from consent.gate import Who, gated
from consent.purposes import Purpose
from feedback.desk import passing_views, ticket_views, views

app_name = "desk"


def _agents(pattern: URLPattern) -> URLPattern:
    return gated(pattern, Who.AGENT, Purpose.PROVIDE)


_CHANGES = {
    "answer": ticket_views.answer,
    "note": ticket_views.note,
    "needs": ticket_views.needs,
    "state": ticket_views.state,
    "assignee": ticket_views.assignee,
    "team": ticket_views.team,
    "priority": ticket_views.priority,
    "tags": ticket_views.tags,
    "mail": ticket_views.mail,
}

urlpatterns = [
    _agents(path("desk/", views.queue, name="queue")),
    _agents(path("desk/changes/", views.changes, name="changes")),
    _agents(path("desk/tickets/<str:ref>/", ticket_views.ticket, name="ticket")),
    _agents(path("desk/tickets/<str:ref>/files/<int:file_id>/", ticket_views.file, name="file")),
    _agents(
        path(
            "desk/tickets/<str:ref>/leave-out/<str:place>/",
            require_POST(ticket_views.still_there(ticket_views.leave_out)),
            name="ticket-leave-out",
        )
    ),
    _agents(
        path(
            "desk/tickets/<str:ref>/pass-on/<slug:slug>/",
            require_POST(ticket_views.still_there(passing_views.pass_on)),
            name="ticket-pass-on",
        )
    ),
    _agents(
        path(
            "desk/tickets/<str:ref>/pass-on/<slug:slug>/ask/",
            require_POST(ticket_views.still_there(passing_views.ask)),
            name="ticket-ask-to-pass-on",
        )
    ),
    *(
        _agents(
            path(f"desk/tickets/<str:ref>/{name}/", require_POST(ticket_views.still_there(view)), name=f"ticket-{name}")
        )
        for name, view in _CHANGES.items()
    ),
]
