import pytest
from django.test import Client

from imsupport.accounts.models import User


@pytest.mark.parametrize("role", ["agent", "manager", "admin"])
def test_the_sign_in_leads_each_role_to_a_page_it_may_open(db: None, role: str) -> None:
    user = User.objects.create_user(f"{role}@staff.test", name=role, role=role)
    user.acknowledged_undertaking = 1
    user.set_password("a long enough password")
    user.save()
    client = Client()

    signed_in = client.post("/accounts/login/", {"username": user.email, "password": "a long enough password"})

    assert client.get(signed_in["Location"]).status_code == 200
