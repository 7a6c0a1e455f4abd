"""The doors of this room."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from consent.centre.origins import View, takes_forms
from consent.gate import Who, gated
from consent.purposes import Purpose
from feedback.portal import (
    address_views,
    admitting,
    demo_views,
    device_views,
    entering_views,
    needs_views,
    passing_views,
    sent_views,
    stopping_views,
    ticket_views,
    views,
)

app_name = "portal"


def _post(view: View) -> View:
    return takes_forms(require_POST(view))


def _bearers(pattern: URLPattern) -> URLPattern:
    return gated(pattern, Who.BEARER, Purpose.PROVIDE, admits=admitting.admits_bearer)


def _mailboxes(pattern: URLPattern) -> URLPattern:
    return gated(pattern, Who.BEARER, Purpose.MAIL, admits=admitting.admits_mailbox)


def _senders(pattern: URLPattern) -> URLPattern:
    admits = admitting.admits_sender
    return gated(pattern, Who.BEARER, Purpose.PROVIDE, admits=admits, refused=sent_views.to_mine)


def _known(pattern: URLPattern) -> URLPattern:
    return gated(pattern, Who.KNOWN, Purpose.RIGHTS, refused=stopping_views.to_agreement)


urlpatterns = [
    gated(
        path("feedback/", takes_forms(views.form), name="form"), Who.AGREED, Purpose.PROVIDE, refused=views.words_back
    ),
    gated(
        path("feedback/check/", _post(views.check), name="check"),
        Who.AGREED,
        Purpose.PROVIDE,
        refused=views.words_back,
    ),
    gated(
        path("feedback/kept/<int:file_id>/remove/", _post(views.remove_kept), name="kept-remove"),
        Who.AGREED,
        Purpose.PROVIDE,
        refused=views.words_back,
    ),
    gated(path("feedback/agree/", _post(views.agree), name="agree"), Who.ANYONE, Purpose.AGREEMENT),
    gated(path("app/enter/", require_POST(entering_views.enter), name="enter"), Who.ANYONE, Purpose.IDENTITY),
    gated(path("demo/app/", demo_views.demo_app, name="demo-app"), Who.DEMO, Purpose.IDENTITY),
    gated(path("feedback/not-me/", require_POST(entering_views.not_me), name="not-me"), Who.ANYONE, Purpose.IDENTITY),
    _senders(path("feedback/sent/", sent_views.sent, name="sent")),
    _senders(path("feedback/sent/code/", _post(sent_views.confirm_code), name="confirm-code")),
    _senders(path("feedback/sent/wrong-address/", _post(sent_views.wrong_address), name="wrong-address")),
    gated(path("feedback/mine/", device_views.mine, name="mine"), Who.KNOWN, Purpose.PROVIDE, refused=views.words_back),
    gated(
        path("feedback/unread/", require_GET(device_views.unread), name="unread"),
        Who.KNOWN,
        Purpose.PROVIDE,
        refused=device_views.none_unread,
    ),
    gated(
        path("feedback/forget/", takes_forms(device_views.forget), name="forget"),
        Who.KNOWN,
        Purpose.RIGHTS,
        refused=device_views.nothing_to_forget,
    ),
    _mailboxes(path("feedback/address/<str:token>/", address_views.address, name="address")),
    _mailboxes(path("feedback/address/<str:token>/confirm/", _post(address_views.confirm), name="address-confirm")),
    _mailboxes(path("feedback/address/<str:token>/stop/", address_views.stop, name="address-stop")),
    _mailboxes(path("feedback/address/<str:token>/disown/", _post(address_views.disown), name="address-disown")),
    _mailboxes(path("feedback/address/<str:token>/open/", _post(address_views.open_message), name="address-open")),
    _bearers(path("feedback/<str:token>/", ticket_views.ticket, name="ticket")),
    _bearers(path("feedback/<str:token>/reply/", _post(ticket_views.ticket_reply), name="ticket-reply")),
    _bearers(path("feedback/<str:token>/check/", _post(ticket_views.ticket_check), name="ticket-check")),
    _bearers(path("feedback/<str:token>/files/", _post(ticket_views.ticket_files), name="ticket-files")),
    _bearers(
        path(
            "feedback/<str:token>/kept/<int:file_id>/remove/",
            _post(ticket_views.ticket_kept_remove),
            name="ticket-kept-remove",
        )
    ),
    _bearers(path("feedback/<str:token>/needs/", _post(needs_views.ticket_needs), name="ticket-needs")),
    _bearers(
        path(
            "feedback/<str:token>/pass-on/<slug:slug>/",
            _post(passing_views.ticket_pass_on),
            name="ticket-pass-on",
        )
    ),
    _bearers(path("feedback/<str:token>/read/", _post(ticket_views.ticket_read), name="ticket-read")),
    _bearers(path("feedback/<str:token>/words.txt", ticket_views.ticket_words, name="ticket-words")),
    gated(
        path("feedback/<str:token>/new-link/", _post(ticket_views.ticket_new_link), name="ticket-new-link"),
        Who.BEARER,
        Purpose.PROVIDE,
        admits=admitting.admits_renewing,
    ),
    _bearers(path("feedback/<str:token>/stop/mail/", _post(ticket_views.ticket_stop_mail), name="ticket-stop-mail")),
    _bearers(
        path(
            "feedback/<str:token>/stop/everything/",
            _post(ticket_views.ticket_stop_everything),
            name="ticket-stop-everything",
        )
    ),
    _bearers(path("feedback/<str:token>/erase/", _post(ticket_views.ticket_erase), name="ticket-erase")),
    _bearers(path("feedback/<str:token>/files/<int:file_id>/", ticket_views.file, name="file")),
    _known(path("consent/withdraw/", stopping_views.withdraw, name="withdraw")),
    _known(path("consent/withdraw/mail/", require_POST(stopping_views.stop_mail), name="stop-mail")),
    gated(
        path("consent/withdraw/mail/undo/", require_POST(stopping_views.start_mail), name="start-mail"),
        Who.AGREED,
        Purpose.RIGHTS,
        refused=stopping_views.to_agreement,
    ),
    _known(path("consent/withdraw/optional/", require_POST(stopping_views.stop_optional), name="stop-optional")),
    _known(path("consent/withdraw/everything/", require_POST(stopping_views.stop_everything), name="stop-everything")),
    _known(
        path("consent/withdraw/after-answer/", require_POST(stopping_views.stop_after_answer), name="stop-after-answer")
    ),
    _known(path("consent/withdraw/again/", require_POST(stopping_views.again), name="hand-in-again")),
]
