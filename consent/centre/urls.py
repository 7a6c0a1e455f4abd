"""The doors of this room."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from consent.centre import policy_views, receipt_views, recipient_views, staff_views, views, well_known
from consent.centre.origins import takes_forms
from consent.gate import Who, gated
from consent.purposes import Purpose

app_name = "centre"


def _managers(pattern: URLPattern) -> URLPattern:
    return gated(pattern, Who.MANAGER, Purpose.PROOF)


urlpatterns = [
    gated(path("policy/", views.policy, name="policy"), Who.ANYONE, Purpose.RIGHTS),
    gated(path("policy/<int:version>/", views.policy, name="policy-version"), Who.ANYONE, Purpose.RIGHTS),
    gated(
        path("policy/<int:older>..<int:newer>/", views.policy_difference, name="policy-difference"),
        Who.ANYONE,
        Purpose.RIGHTS,
    ),
    gated(path("consent/", takes_forms(views.agreement), name="agreement"), Who.ANYONE, Purpose.AGREEMENT),
    gated(
        path("consent/choices/", views.choices, name="choices"),
        Who.KNOWN,
        Purpose.RIGHTS,
        refused=views.to_agreement,
    ),
    gated(
        path("consent/recipients/<slug:slug>/", require_POST(recipient_views.decide_on), name="recipient"),
        Who.KNOWN,
        Purpose.RIGHTS,
        refused=views.to_agreement,
    ),
    gated(
        path("consent/receipts/<int:act_id>.json", receipt_views.receipt_json, name="receipt-json"),
        Who.KNOWN,
        Purpose.RIGHTS,
    ),
    gated(
        path("consent/receipts/<int:act_id>.html", receipt_views.receipt_html, name="receipt-html"),
        Who.KNOWN,
        Purpose.RIGHTS,
    ),
    gated(path(".well-known/gpc.json", well_known.gpc, name="gpc"), Who.ANYONE, Purpose.RIGHTS),
    gated(path(".well-known/security.txt", well_known.security, name="security"), Who.ANYONE, Purpose.SECURITY),
    gated(path("consent/keys.json", receipt_views.keys, name="keys"), Who.ANYONE, Purpose.PROOF),
    gated(path("consent/heads.json", receipt_views.heads, name="heads"), Who.ANYONE, Purpose.PROOF),
    gated(path("consent/consistency.json", receipt_views.consistency, name="consistency"), Who.ANYONE, Purpose.PROOF),
    gated(
        path("accounts/undertaking/", staff_views.undertaking, name="undertaking"),
        Who.STAFF,
        Purpose.SECURITY,
    ),
    _managers(path("manage/policy/", policy_views.policies, name="policies")),
    _managers(path("manage/policy/drafts/new/", policy_views.new_draft, name="draft-new")),
    _managers(path("manage/policy/drafts/<int:draft_id>/", policy_views.draft, name="draft")),
    _managers(
        path("manage/policy/drafts/<int:draft_id>/publish/", require_POST(policy_views.publish), name="draft-publish")
    ),
    _managers(path("manage/policy/versions/<int:number>/", policy_views.version, name="version")),
    _managers(path("manage/recipients/", recipient_views.register_of_recipients, name="recipients")),
    _managers(
        path(
            "manage/recipients/<int:recipient_id>/confirm/",
            require_POST(recipient_views.confirm),
            name="recipient-confirm",
        )
    ),
    _managers(
        path(
            "manage/recipients/<int:recipient_id>/retire/",
            require_POST(recipient_views.retire),
            name="recipient-retire",
        )
    ),
    gated(path("manage/operator/", staff_views.operator, name="operator"), Who.MANAGER_OR_ADMIN, Purpose.PROOF),
    gated(
        path(
            "manage/operator/<int:facts_id>/confirm/",
            require_POST(staff_views.operator_confirm),
            name="operator-confirm",
        ),
        Who.MANAGER_OR_ADMIN,
        Purpose.PROOF,
    ),
]
